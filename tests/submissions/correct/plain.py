# title: nothing odd, close to the handout
# loses: nothing
# form: notebook

# %% [markdown]
# # Homework: recurrent networks

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model:
    pass

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))

# %%
def forward(model, x, y):
    T = x.shape[0]
    I = model.R.shape[0]
    model.a = np.zeros((T, I))
    a = np.zeros(I)
    for t in range(T):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        model.a[t] = a
    model.z = model.V @ a
    z = model.z
    return np.maximum(0, z) - y * z + np.log1p(np.exp(-np.abs(z)))

# %%
def graph():
    G = nx.DiGraph()
    pos = {}
    for t in (1, 2, 3):
        for height, kind in enumerate("xazL"):
            pos[f"{kind}({t})"] = (t, height)
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
    nx.draw(G, pos, with_labels=True, node_size=1200, node_color="lightblue")
    nx.draw_networkx_edge_labels(G, pos, edge_labels=nx.get_edge_attributes(G, "label"))
    plt.show()
    return G

# %%
graph()
