# title: a legend with an opaque frame stands in an empty corner and over a piece of the frame of the axes
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

    fig, ax = plt.subplots(figsize=(9, 8))
    for c, colour in zip("xazL", ("lightblue", "bisque", "lightgreen", "pink")):
        kind = [n for n in G if n[0] == c]
        nx.draw_networkx_nodes(G, pos, kind, node_size=1200, node_color=colour, label=f"{c}(t)", ax=ax)
    nx.draw_networkx_labels(G, pos, ax=ax)
    nx.draw_networkx_edges(G, pos, node_size=1200, ax=ax)
    nx.draw_networkx_edge_labels(G, pos, labels, ax=ax)
    ax.set_xlim(0.6, 4.2)
    ax.legend(loc="center right", markerscale=0.4, framealpha=1, bbox_to_anchor=(1.03, 0.5))
    plt.show()
    return G


# %%
graph()
