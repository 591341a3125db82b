# title: drawn with the new nx.display, everything in node and edge attributes
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    seeds = np.random.SeedSequence().spawn(3)
    shapes = [("W", (I, D)), ("R", (I, I)), ("V", (K, I))]
    for s, (name, shape) in zip(seeds, shapes):
        setattr(model, name, np.random.default_rng(s).uniform(-0.01, 0.01, shape))

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = np.zeros((len(x), a.size))
    for t, xt in enumerate(x):
        np.tanh(np.add(model.W @ xt, model.R @ a), out=model.a[t])
        a = model.a[t]
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z

# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        for j, k in enumerate("xazL"):
            G.add_node(f"{k}({t})", pos=(2 * t, 2 * j), size=900, color="#cfe8ff")
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="loss")
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
    fig, ax = plt.subplots(figsize=(7, 8))
    nx.display(G, canvas=ax)
    plt.show()
    return G

graph()
