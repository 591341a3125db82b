# title: graph comes first and uses imports of a later cell; forward uses a helper from the last cell
# loses: nothing
# form: notebook

# %% [markdown]
# ## Exercise 5

# %%
def graph():
    G = nx.DiGraph()
    for t in range(1, 4):
        G.add_edge(f"x_{t}", f"a_{t}", label="W")
        G.add_edge(f"a_{t}", f"z_{t}", label="V")
        G.add_edge(f"z_{t}", f"L_{t}", label="loss")
        if t >= 2:
            G.add_edge(f"a_{t-1}", f"a_{t}", label="R")
    layers = {"x": 0, "a": 1, "z": 2, "L": 3}
    pos = {n: (float(n[2:]), layers[n[0]] * 0.8) for n in G.nodes()}
    plt.figure(figsize=(6, 6), facecolor="whitesmoke")
    nx.draw(G, pos, with_labels=True, node_size=900, node_color="wheat")
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"), font_size=12,
                                 bbox=dict(boxstyle="round", fc="whitesmoke", ec="none"))
    plt.show()
    return G

# %% [markdown]
# ## Exercise 4

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = []
    for xt in x:
        a = np.tanh(model.W @ xt + model.R @ a)
        model.a.append(a)
    model.z = model.V @ a
    return loss(model.z, y)

# %% [markdown]
# ## Exercise 3

# %%
def init(model, D, I, K):
    model.W = uniform(I, D)
    model.R = uniform(I, I)
    model.V = uniform(K, I)

# %%
graph()   # does not work yet

# %%
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
class Model: pass

# %%
def uniform(rows, columns):
    return np.random.uniform(-0.01, 0.01, (rows, columns))

def loss(z, y):
    return np.logaddexp(0, z) - y * z

# %%
graph()
