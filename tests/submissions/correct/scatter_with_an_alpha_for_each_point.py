# title: scatter with an alpha for each point
# loses: nothing
# form: notebook

# %%
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np

# %%
def init(model, D, I, K, scale=0.01):
    model.W = scale * (2 * np.random.rand(I, D) - 1)
    model.R = scale * (2 * np.random.rand(I, I) - 1)
    model.V = scale * (2 * np.random.rand(K, I) - 1)
    model.b = np.zeros(I)

# %%
def forward(model, x, y):
    s = x @ model.W.T
    prev = 0
    rows = ()
    for i in range(len(s)):
        prev = np.tanh(s[i] + (model.R @ prev if i else 0))
        rows += (prev,)
    model.a = rows
    model.z = model.V.dot(prev)
    return np.mean(np.logaddexp(0, model.z) - y * model.z)

# %%
def graph():
    g = nx.DiGraph()
    rows = ["x", "a", "z", "L"]
    xy = {f"{k}_{t}": (3 * t, 2 * i) for t in (1, 2, 3) for i, k in enumerate(rows)}
    g.add_nodes_from(xy)
    lab = {"xa": "W", "az": "V", "zL": "\u03c3"}
    for t in (1, 2, 3):
        for u, v in zip(rows, rows[1:]):
            g.add_edge(f"{u}_{t}", f"{v}_{t}", label=lab[u + v])
    g.add_edge("a_1", "a_2", label="R"); g.add_edge("a_2", "a_3", label="R")
    fig, ax = plt.subplots(figsize=(8, 6))
    P = np.array(list(xy.values()))
    ax.scatter(P[:, 0], P[:, 1], s=300, c="tab:orange", alpha=np.linspace(.4, 1, 12), zorder=3)
    for n, (px, py) in xy.items():
        ax.annotate(n, (px, py), xytext=(12, 6), textcoords="offset points")
    for u, v, d in g.edges(data=True):
        ax.annotate("", xy=xy[v], xytext=xy[u], arrowprops=dict(arrowstyle="->", shrinkA=10, shrinkB=10))
        m = (np.array(xy[u]) + xy[v]) / 2
        ax.text(m[0] - .12, m[1] + .12, d["label"], ha="right")
    ax.margins(.2)
    plt.show()
    return g
