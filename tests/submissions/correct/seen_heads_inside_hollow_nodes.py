# title: the arrows end at the centres of hollow nodes, the names stand aside
# loses: nothing
# fill: init, forward
# form: notebook

# %%
import networkx as nx
import matplotlib.pyplot as plt


# %%
def graph():
    G, pos = nx.DiGraph(), {}
    for t in (1, 2, 3):
        x, a, z, L = (f"{c}({t})" for c in "xazL")
        G.add_edge(x, a, label="W")
        if t > 1:
            G.add_edge(before, a, label="R")
        G.add_edge(a, z, label="V")
        G.add_edge(z, L, label="BCE")
        pos |= {x: (t, 0), a: (t, 1), z: (t, 2), L: (t, 3)}
        before = a
    labels = nx.get_edge_attributes(G, "label")

    fig, ax = plt.subplots(figsize=(8, 8))
    nx.draw_networkx_nodes(G, pos, node_size=500, node_color="none", edgecolors="tab:red", ax=ax)
    nx.draw_networkx_edges(G, pos, node_size=0, arrowsize=14, ax=ax)
    nx.draw_networkx_labels(G, {n: (x - 0.17, y + 0.13) for n, (x, y) in pos.items()}, ax=ax)
    nx.draw_networkx_edge_labels(G, pos, labels, rotate=False, ax=ax)
    ax.margins(0.2)
    plt.show()
    return G


# %%
graph()
