# title: every name at the node above its own
# loses: q5
# cases: q5 names in the drawing
# full: q3 q4
# hint: names-astray
# fill: init, forward
# form: notebook

# %%
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np

# %%
def graph():
    G = nx.DiGraph()
    for t in range(1, 4):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
    order = "xazL"
    pos = {n: (int(n[2]), order.index(n[0])) for n in G}
    names = {n: n for n in G}
    el = nx.get_edge_attributes(G, "label")
    plt.figure(figsize=(8, 8))
    ax = plt.gca()
    nx.draw_networkx_nodes(G, pos, node_size=1200, node_color="lightblue")
    nx.draw_networkx_labels(G, {n: (x, y + 1) for n, (x, y) in pos.items()}, names)
    plt.ylim(-.5, 4.5)
    nx.draw_networkx_edges(G, pos, node_size=1200, arrowsize=16)
    nx.draw_networkx_edge_labels(G, pos, el)
    plt.axis("off")
    return G
