# title: show by its own name then close
# loses: nothing
# form: notebook

# %%
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np


# %%
class Init:
    def __call__(self, model, D, I, K):
        g = np.random.Generator(np.random.PCG64())
        model.W = g.uniform(-0.01, 0.01, (D, I)).T
        model.R = g.uniform(0.01, -0.01, (I, I)) if False else np.array(g.uniform(-0.01, 0.01, (I, I)))
        model.V = np.vstack([g.uniform(-0.01, 0.01, I) for _ in range(K)])
init = Init()


# %%
def forward(model, x, y):
    s = x @ model.W.T
    prev = 0
    rows = ()
    for i in range(len(s)):
        prev = np.tanh(s[i] + (model.R @ prev if i else 0))
        rows += (prev,)
    model.a = rows
    model.z = model.V.dot(prev)
    return np.mean(np.logaddexp(0, model.z) - y * model.z)


# %%
from matplotlib.pyplot import figure, show, close
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", label="W"); G.add_edge(f"a({t})", f"z({t})", label="V"); G.add_edge(f"z({t})", f"L({t})", label="BCE")
        if t > 1: G.add_edge(f"a({t-1})", f"a({t})", label="R")
    pos = {n: (int(n[2]), "xazL".find(n[0])) for n in G}
    figure(figsize=(8, 6))
    nx.draw(G, pos, with_labels=True, node_size=800)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
    show(); close("all")
    return G
