# title: the dark style, with arrows in a dim grey
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

    with plt.style.context("dark_background"):
        fig, ax = plt.subplots(figsize=(8, 8))
        nx.draw_networkx_nodes(G, pos, node_size=1100, node_color="#222222", edgecolors="#888888", ax=ax)
        nx.draw_networkx_labels(G, pos, font_color="#cccccc", ax=ax)
        nx.draw_networkx_edges(G, pos, node_size=1100, edge_color="#666666", ax=ax)
        nx.draw_networkx_edge_labels(G, pos, labels, font_color="orange", bbox=dict(fc="black", ec="none"), ax=ax)
    plt.show()
    return G


# %%
graph()
