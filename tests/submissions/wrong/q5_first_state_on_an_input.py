# title: a(0) is drawn at the place of x(1)
# loses: q5
# full: q3, q4
# fill: init, forward
# only: drawing
# hint: two-nodes-overlap

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
    G.add_edge("a(0)", "a(1)")
    pos["a(0)"] = pos["x(1)"]
    plt.figure(figsize=(9, 8))
    nx.draw(G, pos, with_labels=True, node_size=900)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
    return G
