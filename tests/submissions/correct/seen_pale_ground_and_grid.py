# title: a bluish ground with a white grid behind it all, as seaborn draws it
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
    ax.set_facecolor("#eaeaf2")
    nx.draw_networkx_nodes(G, pos, node_size=1200, node_color="#4c72b0", ax=ax)
    nx.draw_networkx_labels(G, pos, font_color="w", ax=ax)
    nx.draw_networkx_edges(G, pos, node_size=1200, edge_color="#555555", ax=ax)
    nx.draw_networkx_edge_labels(G, pos, labels, ax=ax, bbox=dict(fc="#eaeaf2", ec="none"))
    ax.tick_params(left=True, bottom=True, labelleft=True, labelbottom=True, length=0)
    ax.grid(color="white", lw=1.2)
    ax.set_axisbelow(True)
    for side in ax.spines.values():
        side.set_visible(False)
    plt.show()
    return G


# %%
graph()
