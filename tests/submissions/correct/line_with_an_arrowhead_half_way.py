# title: line with an arrowhead half way
# loses: nothing
# form: notebook

# %%
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np


# %%
def init(model, D, I, K):
    model.W = np.matrix(np.random.uniform(-0.01, 0.01, (I, D)))
    model.R = np.matrix(np.random.uniform(-0.01, 0.01, (I, I)))
    model.V = np.matrix(np.random.uniform(-0.01, 0.01, (K, I)))


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
    fig, ax = plt.subplots(figsize=(8, 8))
    P = {f"{k}({t})": (t, i) for i, k in enumerate("xazL") for t in (1, 2, 3)}
    E = []
    for t in (1, 2, 3):
        E += [(f"x({t})", f"a({t})", "W"), (f"a({t})", f"z({t})", "V"), (f"z({t})", f"L({t})", "BCE")]
        if t > 1: E.append((f"a({t-1})", f"a({t})", "R"))
    for u, v, l in E:
        G.add_edge(u, v, label=l)
        (a, b), (c, d) = P[u], P[v]
        ax.plot([a, c], [b, d], "k-", zorder=0)
        ax.annotate("", xy=(a + .6 * (c - a), b + .6 * (d - b)), xytext=P[u], arrowprops=dict(arrowstyle="-|>", lw=1), zorder=0)
        ax.text((a + c) / 2 + .06, (b + d) / 2 + .06, l)
    for n, p in P.items():
        ax.scatter(*p, s=1000, c="w", edgecolors="k"); ax.text(*p, n, ha="center", va="center")
    ax.margins(.2)
    return G
