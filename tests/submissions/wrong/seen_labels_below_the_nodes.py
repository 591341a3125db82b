# title: the labels stand near their targets and have a smaller zorder than the big nodes
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 labels in the drawing
# hint: labels-under-nodes

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
    nx.draw_networkx(G, pos, node_size=2500, node_color="lightblue", ax=ax)
    for (u, v), word in labels.items():
        (x0, y0), (x1, y1) = pos[u], pos[v]
        ax.text(x1 - 0.1 * (x1 - x0), y1 - 0.1 * (y1 - y0), word, ha="center", va="center", zorder=0.5)
    plt.show()
    return G


# %%
graph()
