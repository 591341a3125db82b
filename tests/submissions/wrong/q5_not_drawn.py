# title: graph() returns the graph and draws nothing
# loses: q5
# full: q3, q4
# only: drawing
# fill: init, forward
# form: script
# cases: q5 names in the drawing, q5 arrows in the drawing, q5 labels in the drawing
# cases: q5 arrangement of the drawing
# hint: nothing-drawn

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

    return G


# %%
G = graph()
