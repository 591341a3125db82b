# title: plain lines are drawn first, and arrows of the same colour over them
# loses: nothing
# fill: init, forward

# %%
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np


# %%
def build():
    G, pos = nx.DiGraph(), {}
    for t in (1, 2, 3):
        for row, kind in enumerate("xazL"):
            pos[f"{kind}({t})"] = (1.6 * t, 1.3 * row)
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            G.add_edge(f"a({t - 1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
    return G, pos


def graph():
    G, pos = build()
    plt.figure(figsize=(6, 5))
    nx.draw_networkx_nodes(G, pos, node_size=700, node_color="wheat")
    nx.draw_networkx_labels(G, pos)
    nx.draw_networkx_edges(G, pos, arrows=False, width=3)
    nx.draw_networkx_edges(G, pos, node_size=700, width=3)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
    return G
