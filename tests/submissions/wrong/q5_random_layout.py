# title: nx.random_layout
# loses: q5
# full: q3, q4
# only: drawing
# fill: init, forward
# form: notebook
# cases: q5 arrows in the drawing, q5 labels in the drawing, q5 arrangement of the drawing
# hint: automatic-layout

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

    pos = nx.random_layout(G, seed=3)
    plt.figure(figsize=(7, 6))
    nx.draw(G, pos, with_labels=True, node_size=1200, node_color="lightblue")
    nx.draw_networkx_edge_labels(G, pos, edge_labels=nx.get_edge_attributes(G, "label"))
    plt.show()
    return G


# %%
G = graph()
