# title: shows a picture file that was not handed in, which raises
# loses: q5
# full: q3, q4
# only: all
# fill: init, forward
# form: notebook
# cases: q5 directed graph, q5 nodes, q5 names in the drawing, q5 edges, q5 edge labels
# cases: q5 arrows in the drawing, q5 labels in the drawing, q5 arrangement of the drawing
# hint: none

# %% [markdown]
# ## Exercise 5: the computational graph

# %%
import networkx as nx
import matplotlib.pyplot as plt


def graph():
    G = nx.DiGraph()
    for t in range(1, 4):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")

    row = {"x": 0, "a": 1, "z": 2, "L": 3}
    pos = {n: (int(n[2]), row[n[0]]) for n in G}
    plt.figure(figsize=(7, 6))
    plt.imshow(plt.imread("skizze_rnn.png"), extent=(0, 4, -1, 4))   # my sketch as background
    nx.draw(G, pos, with_labels=True, node_size=1200, node_color="lightblue")
    nx.draw_networkx_edge_labels(G, pos, edge_labels=nx.get_edge_attributes(G, "label"))
    plt.show()
    return G


# %%
G = graph()
