# title: a script with a class that does everything; the three names are thin wrappers
# loses: nothing
# form: script

import logging
import numpy as np
import networkx as nx
from matplotlib import pyplot as plt, patches

logging.basicConfig(level=logging.INFO)
log = logging.getLogger("homework")


class Model(object):
    pass


class Network:
    LIMIT = 0.01

    def __init__(self, model):
        self.model = model

    def draw_weights(self, **shapes):
        for name, shape in shapes.items():
            setattr(self.model, name, np.random.uniform(-self.LIMIT, self.LIMIT, shape))
            log.info("%s has shape %s", name, shape)

    def run(self, x):
        a = np.zeros(self.model.R.shape[0])
        for xt in x:
            a = np.tanh(self.model.W @ xt + self.model.R @ a)
            yield a

    def loss(self, y):
        z = self.model.z
        return np.maximum(0, z) - z * y + np.log1p(np.exp(-abs(z)))


class Picture:
    def __init__(self):
        self.graph = nx.DiGraph()
        _, self.ax = plt.subplots(figsize=(8, 7))
        self.ax.set(xlim=(0, 8), ylim=(-0.8, 6.8))
        self.ax.axis("off")

    def node(self, name, x, y):
        self.graph.add_node(name, xy=(x, y))
        self.ax.add_patch(patches.Rectangle((x - 0.45, y - 0.35), 0.9, 0.7, fc="w", ec="k"))
        self.ax.text(x, y, name, ha="center", va="center")

    def edge(self, u, v, text):
        self.graph.add_edge(u, v, text=text)
        (x0, y0), (x1, y1) = self.graph.nodes[u]["xy"], self.graph.nodes[v]["xy"]
        gap = 0.45 if y0 == y1 else 0.0
        up = 0.35 if x0 == x1 else 0.0
        self.ax.annotate("", (x1 - gap, y1 - up), (x0 + gap, y0 + up),
                         arrowprops=dict(facecolor="black", width=1, headwidth=7, headlength=8))
        self.ax.text((x0 + x1) / 2 + 0.12, (y0 + y1) / 2 + 0.12, text, color="purple")


def init(model, D, I, K):
    Network(model).draw_weights(W=(I, D), R=(I, I), V=(K, I))


def forward(model, x, y):
    net = Network(model)
    model.a = np.array(list(net.run(x)))
    model.z = model.V @ model.a[-1]
    return net.loss(y)


def graph():
    p = Picture()
    for t in (1, 2, 3):
        for j, k in enumerate("xazL"):
            p.node(f"{k}({t})", 2.5 * t - 1, 2 * j)
        for u, v, w in [("x", "a", "W"), ("a", "z", "V"), ("z", "L", "BCE")]:
            p.edge(f"{u}({t})", f"{v}({t})", w)
        if t > 1:
            p.edge(f"a({t-1})", f"a({t})", "R")
    plt.show()
    return p.graph
