# title: nothing is done, the three functions only pass
# loses: q3, q4, q5
# cases: q3 shapes, q3 range, q3 other sizes, q3 uniform distribution, q3 independence, q3 fresh weights, q4 example
# cases: q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss
# cases: q4 numerical stability, q4 several outputs, q4 no side effects, q4 long sequences, q5 directed graph
# cases: q5 nodes, q5 edges, q5 edge labels, q5 names in the drawing, q5 arrows in the drawing
# cases: q5 labels in the drawing, q5 arrangement of the drawing
# hint: matrix-not-stored, not-stored, nothing-returned, graph-not-returned, nothing-drawn
# full: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

# %%
def init(model, D, I, K):
    pass  # TODO

# %%
def forward(model, x, y):
    pass  # TODO

# %%
def graph():
    pass  # TODO
