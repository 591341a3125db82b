# title: names only and framed labels
# loses: nothing
# form: notebook

# %%
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np

# %%
def init(model, D, I, K):
    rng = np.random.default_rng()
    for n, s in dict(W=(I, D), R=(I, I), V=(K, I)).items():
        setattr(model, n, rng.uniform(-1e-2, 1e-2, size=s))
    model.D, model.I, model.K = D, I, K
    return model

# %%
def forward(model, x, y):
    np.seterr(all="raise")
    try:
        a = np.zeros(model.W.shape[0]); A = []
        M = np.hstack([model.W, model.R])
        for xt in x:
            a = np.tanh(M @ np.r_[xt, a]); A += [a]
        model.a = np.vstack(A)
        model.z = model.V @ A[-1]
        z, s = model.z, np.abs(model.z)
        with np.errstate(under="ignore"):
            return float(np.sum(np.fmax(z, 0) - y * z + np.log1p(np.exp(-s))))
    finally:
        np.seterr(all="warn")

# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", label=f"W x({t})"); G.add_edge(f"a({t})", f"z({t})", label=f"V a({t})"); G.add_edge(f"z({t})", f"L({t})", label=f"y({t})")
        if t > 1: G.add_edge(f"a({t-1})", f"a({t})", label=f"R a({t-1})")
    pos = {n: (int(n[2]) * 2, "xazL".find(n[0])) for n in G}
    fig, ax = plt.subplots(figsize=(8, 5))
    ax.set_xlim(1, 7); ax.set_ylim(-.5, 3.5); ax.axis("off")
    for n, p in pos.items():
        ax.text(*p, n, ha="center", va="center", fontsize=11)
    for u, v, d in G.edges(data=True):
        ax.annotate("", xy=pos[v], xytext=pos[u], arrowprops=dict(arrowstyle="->", shrinkA=14, shrinkB=14))
    for (u, v), s in nx.get_edge_attributes(G, "label").items():
        (a, b), (c, d) = pos[u], pos[v]
        ax.text((a + c) / 2, (b + d) / 2, s, ha="center", va="center", fontsize=9, bbox=dict(fc="w", ec="w", pad=1))
    return G

# %%
G = graph()
print(list(G.edges(data=True)))
