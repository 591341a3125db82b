# title: arrows of ax.quiver with pivot="mid"
# loses: nothing
# fill: init, forward
# form: notebook

# %%
import numpy as np
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
    fig, ax = plt.subplots(figsize=(8, 8))
    for n, (x, y) in pos.items():
        ax.text(x, y, n, ha="center", va="center", bbox=dict(fc="w"), zorder=4)
    for u, v, l in G.edges.data("label"):
        (x0, y0), (x1, y1) = pos[u], pos[v]
        dx, dy = x1 - x0, y1 - y0
        ax.quiver(x0 + .5 * dx, y0 + .5 * dy, dx, dy, pivot="mid", scale=600, width=.006)
        ax.text((x0 + x1) / 2 + 8, (y0 + y1) / 2 - 8, l)
    ax.set_xlim(50, 350); ax.set_ylim(-50, 350)
    return G
