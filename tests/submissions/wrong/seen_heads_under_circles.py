# title: annotate without shrinking: the circles drawn over the arrows cover the heads
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 arrows in the drawing
# hint: heads-hidden

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
    ax.set(xlim=(0.5, 3.5), ylim=(-0.5, 3.5), aspect="equal")
    for (u, v), word in labels.items():
        ax.annotate("", pos[v], pos[u], arrowprops=dict(arrowstyle="->", lw=1.5))
        ax.text((pos[u][0] + pos[v][0]) / 2 + 0.05, (pos[u][1] + pos[v][1]) / 2 + 0.05, word)
    for n, p in pos.items():
        ax.add_patch(plt.Circle(p, 0.2, fc="honeydew", ec="green", zorder=5))
        ax.text(*p, n, ha="center", va="center", zorder=6)
    plt.show()
    return G


# %%
graph()
