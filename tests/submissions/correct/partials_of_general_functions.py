# title: the three names are functools.partial objects of more general functions
# loses: nothing
# form: notebook

# %%
from functools import partial
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init_uniform(model, D, I, K, low, high):
    model.W = np.random.uniform(low, high, [I, D])
    model.R = np.random.uniform(low, high, [I, I])
    model.V = np.random.uniform(low, high, [K, I])

init = partial(init_uniform, low=-0.01, high=0.01)

# %%
def run(model, x, y, activation, loss):
    a = np.zeros(model.R.shape[0])
    model.a = []
    for t, xt in enumerate(x):
        a = activation(model.W @ xt + model.R @ a)
        model.a.append(a)
    model.z = model.V @ a
    return loss(model.z, y)

def stable_bce(z, y):
    return np.logaddexp(0, z) - y * z

forward = partial(run, activation=np.tanh, loss=stable_bce)

# %%
def unfold(T, edge_labels, node_size):
    G = nx.DiGraph()
    for t in range(1, T + 1):
        chain = [f'{k}_{t}' for k in ('x', 'a', 'z', 'loss')]
        for u, v in zip(chain, chain[1:]):
            G.add_edge(u, v, label=edge_labels[u[0] + v[0]])
        if t > 1:
            G.add_edge(f'a_{t-1}', f'a_{t}', label=edge_labels['aa'])
    rows = {'x': 0.0, 'a': 1.0, 'z': 2.0, 'l': 3.0}
    pos = {n: (int(n.split('_')[1]), rows[n[0]]) for n in G}
    plt.figure(figsize=(6, 8))
    nx.draw(G, pos, with_labels=True, node_size=node_size, node_color='lavender', edgecolors='purple')
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'))
    plt.show()
    return G

graph = partial(unfold, 3, {'xa': 'W', 'aa': 'R', 'az': 'V', 'zl': 'BCE'}, node_size=1200)
graph()
