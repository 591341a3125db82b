# title: one line for each step, behind its nodes, with a triangle before each of them
# loses: nothing
# fill: init, forward
# form: notebook

# %%
import networkx as nx
import matplotlib.pyplot as plt


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
    for t in (1, 2, 3):
        ax.plot([t, t], [0, 3], "k-", lw=1, zorder=1)  # behind all nodes of a step
        ax.plot([t] * 3, [0.7, 1.7, 2.7], "k^", ms=8)
    ax.plot([1, 3], [1, 1], "k-", lw=1, zorder=1)
    ax.plot([1.7, 2.7], [1, 1], "k>", ms=8)
    for (u, v), word in labels.items():
        (x0, y0), (x1, y1) = pos[u], pos[v]
        ax.text((x0 + x1) / 2 + 0.08, (y0 + y1) / 2 + 0.08, word)
    ax.scatter(*zip(*pos.values()), s=1100, c="moccasin", edgecolors="k", zorder=2)
    for n, p in pos.items():
        ax.text(*p, n, ha="center", va="center")
    ax.set(xlim=(0.5, 3.5), ylim=(-0.5, 3.5))
    ax.set_axis_off()
    plt.show()
    return G


# %%
graph()
