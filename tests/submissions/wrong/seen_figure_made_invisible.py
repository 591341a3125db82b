# title: set_visible(False) for the figure
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 names in the drawing, q5 arrows in the drawing, q5 labels in the drawing, q5 arrangement of the drawing
# hint: invisible

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
    nx.draw_networkx(G, pos, node_size=1200, node_color="lightblue", ax=ax)
    nx.draw_networkx_edge_labels(G, pos, labels, ax=ax)
    fig.set_visible(False)
    plt.show()
    return G


# %%
graph()
