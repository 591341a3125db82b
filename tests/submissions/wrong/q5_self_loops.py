# title: a(t) -> a(t) loops instead of a(t-1) -> a(t)
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 edges
# hint: self-loops

# %% [markdown]
# # Exercise 5

# %%
import networkx as nx
import matplotlib.pyplot as plt

T = 3


def graph():
    G = nx.DiGraph()
    for t in range(1, T + 1):
        G.add_nodes_from([("x", t), ("a", t), ("z", t), ("L", t)])
    for t in range(1, T + 1):
        G.add_edge(("x", t), ("a", t), w="W")
        G.add_edge(("a", t), ("z", t), w="V")
        G.add_edge(("z", t), ("L", t), w="y(%d)" % t)
    for t in range(1, T + 1):
        G.add_edge(("a", t), ("a", t), w="R")

    level = ["x", "a", "z", "L"]
    pos = {(kind, t): (3 * t, 2 * level.index(kind)) for kind, t in G.nodes}
    names = {(kind, t): "%s(%d)" % (kind, t) for kind, t in G.nodes}
    edge_names = {(u, v): d["w"] for u, v, d in G.edges(data=True)}

    fig, ax = plt.subplots(figsize=(8, 6))
    nx.draw_networkx(G, pos, ax=ax, labels=names, node_size=1000, node_color="#ccffcc")
    nx.draw_networkx_edge_labels(G, pos, edge_labels=edge_names, ax=ax, rotate=False)
    ax.set_title("RNN unfolded over three steps")
    return G
