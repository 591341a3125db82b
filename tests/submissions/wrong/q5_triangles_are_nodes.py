# title: nodes are triangles, and the edges that go up have no heads
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 arrows in the drawing
# hint: none

# %%
import matplotlib.pyplot as plt
import networkx as nx
def build():
    G = nx.DiGraph()
    for t in range(1, 4):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1: G.add_edge(f"a({t-1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
    pos = {n: (100.0 * int(n[2]), 100.0 * "xazL".index(n[0])) for n in G}
    return G, pos
def graph():
    G, pos = build()
    plt.figure(figsize=(9, 9))
    nx.draw_networkx_nodes(G, pos, node_size=2500, node_shape="^", node_color="w", edgecolors="k"); nx.draw_networkx_labels(G, pos)
    vert = [e for e in G.edges if e[0][2] == e[1][2]]; hor = [e for e in G.edges if e not in vert]
    nx.draw_networkx_edges(G, pos, edgelist=vert, arrows=False)
    nx.draw_networkx_edges(G, pos, edgelist=hor, node_size=2500)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
    return G
