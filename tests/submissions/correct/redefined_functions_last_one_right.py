# title: wrong first attempts stand above, the last definitions are right
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    model.W = np.random.randn(D, I)     # first try
    model.R = np.zeros((I, I))
    model.V = np.random.randn(I, K)

def forward(model, x, y):
    a = 0
    for t in range(len(x)):
        a = np.tanh(x[t] @ model.W + a @ model.R)
    yhat = 1 / (1 + np.exp(-a @ model.V))
    return -y * np.log(yhat) - (1 - y) * np.log(1 - yhat)

def graph():
    G = nx.Graph()
    G.add_edge("x", "a")
    nx.draw(G)
    return G

# %%
m = Model()
init(m, 2, 3, 1)
forward(m, np.ones((2, 2)), 1)     # fails, see below

# %% [markdown]
# That was wrong. Again, with the shapes of the sheet.

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = np.zeros((len(x), len(a)))
    for t in range(len(x)):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        model.a[t] = a
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z

# %%
def graph():
    G = nx.DiGraph()
    pos = {}
    for t in (1, 2, 3):
        G.add_edge(f"x{t}", f"a{t}", label="W")
        G.add_edge(f"a{t}", f"z{t}", label="V")
        G.add_edge(f"z{t}", f"L{t}", label="loss")
        pos[f"x{t}"], pos[f"a{t}"], pos[f"z{t}"], pos[f"L{t}"] = (t, 0), (t, 1), (t, 2), (t, 3)
    G.add_edges_from([("a1", "a2"), ("a2", "a3")], label="R")
    plt.figure()
    nx.draw(G, pos, with_labels=True, node_color="lightgreen", node_size=700)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
    plt.show()
    return G

graph()
