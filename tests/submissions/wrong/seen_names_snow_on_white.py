# title: names in snow white on white nodes with a border
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

    plt.figure(figsize=(8, 8))
    nx.draw(G, pos, with_labels=True, node_size=1200, node_color="white", edgecolors="k", font_color="snow")
    nx.draw_networkx_edge_labels(G, pos, labels)
    plt.show()
    return G


# %%
graph()
