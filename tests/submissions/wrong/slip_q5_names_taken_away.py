# title: the texts of the names are removed again
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 names in the drawing, q5 arrows in the drawing, q5 labels in the drawing, q5 arrangement of the drawing
# hint: no-names

# %%
import networkx as nx
import matplotlib.pyplot as plt


# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
    pos = {n: (int(n[2]), "xazL".index(n[0])) for n in G}
    labels = nx.get_edge_attributes(G, "label")

    plt.figure(figsize=(8, 8))
    nx.draw_networkx_nodes(G, pos, node_size=1200, node_color="lightblue")
    for text in nx.draw_networkx_labels(G, pos).values():
        text.remove()
    nx.draw_networkx_edges(G, pos, node_size=1200)
    nx.draw_networkx_edge_labels(G, pos, labels, rotate=False)
    plt.show()
    return G


# %%
graph()
