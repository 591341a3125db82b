# title: black names beside the nodes on a black ground
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 names in the drawing
# hint: same-colour

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

    fig, ax = plt.subplots(figsize=(8, 8), facecolor="k")
    ax.axis("off")
    nx.draw_networkx_nodes(G, pos, node_size=300, node_color="gold", ax=ax)
    nx.draw_networkx_edges(G, pos, node_size=300, edge_color="w", ax=ax)
    nx.draw_networkx_labels(G, {n: (x - 0.13, y + 0.12) for n, (x, y) in pos.items()}, ax=ax)
    nx.draw_networkx_edge_labels(G, pos, labels, font_color="w", bbox=dict(fc="k", ec="k"), ax=ax)
    ax.margins(0.15)
    plt.show()
    return G


# %%
graph()
