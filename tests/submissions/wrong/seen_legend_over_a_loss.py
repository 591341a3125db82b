# title: an opaque legend covers L(1) and the head that points to it
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 names in the drawing, q5 arrows in the drawing
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

    fig, ax = plt.subplots(figsize=(8, 8))
    for c, colour in zip("xazL", ("lightblue", "bisque", "lightgreen", "pink")):
        kind = [n for n in G if n[0] == c]
        nx.draw_networkx_nodes(G, pos, kind, node_size=1200, node_color=colour, label=f"nodes {c}(t)", ax=ax)
    nx.draw_networkx_labels(G, pos, ax=ax)
    nx.draw_networkx_edges(G, pos, node_size=1200, ax=ax)
    nx.draw_networkx_edge_labels(G, pos, labels, label_pos=0.4, ax=ax)
    ax.legend(loc="upper left", markerscale=0.3, framealpha=1)
    plt.show()
    return G


# %%
graph()
