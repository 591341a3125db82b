# title: the names of the activations lack the f, so all of them are one node
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 directed graph, q5 nodes, q5 names in the drawing, q5 edges
# cases: q5 edge labels, q5 arrows in the drawing, q5 labels in the drawing
# cases: q5 arrangement of the drawing
# hint: ends-coincide

# %%
import networkx as nx
import matplotlib.pyplot as plt

def graph():
    G = nx.DiGraph()
    T = 3
    for t in range(1, T + 1):
        G.add_edge(f"x({t})", "a({t})", label="W")
        if t > 1:
            G.add_edge("a({t-1})", "a({t})", label="R")
        G.add_edge("a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
    pos = {}
    for n in G.nodes:
        pos[n] = (2 * (int(n[2]) if n[2].isdigit() else 1), "xazL".index(n[0]))
    plt.figure(figsize=(7, 7))
    nx.draw_networkx_nodes(G, pos, node_size=900, node_color="lightblue")
    nx.draw_networkx_labels(G, pos)
    nx.draw_networkx_edges(G, pos, node_size=900)
    nx.draw_networkx_edge_labels(G, pos, edge_labels=nx.get_edge_attributes(G, "label"))
    plt.show()
    return G
