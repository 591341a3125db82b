# title: one collection of circles and one of arrow polygons
# loses: nothing
# fill: init, forward
# form: notebook

# %%
import networkx as nx
import matplotlib.pyplot as plt
from matplotlib.collections import PatchCollection
from matplotlib.patches import FancyArrow


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
    arrows = []
    for (u, v), word in labels.items():
        (x0, y0), (x1, y1) = pos[u], pos[v]
        dx, dy = x1 - x0, y1 - y0
        arrows.append(FancyArrow(x0 + 0.18 * dx, y0 + 0.18 * dy, 0.64 * dx, 0.64 * dy, width=0.01, head_width=0.08,
                                 head_length=0.1, length_includes_head=True))
        ax.text((pos[u][0] + pos[v][0]) / 2 + 0.05, (pos[u][1] + pos[v][1]) / 2 + 0.05, word)
    ax.add_collection(PatchCollection(arrows, color="dimgray"))
    ax.add_collection(PatchCollection([plt.Circle(p, 0.16) for p in pos.values()], fc="lemonchiffon", ec="dimgray"))
    for n, p in pos.items():
        ax.text(*p, n, ha="center", va="center")
    ax.set(xlim=(0.5, 3.5), ylim=(-0.5, 3.5), aspect="equal")
    ax.axis("off")
    plt.show()
    return G


# %%
graph()
