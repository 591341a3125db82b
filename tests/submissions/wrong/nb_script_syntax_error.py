# title: a script with a missing colon, so nothing in it is defined
# loses: q3, q4, q5
# cases: q3 shapes, q3 range, q3 other sizes, q3 uniform distribution, q3 independence, q3 fresh weights, q4 example
# cases: q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss
# cases: q4 numerical stability, q4 several outputs, q4 no side effects, q4 long sequences, q5 directed graph
# cases: q5 nodes, q5 edges, q5 edge labels, q5 names in the drawing, q5 arrows in the drawing
# cases: q5 labels in the drawing, q5 arrangement of the drawing
# hint: none
# full: nothing
# form: script

import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))

def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = []
    for x_t in x:
        a = np.tanh(model.W @ x_t + model.R @ a)
        model.a.append(a)
    model.z = model.V @ a
    return np.sum(np.logaddexp(0, model.z) - y * model.z)


if 1 < 2
    print("numpy", np.__version__)

def graph():
    g = nx.DiGraph()
    pos = {f"{kind}({t})": (t, h) for t in (1, 2, 3) for h, kind in enumerate("xazL")}
    for t in (1, 2, 3):
        g.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            g.add_edge(f"a({t-1})", f"a({t})", label="R")
        g.add_edge(f"a({t})", f"z({t})", label="V")
        g.add_edge(f"z({t})", f"L({t})", label="BCE")
    plt.figure(figsize=(7, 7))
    nx.draw(g, pos, with_labels=True, node_size=1500, node_color="lightblue")
    nx.draw_networkx_edge_labels(g, pos, nx.get_edge_attributes(g, "label"))
    plt.show()
    return g
