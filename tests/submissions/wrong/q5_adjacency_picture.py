# title: shows the adjacency matrix as an image instead of the graph
# loses: q5
# full: q3, q4
# only: drawing
# fill: init, forward
# form: notebook
# cases: q5 names in the drawing, q5 arrows in the drawing, q5 labels in the drawing
# cases: q5 arrangement of the drawing
# hint: no-graph-drawn

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

    plt.imshow(nx.to_numpy_array(G), cmap="Greys")
    plt.title("computational graph")
    plt.colorbar()
    plt.show()
    return G


# %%
G = graph()
