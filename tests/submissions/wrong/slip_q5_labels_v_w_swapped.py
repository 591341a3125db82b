# title: V stands on x -> a and W on a -> z
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 edge labels
# hint: labels-swapped

# %%
import networkx as nx
import matplotlib.pyplot as plt


# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", label="V")
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="W")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
    pos = {n: (int(n[2]), "xazL".index(n[0])) for n in G}
    labels = nx.get_edge_attributes(G, "label")

    plt.figure(figsize=(8, 8))
    nx.draw_networkx_nodes(G, pos, node_size=1200, node_color="lightblue")
    nx.draw_networkx_labels(G, pos)
    nx.draw_networkx_edges(G, pos, node_size=1200)
    nx.draw_networkx_edge_labels(G, pos, labels, rotate=False)
    plt.show()
    return G


# %%
graph()
