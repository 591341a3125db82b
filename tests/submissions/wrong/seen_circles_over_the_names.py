# title: the circles of the nodes have zorder 10, the names the usual one
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 names in the drawing
# hint: names-under-nodes

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
    nx.draw_networkx_edges(G, pos, node_size=1800, ax=ax)
    nx.draw_networkx_edge_labels(G, pos, labels, ax=ax)
    for n, p in pos.items():
        ax.text(*p, n, ha="center", va="center")
        ax.add_patch(plt.Circle(p, 0.12, fc="lightgreen", ec="g", zorder=10))
    ax.set(xlim=(0.5, 3.5), ylim=(-0.5, 3.5), aspect="equal")
    plt.show()
    return G


# %%
graph()
