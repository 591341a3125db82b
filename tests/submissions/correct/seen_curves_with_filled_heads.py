# title: hand-made curves, and a small filled triangle at the end of each
# loses: nothing
# fill: init, forward
# form: notebook

# %%
import networkx as nx
import matplotlib.pyplot as plt
import numpy as np


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
    s = np.linspace(0, 1, 30)[:, None]
    for (u, v), word in labels.items():
        p, q = np.array(pos[u], float), np.array(pos[v], float)
        d = q - p
        n = np.array([-d[1], d[0]])
        p, q = p + 0.19 * d, q - 0.19 * d
        curve = (1 - s) ** 2 * p + 2 * s * (1 - s) * ((p + q) / 2 + 0.2 * n) + s**2 * q
        ax.plot(*curve[:-2].T, color="indigo", lw=1.2)
        along = curve[-1] - curve[-5]
        across = np.array([-along[1], along[0]])
        ax.fill(*np.array([curve[-1], curve[-5] + 0.4 * across, curve[-5] - 0.4 * across]).T, color="indigo")
        ax.text(*(curve[15] + 0.11 * n), word, ha="center", va="center")
    for n, p in pos.items():
        ax.add_patch(plt.Circle(p, 0.16, fc="w", ec="indigo"))
        ax.text(*p, n, ha="center", va="center")
    ax.set(xlim=(0.5, 3.5), ylim=(-0.5, 3.5), aspect="equal")
    ax.axis("off")
    plt.show()
    return G


# %%
graph()
