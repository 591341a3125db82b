# title: names in the drawing with the equation that computes each
# loses: nothing
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
    names = {}
    for t in (1, 2, 3):
        names[f"x({t})"] = f"x({t})"
        names[f"a({t})"] = f"a({t}) = tanh(s({t}))"
        names[f"z({t})"] = f"z({t}) = V a({t})"
        names[f"L({t})"] = f"L({t}) = BCE(z({t}), y({t}))"
    el = nx.get_edge_attributes(G, "label")
    plt.figure(figsize=(13, 9))
    ax = plt.gca()
    nx.draw_networkx_nodes(G, pos, node_size=1200, node_color="lightblue")
    nx.draw_networkx_labels(G, pos, names, font_size=7)
    nx.draw_networkx_edges(G, pos, node_size=1200, arrowsize=16)
    nx.draw_networkx_edge_labels(G, pos, el)
    plt.axis("off")
    return G
