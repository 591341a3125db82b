# title: FancyArrowPatch arrows between FancyBboxPatch boxes, loss written L(z(1), y(1))
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt
import matplotlib.patches as mp

class Model: pass

# %%
def init(model, D, I, K):
    model.__dict__.update(
        W=np.random.uniform(-0.01, 0.01, (I, D)),
        R=np.random.uniform(-0.01, 0.01, (I, I)),
        V=np.random.uniform(-0.01, 0.01, (K, I)),
    )

# %%
def log1pexp(v):
    return np.log1p(np.exp(-np.abs(v))) + np.maximum(v, 0)

def forward(model, x, y):
    steps = []
    a = np.zeros((len(model.R), 1))
    for t in range(x.shape[0]):
        a = np.tanh(model.W @ x[t].reshape(-1, 1) + model.R @ a)
        steps.append(a)
    model.a = np.hstack(steps).T
    model.z = (model.V @ a).T
    return log1pexp(model.z) - np.reshape(y, (1, -1)) * model.z

# %%
def graph():
    G = nx.DiGraph()
    fig = plt.figure(figsize=(10, 7))
    ax = fig.add_axes([0, 0, 1, 1])
    ax.set_xlim(0, 10); ax.set_ylim(0, 8); ax.axis("off")
    where = {}
    for t in (1, 2, 3):
        names = [f"x({t})", f"a({t})", f"z({t})", f"L(z({t}), y({t}))"]
        for j, n in enumerate(names):
            c = (3 * t - 1, 1 + 2 * j)
            where[n] = c
            ax.add_patch(mp.FancyBboxPatch((c[0] - .8, c[1] - .3), 1.6, .6, boxstyle="round,pad=0.1",
                                           fc=["#cde", "#dec", "#edc", "#ecd"][j], ec="k"))
            ax.text(*c, n, ha="center", va="center")
        G.add_nodes_from(names)
        for u, v, s in zip(names, names[1:], ["W", "V", "sigmoid + BCE"]):
            G.add_edge(u, v, what=s)
    for t in (1, 2):
        G.add_edge(f"a({t})", f"a({t+1})", what="R")
    for u, v, s in G.edges(data="what"):
        (x0, y0), (x1, y1) = where[u], where[v]
        if x0 == x1:
            p, q, lab = (x0, y0 + .4), (x1, y1 - .4), (x0 + .15, (y0 + y1) / 2)
        else:
            p, q, lab = (x0 + .9, y0), (x1 - .9, y1), ((x0 + x1) / 2 - .1, y0 + .2)
        ax.add_patch(mp.FancyArrowPatch(p, q, arrowstyle="-|>", mutation_scale=20, shrinkA=0, shrinkB=0))
        ax.text(*lab, s, color="b")
    plt.show()
    return G

graph();
