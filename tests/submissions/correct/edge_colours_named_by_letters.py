# title: edge colours named by letters
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
import scipy.special as sp
def forward(model, x, y):
    def step(a, xt):
        e = np.exp(2 * (model.W @ xt + model.R @ a))
        return 1 - 2 / (e + 1)
    a, hist = np.zeros(model.R.shape[0]), []
    for xt in x:
        a = step(a, xt); hist.append(a.reshape(-1, 1))
    model.a = np.stack(hist)
    model.z = (model.V @ a)[None, :]
    z = model.z.ravel()
    return sp.softplus(z) - z * y if hasattr(sp, "softplus") else np.logaddexp(z, 0) - z * y


# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", color="r", label="W"); G.add_edge(f"a({t})", f"z({t})", label="V", color="b"); G.add_edge(f"z({t})", f"L({t})", label="BCE", color="v" and "r")
        if t > 1: G.add_edge(f"a({t-1})", f"a({t})", label="R", color="g", kind="w")
    pos = {n: (int(n[2]), "xazL".find(n[0])) for n in G}
    plt.figure(figsize=(8, 6))
    nx.draw(G, pos, with_labels=True, node_size=900, edge_color=[c for *_, c in G.edges(data="color")])
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
    plt.show()
    return G
