# title: nodes are named tuples, which networkx writes with the names of their fields
# loses: nothing
# fill: init, forward
# form: notebook

# %%
from collections import namedtuple
import matplotlib.pyplot as plt
import networkx as nx
Node = namedtuple("Node", "kind t")


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
    def f(n):
        k, t = n[0], n[2]
        return Node(k, int(t))
    m = {n: f(n) for n in G}
    G = nx.relabel_nodes(G, m); pos = {m[n]: p for n, p in pos.items()}
    plt.figure(figsize=(11, 10))
    nx.draw(G, pos, with_labels=True, node_size=1500, node_color="w", edgecolors="k", font_size=9)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
    return G
