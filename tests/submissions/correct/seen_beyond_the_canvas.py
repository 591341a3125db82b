# title: axes that fill the canvas: names and labels at its edge are cut off unless it is saved tightly
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

    fig = plt.figure(figsize=(7, 7))
    ax = fig.add_axes((0, 0, 1, 1), xlim=(1, 3), ylim=(0, 3))
    ax.axis("off")
    dots = nx.draw_networkx_nodes(G, pos, node_size=900, node_color="khaki", ax=ax)
    dots.set_clip_on(False)
    for arrow in nx.draw_networkx_edges(G, pos, node_size=900, ax=ax):
        arrow.set_clip_on(False)
    nx.draw_networkx_labels(G, pos, ax=ax, clip_on=False)
    nx.draw_networkx_edge_labels(G, pos, labels, ax=ax, clip_on=False)
    ax.set(xlim=(1, 3), ylim=(0, 3))
    plt.show()
    return G


# %%
graph()
