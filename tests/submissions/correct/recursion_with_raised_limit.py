# title: forward is recursive in t, with the recursion limit raised far enough for T = 2000
# loses: nothing
# form: notebook

# %%
import sys
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

sys.setrecursionlimit(20_000)

class Model: pass

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))

# %%
def forward(model, x, y):
    model.a = []

    def a(t):
        if t == 0:
            return np.zeros(model.R.shape[0])
        previous = a(t - 1)
        value = np.tanh(model.W @ x[t - 1] + model.R @ previous)
        model.a.append(value)
        return value

    model.z = model.V @ a(len(x))
    return np.maximum(0, model.z) - y * model.z + np.log1p(np.exp(-np.abs(model.z)))

# %%
def graph():
    G = nx.DiGraph()
    def grow(t):
        if t == 0:
            return
        grow(t - 1)
        G.add_edge(f'x({t})', f'a({t})', label='W')
        G.add_edge(f'a({t})', f'z({t})', label='V')
        G.add_edge(f'z({t})', f'L({t})', label='BCE')
        if t > 1:
            G.add_edge(f'a({t-1})', f'a({t})', label='R')
    grow(3)
    pos = {n: (int(n[2]), 'xazL'.index(n[0])) for n in G}
    plt.figure(figsize=(6, 6))
    nx.draw(G, pos, with_labels=True, node_size=900, node_color='lightblue')
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'))
    plt.show()
    return G

graph()
