# title: labels aside with leader lines
# loses: nothing
# form: notebook

# %%
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np


def init(model, D, I, K):
    rng = np.random.default_rng()
    for n, s in dict(W=(I, D), R=(I, I), V=(K, I)).items():
        setattr(model, n, rng.uniform(-1e-2, 1e-2, size=s))
    model.D, model.I, model.K = D, I, K
    return model


def forward(model, x, y):
    a = np.zeros(model.R.shape[1])
    model.a = np.empty((x.shape[0], a.size))
    for t, xt in enumerate(x):
        a = np.tanh(model.W.dot(xt) + model.R.dot(a))
        model.a[t, :] = a
    model.z = model.V @ a
    return np.sum(np.logaddexp(0, (1 - 2 * np.asarray(y)) * model.z), keepdims=True)


def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", label="W"); G.add_edge(f"a({t})", f"z({t})", label="V"); G.add_edge(f"z({t})", f"L({t})", label=f"y({t})")
        if t > 1: G.add_edge(f"a({t-1})", f"a({t})", label="R")
    pos = {n: (int(n[2]), "xazL".find(n[0])) for n in G}
    fig, ax = plt.subplots(figsize=(9, 8))
    nx.draw(G, pos, ax=ax, with_labels=True, node_size=900, node_color="w", edgecolors="r")
    for (u, v), l in nx.get_edge_attributes(G, "label").items():
        m = ((pos[u][0] + pos[v][0]) / 2, (pos[u][1] + pos[v][1]) / 2)
        ax.annotate(l, m, xytext=(14, 10), textcoords="offset points", arrowprops=dict(arrowstyle="-", color="gray", lw=.5))
    return G
