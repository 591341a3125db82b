# title: the names stand beside small dots; names x[1]
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

rng = np.random.default_rng(2024)

# %%
def init(model, D, I, K):
    model.W = rng.uniform(-0.01, 0.01, size=(I, D))
    model.R = rng.uniform(-0.01, 0.01, size=(I, I))
    model.V = rng.uniform(-0.01, 0.01, size=(K, I))

# %%
def forward(model, x, y):
    WX = x @ model.W.T          # all inputs at once
    A = np.empty_like(WX)
    h = np.zeros(model.W.shape[0])
    for t, wx in enumerate(WX):
        h = np.tanh(wx + model.R @ h)
        A[t] = h
    model.a = A
    model.z = A[-1] @ model.V.T
    if model.z.size == 1:
        model.z = model.z.item()
    return np.logaddexp(0.0, model.z) - y * model.z

# %%
def graph():
    G = nx.DiGraph()
    for t in range(1, 4):
        G.add_edge(f"x[{t}]", f"a[{t}]", label="W")
        G.add_edge(f"a[{t}]", f"z[{t}]", label="V")
        G.add_edge(f"z[{t}]", f"L[{t}]", label="cross-entropy")
        if t > 1:
            G.add_edge(f"a[{t-1}]", f"a[{t}]", label="R")
    level = dict(x=0, a=1, z=2, L=3)
    pos = {n: np.array([int(n[2]), level[n[0]]], dtype=float) for n in G}
    fig, ax = plt.subplots(figsize=(7, 6))
    nx.draw_networkx_nodes(G, pos, node_size=60, node_color="k", ax=ax)
    nx.draw_networkx_edges(G, pos, node_size=60, ax=ax)
    nx.draw_networkx_labels(G, {n: p + [-0.14, 0.12] for n, p in pos.items()}, ax=ax)
    nx.draw_networkx_edge_labels(G, pos, edge_labels=nx.get_edge_attributes(G, "label"), rotate=False, ax=ax)
    ax.margins(0.15)
    ax.axis("off")
    plt.show()
    return G

graph()
