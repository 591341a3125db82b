# title: z and L at t = 3 only
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 nodes, q5 edges
# hint: last-step-only

# %%
import networkx as nx
import matplotlib.pyplot as plt

def graph():
    G = nx.DiGraph()
    T = 3
    for t in range(1, T + 1):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
    G.add_edge("a(3)", "z(3)", label="V")
    G.add_edge("z(3)", "L(3)", label="BCE")
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
