# title: h and o of another textbook in the place of a and z
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 nodes, q5 names in the drawing
# hint: other-letters

# %% [markdown]
# ## Exercise 5: the computational graph

# %%
import networkx as nx
import matplotlib.pyplot as plt


def graph():
    G = nx.DiGraph()
    for t in range(1, 4):
        G.add_edge(f"x({t})", f"h({t})", label="W")
        if t > 1:
            G.add_edge(f"h({t-1})", f"h({t})", label="R")
        G.add_edge(f"h({t})", f"o({t})", label="V")
        G.add_edge(f"o({t})", f"L({t})", label="BCE")

    row = {"x": 0, "h": 1, "o": 2, "L": 3}
    pos = {n: (int(n[2]), row[n[0]]) for n in G}
    plt.figure(figsize=(7, 6))
    nx.draw(G, pos, with_labels=True, node_size=1200, node_color="lightblue")
    nx.draw_networkx_edge_labels(G, pos, edge_labels=nx.get_edge_attributes(G, "label"))
    plt.show()
    return G


# %%
G = graph()
