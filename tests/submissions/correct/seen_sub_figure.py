# title: the drawing is in the left of two subfigures
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

    fig = plt.figure(figsize=(12, 7))
    left, right = fig.subfigures(1, 2, width_ratios=[3, 1])
    ax = left.subplots()
    nx.draw(G, pos, ax=ax, with_labels=True, node_size=1000, node_color="lightsteelblue")
    nx.draw_networkx_edge_labels(G, pos, labels, ax=ax)
    right.suptitle("W, R and V are shared")
    plt.show()
    return G


# %%
graph()
