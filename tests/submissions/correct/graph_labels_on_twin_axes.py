# title: edge labels on a second pair of axes over the first
# loses: nothing
# fill: init, forward
# form: notebook

# %%
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np

# %%
from matplotlib.patches import FancyArrowPatch

def graph():
    names = [[f"${k}_{t}$" for k in ("x", "a", "z", "L")] for t in (1, 2, 3)]
    g = nx.DiGraph()
    for i, row in enumerate(names):
        g.add_edge(row[0], row[1], label="$W$")
        g.add_edge(row[1], row[2], label="$V$")
        g.add_edge(row[2], row[3], label=r"$\ell$")
        if i:
            g.add_edge(names[i-1][1], row[1], label="$R$")
    p = {n: np.array([j * 2.0, -i * 2.0]) for i, row in enumerate(names) for j, n in enumerate(row)}
    shown = {n: n for n in g}
    fig = plt.figure(figsize=(8, 6))
    ax = fig.add_axes([0, 0, 1, 1])
    ax.set_xlim(-1, 7); ax.set_ylim(-5, 1); ax.axis("off")
    texts = {n: ax.text(*p[n], shown[n], fontsize=15, ha="center", va="center",
                        bbox=dict(boxstyle="round", fc="honeydew", ec="green")) for n in g}
    top = ax.twinx()
    top.set_ylim(-5, 1)
    for u, v, d in g.edges(data=True):
        arrow = FancyArrowPatch(p[u], p[v], arrowstyle="->", mutation_scale=18, shrinkA=22, shrinkB=22)
        ax.add_patch(arrow)
        m = (p[u] + p[v]) / 2
        top.text(m[0] + .1, m[1] + .1, d["label"], fontsize=12)
    return g
