# title: a plain program without markers and without a main guard
# loses: nothing
# form: script

import numpy as np
import networkx as nx
import matplotlib.pyplot as plt


class Model:
    pass


def init(model, D, I, K):
    for name, shape in zip("WRV", [(I, D), (I, I), (K, I)]):
        setattr(model, name, np.random.uniform(-0.01, 0.01, shape))


def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = []
    for t in range(len(x)):
        a = np.tanh(np.dot(model.W, x[t]) + np.dot(model.R, a))
        model.a.append(a)
    model.z = np.dot(model.V, a)
    z = model.z
    return np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))


def graph():
    G = nx.DiGraph()
    pos = {}
    for t in range(1, 4):
        for i, kind in enumerate(["x", "a", "z", "loss"]):
            pos["%s_%d" % (kind, t)] = (t, i)
        G.add_edge("x_%d" % t, "a_%d" % t, label="W")
        G.add_edge("a_%d" % t, "z_%d" % t, label="V")
        G.add_edge("z_%d" % t, "loss_%d" % t, label="sigmoid")
    for t in range(1, 3):
        G.add_edge("a_%d" % t, "a_%d" % (t + 1), label="R")
    nx.draw(G, pos, with_labels=True, node_size=1300, node_color="pink", font_size=10)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"), font_size=8)
    plt.savefig("unfolded.png")
    plt.show()
    return G


model = Model()
init(model, 4, 8, 1)
print("loss", forward(model, np.random.rand(6, 4), 1))
print(graph())
