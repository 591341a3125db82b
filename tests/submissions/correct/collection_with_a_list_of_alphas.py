# title: collection with a list of alphas
# loses: nothing
# form: notebook

# %%
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np


def init(model, D, I, K):
    def u(r, c):
        return np.random.RandomState().uniform(-1, 1, (r, c)) / 100
    model.W, model.R, model.V = u(I, D), u(I, I), u(K, I)
    model.shapes = {k: getattr(model, k).shape for k in "WRV"}


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


def graph():
    G = nx.DiGraph()
    fig, ax = plt.subplots(figsize=(11, 6))
    ks = ["X", "A", "Z", "L"]
    P = {(k, t): (3. * i, 2. * t) for i, k in enumerate(ks) for t in (1, 2, 3)}
    nm = lambda k, t: f"{k}_{{t={t}}}"
    for i, k in enumerate(ks):
        pts = np.array([P[k, t] for t in (1, 2, 3)])
        ax.scatter(*pts.T, s=1500, alpha=[.3, .6, 1.], color="C%d" % i, edgecolors="k")
        for t in (1, 2, 3): ax.text(*P[k, t], "$" + nm(k, t) + "$", ha="center", va="center", zorder=9)
    def e(u, v, l):
        G.add_edge(nm(*u), nm(*v), label=l)
        p, q = np.array(P[u]), np.array(P[v]); d = q - p; d /= np.hypot(*d)
        ax.add_patch(plt.Arrow(*(p + .5 * d), *(q - p - d), width=.3, color="0.4"))
        ax.text(*((p + q) / 2 + (.1, .12)), l)
    for t in (1, 2, 3):
        e(("X", t), ("A", t), "W"); e(("A", t), ("Z", t), "V"); e(("Z", t), ("L", t), "nll")
        if t < 3: e(("A", t), ("A", t + 1), "R")
    ax.set_xlim(-1, 10); ax.set_ylim(1, 7)
    ax.set_ylabel("time"); ax.set_yticks([2, 4, 6], ["t=1", "t=2", "t=3"])
    return G
