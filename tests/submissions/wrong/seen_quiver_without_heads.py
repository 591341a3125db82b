# title: quiver with a head of no length
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 arrows in the drawing
# hint: heads-too-short

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
    for (u, v), word in labels.items():
        (x0, y0), (x1, y1) = pos[u], pos[v]
        ax.quiver(x0, y0, 0.8 * (x1 - x0), 0.8 * (y1 - y0), angles="xy", scale_units="xy", scale=1, width=0.004,
                  headwidth=1, headlength=0, headaxislength=0, zorder=1)
        ax.text((x0 + x1) / 2 + 0.05, (y0 + y1) / 2 + 0.05, word)
    ax.scatter(*zip(*pos.values()), s=1100, c="lightblue", zorder=2)
    for n, p in pos.items():
        ax.text(*p, n, ha="center", va="center")
    ax.set(xlim=(0.5, 3.5), ylim=(-0.5, 3.5))
    ax.axis("off")
    plt.show()
    return G


# %%
graph()
