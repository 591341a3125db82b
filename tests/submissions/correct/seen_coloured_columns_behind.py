# title: a coloured column behind each time step
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
    for t, colour in zip((1, 2, 3), ("aliceblue", "honeydew", "cornsilk")):
        ax.axvspan(t - 0.4, t + 0.4, color=colour, zorder=0)
        ax.text(t, 3.6, f"t = {t}", ha="center")
    nx.draw_networkx(G, pos, node_size=1200, node_color="w", edgecolors="k", ax=ax)
    nx.draw_networkx_edge_labels(G, pos, labels, ax=ax)
    ax.set_ylim(-0.4, 3.9)
    plt.show()
    return G


# %%
graph()
