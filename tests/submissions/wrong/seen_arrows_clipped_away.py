# title: the arrows are clipped to a box in which none of them lies
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 arrows in the drawing
# hint: covered

# %%
import networkx as nx
import matplotlib.pyplot as plt
from matplotlib.transforms import Bbox


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
    nx.draw_networkx_nodes(G, pos, node_size=1200, node_color="lightblue", ax=ax)
    nx.draw_networkx_labels(G, pos, ax=ax)
    for arrow in nx.draw_networkx_edges(G, pos, node_size=1200, ax=ax):
        arrow.set_clip_box(Bbox([[0, 0], [5, 5]]))
    nx.draw_networkx_edge_labels(G, pos, labels, ax=ax)
    plt.show()
    return G


# %%
graph()
