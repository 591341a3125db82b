# title: names in half-transparent boxes beside small dots
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
    nx.draw_networkx_nodes(G, pos, node_size=80, node_color="k", ax=ax)
    nx.draw_networkx_edges(G, pos, node_size=80, ax=ax, edge_color="gray")
    for n, (x, y) in pos.items():
        ax.annotate(n, (x, y), xytext=(9, 7), textcoords="offset points", bbox=dict(fc="w", ec="none", alpha=0.5, pad=1))
    for (u, v), word in labels.items():
        ax.text((pos[u][0] + pos[v][0]) / 2 - 0.03, (pos[u][1] + pos[v][1]) / 2 + 0.03, word, ha="right")
    ax.margins(0.15)
    ax.axis("off")
    plt.show()
    return G


# %%
graph()
