# title: FancyArrowPatch along a Bezier path of its own
# loses: nothing
# fill: init, forward
# form: notebook

# %%
import networkx as nx
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path


# %%
def graph():
    G, pos = nx.DiGraph(), {}
    for t in (1, 2, 3):
        x, a, z, L = (f"{c}({t})" for c in "xazL")
        G.add_edge(x, a, label="W")
        if t > 1:
            G.add_edge(before, a, label="R")
        G.add_edge(a, z, label="V")
        G.add_edge(z, L, label="BCE")
        pos |= {x: (t, 0), a: (t, 1), z: (t, 2), L: (t, 3)}
        before = a
    labels = nx.get_edge_attributes(G, "label")

    fig, ax = plt.subplots(figsize=(8, 8))
    for (u, v), word in labels.items():
        p, q = np.array(pos[u], float), np.array(pos[v], float)
        d = q - p
        bend = (p + q) / 2 + 0.15 * np.array([d[1], -d[0]])
        path = Path([p + 0.2 * d, bend, q - 0.2 * d], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
        ax.add_patch(FancyArrowPatch(path=path, arrowstyle="-|>", mutation_scale=15, color="saddlebrown"))
        ax.text(*((p + q) / 2 + 0.16 * np.array([d[1], -d[0]])), word, ha="center", va="center")
    for n, p in pos.items():
        ax.text(*p, n, ha="center", va="center", bbox=dict(boxstyle="square", fc="antiquewhite"))
    ax.set(xlim=(0.5, 3.5), ylim=(-0.5, 3.5))
    ax.axis("off")
    plt.show()
    return G


# %%
graph()
