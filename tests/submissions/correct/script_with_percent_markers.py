# title: a .py with percent markers, one of the cells fails, definitions go on behind it
# loses: nothing
# form: script

# %% [markdown]
# # Exercise sheet 5

# %% imports
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt


class Model:
    pass


# %% exercise 3
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))


# %% does not work
data = np.load("my_data_at_home.npy")

# %% exercise 4
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = np.empty((len(x), len(a)))
    for t, xt in enumerate(x):
        a = np.tanh(model.W @ xt + model.R @ a)
        model.a[t] = a
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z


# %% exercise 5
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="loss")
        if t > 1:
            G.add_edge(f"a({t - 1})", f"a({t})", label="R")
    pos = {n: (int(n[2]), "xazL".index(n[0])) for n in G}
    plt.figure(figsize=(7, 6))
    nx.draw(G, pos, with_labels=True, node_size=1000, node_color="lightblue")
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
    plt.show()
    return G


# %%
graph()
