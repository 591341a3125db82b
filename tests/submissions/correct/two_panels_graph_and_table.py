# title: two subplots, the unfolded graph and a panel with the formulas
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (D, I)).T
    model.R = np.random.uniform(-0.01, 0.01, (I, I)).T
    model.V = np.random.uniform(-0.01, 0.01, (I, K)).T

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = np.zeros((len(x), a.size), order='F')
    for t in range(len(x)):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        model.a[t] = a
    model.z = model.V @ a
    return np.sum(np.maximum(0, model.z) - y * model.z + np.log1p(np.exp(-np.abs(model.z))))

# %%
def graph():
    fig, (left, right) = plt.subplots(1, 2, figsize=(12, 6), width_ratios=[3, 1])
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f'x({t})', f'a({t})', label='W')
        G.add_edge(f'a({t})', f'z({t})', label='V')
        G.add_edge(f'z({t})', f'L({t})', label='loss')
        if t > 1:
            G.add_edge(f'a({t-1})', f'a({t})', label='R')
    pos = {n: (int(n[2]), 'xazL'.index(n[0])) for n in G}
    nx.draw(G, pos, ax=left, with_labels=True, node_size=900, node_color='lightblue')
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'), ax=left)
    left.set_title('unfolded for three steps')
    right.axis('off')
    right.text(0, 0.8, r'$s(t) = W x(t) + R a(t-1)$')
    right.text(0, 0.6, r'$a(t) = \tanh s(t)$')
    right.text(0, 0.4, r'$z(t) = V a(t)$')
    right.text(0, 0.2, r'$L = \max(0, z) - yz + \log(1 + e^{-|z|})$')
    plt.show()
    return G

graph()
