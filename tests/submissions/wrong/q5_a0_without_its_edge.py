# title: a(0) is a node, and the edge from it is missing
# loses: q5
# full: q3, q4
# only: graph
# fill: init, forward
# form: notebook
# cases: q5 nodes
# hint: none

# %%
import matplotlib.pyplot as plt
import networkx as nx
def graph():
    G = nx.DiGraph()
    for t in range(0, 4):
        G.add_node(f"a({t})")
    for t in range(1, 4):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
    for t in range(1, 3):
        G.add_edge(f"a({t})", f"a({t+1})", label="R")
    pos = {n: (2 * int(n[2]), "xazL".index(n[0])) for n in G}
    plt.figure(figsize=(9, 7))
    nx.draw(G, pos, with_labels=True, node_size=1000, node_color="lightblue")
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
    return G
