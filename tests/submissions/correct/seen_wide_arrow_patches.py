# title: patches.Arrow, a polygon for each edge
# loses: nothing
# fill: init, forward
# form: notebook

# %%
import networkx as nx
import matplotlib.pyplot as plt
from matplotlib.patches import Arrow


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
        (x0, y0), (x1, y1) = pos[u], pos[v]
        dx, dy = x1 - x0, y1 - y0
        ax.add_patch(Arrow(x0 + 0.2 * dx, y0 + 0.2 * dy, 0.6 * dx, 0.6 * dy, width=0.12, color="cadetblue"))
        ax.text(x0 + dx / 2 + 0.08, y0 + dy / 2 + 0.06, word)
    for n, p in pos.items():
        ax.add_patch(plt.Circle(p, 0.16, fc="w", ec="cadetblue"))
        ax.text(*p, n, ha="center", va="center")
    ax.set(xlim=(0.5, 3.5), ylim=(-0.5, 3.5), aspect="equal")
    ax.axis("off")
    plt.show()
    return G


# %%
graph()
