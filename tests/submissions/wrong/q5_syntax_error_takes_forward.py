# title: forward and graph in one cell, and graph has an indentation error
# loses: q4, q5
# cases: q4 example, q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss
# cases: q4 numerical stability, q4 several outputs, q4 no side effects, q4 long sequences, q5 directed graph
# cases: q5 nodes, q5 edges, q5 edge labels, q5 names in the drawing, q5 arrows in the drawing
# cases: q5 labels in the drawing, q5 arrangement of the drawing
# full: q3
# only: all
# fill: init
# form: notebook
# hint: none

# %% [markdown]
# # Exercises 4 and 5

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt


def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = []
    for xt in x:
        a = np.tanh(model.W @ xt + model.R @ a)
        model.a.append(a)
    model.a = np.array(model.a)
    model.z = model.V @ a
    return np.sum(np.maximum(model.z, 0) - y * model.z + np.log1p(np.exp(-np.abs(model.z))))


def graph():
    G = nx.DiGraph()
    for t in range(1, 4):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
    for t in range(2, 4):
        G.add_edge(f"a({t-1})", f"a({t})", label="R")
     pos = {n: (int(n[2]), "xazL".index(n[0])) for n in G}
    nx.draw(G, pos, with_labels=True, node_size=1000)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
    return G
