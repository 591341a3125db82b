# title: weights and matrix products with plain Python loops, the random module and math.tanh
# loses: nothing
# form: notebook

# %%
import random, math
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    W = np.zeros((I, D))
    for i in range(I):
        for d in range(D):
            W[i, d] = random.uniform(-0.01, 0.01)
    R = np.zeros((I, I))
    for i in range(I):
        for j in range(I):
            R[i, j] = random.uniform(-0.01, 0.01)
    V = np.zeros((K, I))
    for k in range(K):
        for i in range(I):
            V[k, i] = random.uniform(-0.01, 0.01)
    model.W = W
    model.R = R
    model.V = V

# %%
def forward(model, x, y):
    W, R, V = model.W.tolist(), model.R.tolist(), model.V.tolist()
    prev = [0.0] * len(R)
    rows = []
    for xt in x.tolist():
        new = []
        for i in range(len(R)):
            s = 0.0
            for d in range(len(xt)):
                s += W[i][d] * xt[d]
            for j in range(len(R)):
                s += R[i][j] * prev[j]
            new.append(math.tanh(s))
        rows.append(new)
        prev = new
    model.a = np.array(rows)
    model.z = np.array([sum(v * p for v, p in zip(row, prev)) for row in V])
    ys = [float(y)] if np.ndim(y) == 0 else [float(v) for v in y]
    loss = 0.0
    for z, yk in zip(model.z, ys):
        if z > 0:
            loss += z - yk * z + math.log1p(math.exp(-z))
        else:
            loss += -yk * z + math.log1p(math.exp(z))
    return loss

# %%
def graph():
    g = nx.DiGraph()
    g.add_nodes_from(["x_{%d}" % t for t in (1, 2, 3)])
    for t in range(1, 4):
        g.add_edge("x_{%d}" % t, "a_{%d}" % t, w="W")
        if t != 1:
            g.add_edge("a_{%d}" % (t - 1), "a_{%d}" % t, w="R")
        g.add_edge("a_{%d}" % t, "z_{%d}" % t, w="V")
        g.add_edge("z_{%d}" % t, "L_{%d}" % t, w="logistic loss")
    pos = {}
    for n in g:
        pos[n] = [3 * int(n[3]), {"x": -4, "a": 0, "z": 4, "L": 8}[n[0]]]
    plt.figure(figsize=(8, 8))
    nx.draw(g, pos, labels={n: "$%s$" % n for n in g}, node_color="pink", node_size=1500, font_size=14)
    nx.draw_networkx_edge_labels(g, pos, edge_labels={e: g.edges[e]["w"] for e in g.edges}, rotate=False)
    return g

# %%
graph()
