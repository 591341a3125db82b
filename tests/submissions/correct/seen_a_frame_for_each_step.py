# title: an unfilled frame around each time step, drawn over the arrows between them
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

    fig, ax = plt.subplots(figsize=(9, 8))
    nx.draw_networkx(G, pos, node_size=1200, node_color="lightblue", ax=ax)
    nx.draw_networkx_edge_labels(G, pos, labels, ax=ax)
    for t in (1, 2, 3):
        ax.add_patch(plt.Rectangle((t - 0.3, -0.35), 0.6, 3.7, fill=False, ec="gray", ls="--", zorder=10))
    ax.set(xlim=(0.6, 3.4), ylim=(-0.5, 3.5))
    plt.show()
    return G


# %%
graph()
