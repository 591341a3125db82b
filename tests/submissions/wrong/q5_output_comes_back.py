# title: z(t-1) in place of a(t-1) goes to a(t)
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 edges
# hint: recurrence-from-other

# %%
import networkx as nx
import matplotlib.pyplot as plt

def graph():
    G = nx.DiGraph()
    T = 3
    for t in range(1, T + 1):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            G.add_edge(f"z({t-1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
    pos = {}
    for n in G.nodes:
        pos[n] = (2 * int(n[2]), "xazL".index(n[0]))
    plt.figure(figsize=(7, 7))
    nx.draw_networkx_nodes(G, pos, node_size=900, node_color="lightblue")
    nx.draw_networkx_labels(G, pos)
    nx.draw_networkx_edges(G, pos, node_size=900)
    nx.draw_networkx_edge_labels(G, pos, edge_labels=nx.get_edge_attributes(G, "label"))
    plt.show()
    return G
