# title: extra nodes start -> x(1) and L(3) -> end
# loses: q5
# full: q3, q4
# only: graph
# fill: init, forward
# form: notebook
# cases: q5 nodes
# hint: extra-nodes

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
    for t in range(2, T + 1):
        G.add_edge(("a", t - 1), ("a", t), w="R")

    G.add_edge("start", ("x", 1), w="go")
    G.add_edge(("L", T), "end", w="stop")

    level = ["x", "a", "z", "L"]
    pos = {"start": (0.5, 0), "end": (3 * T + 2.5, 6)}
    names = {"start": "start", "end": "end"}
    for kind in level:
        for t in range(1, T + 1):
            pos[kind, t] = (3 * t, 2 * level.index(kind))
            names[kind, t] = "%s(%d)" % (kind, t)
    edge_names = {(u, v): d["w"] for u, v, d in G.edges(data=True)}

    fig, ax = plt.subplots(figsize=(8, 6))
    nx.draw_networkx(G, pos, ax=ax, labels=names, node_size=1000, node_color="#ccffcc")
    nx.draw_networkx_edge_labels(G, pos, edge_labels=edge_names, ax=ax, rotate=False)
    ax.set_title("RNN unfolded over three steps")
    return G
