# title: the figure is returned instead of the graph
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 directed graph, q5 nodes, q5 edges
# hint: not-a-graph

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

    figure = plt.figure(figsize=(8, 8))
    nx.draw_networkx_nodes(G, pos, node_size=1200, node_color="lightblue")
    nx.draw_networkx_labels(G, pos)
    nx.draw_networkx_edges(G, pos, node_size=1200)
    nx.draw_networkx_edge_labels(G, pos, labels, rotate=False)
    plt.show()
    return figure


# %%
graph()
