# title: the outer markers are cut in half by the border of the axes, their names stand inside
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
    nx.draw_networkx_nodes(G, pos, node_size=700, node_color="lightcoral", ax=ax)
    nx.draw_networkx_edges(G, pos, node_size=700, ax=ax)
    for n, (x, y) in pos.items():
        ax.text(x - 0.08 if x == 3 else x + 0.08, y - 0.16 if y else y + 0.16, n, ha="right" if x == 3 else "left", va="center")
    for (u, v), word in labels.items():
        ax.text((pos[u][0] + pos[v][0]) / 2 + (-0.04 if pos[v][0] == 3 == pos[u][0] else 0.04), (pos[u][1] + pos[v][1]) / 2 + 0.05, word,
                ha="right" if pos[v][0] == 3 == pos[u][0] else "left")
    ax.set(xlim=(0.97, 3.03), ylim=(-0.03, 3.03))
    plt.show()
    return G


# %%
graph()
