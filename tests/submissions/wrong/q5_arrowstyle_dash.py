# title: drawn with arrowstyle='-'
# loses: q5
# full: q3, q4
# only: drawing
# fill: init, forward
# form: notebook
# cases: q5 arrows in the drawing
# hint: no-heads

# %%
import matplotlib.pyplot as plt
import networkx as nx


def graph():
    W_edges = [("x1", "a1"), ("x2", "a2"), ("x3", "a3")]
    R_edges = [("a1", "a2"), ("a2", "a3")]
    V_edges = [("a1", "z1"), ("a2", "z2"), ("a3", "z3")]
    L_edges = [("z1", "L1"), ("z2", "L2"), ("z3", "L3")]

    g = nx.DiGraph()
    g.add_edges_from(W_edges, name="W")
    g.add_edges_from(R_edges, name="R")
    g.add_edges_from(V_edges, name="V")
    g.add_edges_from(L_edges, name="loss")

    # time goes from top to bottom
    pos = {"x1": (0, 0), "a1": (1, 0), "z1": (2, 0), "L1": (3, 0),
           "x2": (0, -1), "a2": (1, -1), "z2": (2, -1), "L2": (3, -1),
           "x3": (0, -2), "a3": (1, -2), "z3": (2, -2), "L3": (3, -2)}

    plt.figure(figsize=(8, 6))
    nx.draw_networkx_nodes(g, pos, node_size=900, node_color="orange")
    nx.draw_networkx_labels(g, pos)
    nx.draw_networkx_edges(g, pos, node_size=900, arrowstyle="-")
    nx.draw_networkx_edge_labels(g, pos, nx.get_edge_attributes(g, "name"))
    plt.axis("off")
    plt.show()
    return g
