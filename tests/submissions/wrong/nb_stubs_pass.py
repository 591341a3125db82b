# title: nothing is done, the three functions only pass
# loses: q3, q4, q5
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
