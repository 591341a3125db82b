# title: the folded network: one x, a, z and L with a loop at a
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 nodes, q5 names in the drawing, q5 edges, q5 edge labels, q5 arrows in the drawing
# cases: q5 labels in the drawing, q5 arrangement of the drawing
# hint: folded

# %%
import networkx as nx
import matplotlib.pyplot as plt


def graph():
    G = nx.DiGraph()
    G.add_edge("x", "a", label="W")
    G.add_edge("a", "a", label="R")
    G.add_edge("a", "z", label="V")
    G.add_edge("z", "L", label="BCE")
    pos = {"x": (0, 0), "a": (1, 0), "z": (2, 0), "L": (3, 0)}
    plt.figure(figsize=(7, 3))
    nx.draw(G, pos, with_labels=True, node_size=900, node_color="pink")
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
    plt.ylim(-1, 1)
    plt.show()
    return G
