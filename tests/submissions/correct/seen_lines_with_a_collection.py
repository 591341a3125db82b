# title: a collection of lines, and heads in a scatter of its own for each direction
# loses: nothing
# fill: init, forward
# form: notebook

# %%
import networkx as nx
import matplotlib.pyplot as plt
from matplotlib.collections import LineCollection


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
    ax.add_collection(LineCollection([(pos[u], pos[v]) for u, v in G.edges], colors="olive", zorder=1))
    for marker, flat in (("^", False), (">", True)):
        heads = [(pos[u], pos[v]) for u, v in G.edges if (pos[u][1] == pos[v][1]) == flat]
        ax.scatter([p[0] + 0.78 * (q[0] - p[0]) for p, q in heads], [p[1] + 0.78 * (q[1] - p[1]) for p, q in heads],
                   marker=marker, s=110, c="olive", zorder=2)
    for (u, v), word in labels.items():
        ax.text((pos[u][0] + pos[v][0]) / 2 + 0.05, (pos[u][1] + pos[v][1]) / 2 + 0.05, word, color="olive")
    for n, p in pos.items():
        ax.text(*p, n, ha="center", va="center", bbox=dict(boxstyle="round,pad=0.5", fc="beige", ec="olive"))
    ax.margins(0.15)
    ax.axis("off")
    plt.show()
    return G


# %%
graph()
