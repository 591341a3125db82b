# title: multipartite_layout of the kinds, sorted by hand afterwards, horizontal layers
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    rng = np.random.Generator(np.random.MT19937())
    model.W = rng.uniform(-0.01, 0.01, (I, D))
    model.R = rng.uniform(-0.01, 0.01, (I, I))
    model.V = rng.uniform(-0.01, 0.01, (K, I))

# %%
def forward(model, x, y):
    assert x.ndim == 2 and x.shape[1] == model.W.shape[1], 'x must be (T, D)'
    T = x.shape[0]
    a = np.zeros((T + 1, model.R.shape[0]))
    for t in range(T):
        a[t] = np.tanh(model.W @ x[t] + model.R @ a[t - 1])   # row -1 stays zero
    model.a = a[:-1]
    model.z = model.V @ a[T - 1]
    return np.logaddexp(0, model.z) - y * model.z

# %%
def graph():
    G = nx.DiGraph()
    for depth, kind in enumerate(['x', 'a', 'z', 'L']):
        for t in range(1, 4):
            G.add_node(f'{kind}{t}', layer=depth, time=t)
    for t in range(1, 4):
        G.add_edge(f'x{t}', f'a{t}', label='W')
        G.add_edge(f'a{t}', f'z{t}', label='V')
        G.add_edge(f'z{t}', f'L{t}', label='σ + BCE')
        if t > 1:
            G.add_edge(f'a{t-1}', f'a{t}', label='R')
    raw = nx.multipartite_layout(G, subset_key='layer', align='horizontal')
    xs = sorted({round(float(p[0]), 6) for p in raw.values()})
    pos = {n: (xs[d['time'] - 1], raw[n][1]) for n, d in G.nodes(data=True)}
    plt.figure(figsize=(8, 8))
    nx.draw(G, pos, with_labels=True, node_size=1000, node_color='lemonchiffon', edgecolors='olive')
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'))
    plt.show()
    return G

graph()
