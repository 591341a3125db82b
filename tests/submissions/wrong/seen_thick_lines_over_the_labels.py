# title: lines of thirty points, black like the labels that lie below them
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 labels in the drawing
# hint: covered

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

    fig, ax = plt.subplots(figsize=(10, 10))
    for (u, v), word in labels.items():
        (x0, y0), (x1, y1) = pos[u], pos[v]
        ax.text((x0 + x1) / 2, (y0 + y1) / 2, word, ha="center", va="center", zorder=1)
        ax.plot([x0, x1], [y0, y1], color="k", lw=30, zorder=2)
        ax.plot(x0 + 0.76 * (x1 - x0), y0 + 0.74 * (y1 - y0), "^" if x0 == x1 else ">", ms=20, color="w", zorder=3)
    ax.scatter(*zip(*pos.values()), s=1500, c="lightblue", zorder=4)
    for n, p in pos.items():
        ax.text(*p, n, ha="center", va="center", zorder=5)
    ax.margins(0.1)
    plt.show()
    return G


# %%
graph()
