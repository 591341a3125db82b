# title: default_rng made inside init; time runs from right to left in the drawing, names x_1
# loses: nothing
# form: notebook

# %%
# %matplotlib inline
import numpy as np
import networkx as nx
from matplotlib import pyplot as plt

class Model:
    pass

# %%
def init(model, D, I, K):
    rng = np.random.default_rng()
    model.W = rng.uniform(low=-1e-2, high=1e-2, size=(I, D))
    model.R = rng.uniform(low=-1e-2, high=1e-2, size=(I, I))
    model.V = rng.uniform(low=-1e-2, high=1e-2, size=(K, I))
    return model

# %%
def forward(model, x, y):
    model.a = []
    h = np.zeros(model.R.shape[0])
    for xt in x:
        h = np.tanh(np.matmul(model.W, xt) + np.matmul(model.R, h))
        model.a.append(h)
    model.z = np.matmul(model.V, h)
    return np.sum(np.logaddexp(0, model.z) - np.asarray(y) * model.z)

# %%
def graph():
    G = nx.DiGraph()
    for t in [1, 2, 3]:
        G.add_edge(f'x_{t}', f'a_{t}', name='W')
        G.add_edge(f'a_{t}', f'z_{t}', name='V')
        G.add_edge(f'z_{t}', f'L_{t}', name='loss')
    G.add_edge('a_1', 'a_2', name='R')
    G.add_edge('a_2', 'a_3', name='R')
    row = {'x': 0, 'a': 1, 'z': 2, 'L': 3}
    # newest step on the left, like a stack of old photos
    pos = {n: (-int(n[-1]) * 2, row[n[0]]) for n in G.nodes}
    fig, ax = plt.subplots(figsize=(8, 6))
    nx.draw_networkx(G, pos, ax=ax, node_size=1100, node_color='#ffd27f')
    nx.draw_networkx_edge_labels(G, pos, {(u, v): d['name'] for u, v, d in G.edges(data=True)}, ax=ax)
    ax.set_title('unrolled network (time goes to the left)')
    plt.show()
    return G

graph()
