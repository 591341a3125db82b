# title: axes that lie to the right of the canvas: seen only when it is saved tightly
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

    fig = plt.figure(figsize=(6, 6))
    ax = fig.add_axes((0.7, 0.1, 0.9, 0.9))
    nx.draw_networkx(G, pos, node_size=900, node_color="plum", ax=ax)
    nx.draw_networkx_edge_labels(G, pos, labels, ax=ax)
    plt.show()
    return G


# %%
graph()
