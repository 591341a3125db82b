# title: each head is two short lines, drawn by hand
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
    for (u, v), word in labels.items():
        p, q = np.array(pos[u], float), np.array(pos[v], float)
        d = q - p
        n = np.array([-d[1], d[0]])
        tip = q - 0.18 * d
        ax.plot(*zip(p + 0.18 * d, tip), "b-", lw=1.5)
        ax.plot(*zip(tip - 0.09 * d + 0.05 * n, tip, tip - 0.09 * d - 0.05 * n), "b-", lw=1.5)
        ax.text(*(p + q) / 2 + [0.04, 0.04], word, color="b")
    for n, p in pos.items():
        ax.add_patch(plt.Circle(p, 0.16, fill=False))
        ax.text(*p, n, ha="center", va="center")
    ax.set(xlim=(0.5, 3.5), ylim=(-0.5, 3.5), aspect="equal")
    ax.axis("off")
    plt.show()
    return G


# %%
graph()
