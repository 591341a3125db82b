# title: nx.multipartite_layout with the layers given as a dict of lists
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-np.full((I, D), 0.01), 0.01)
    model.R = np.random.uniform(-np.full((I, I), 0.01), 0.01)
    model.V = np.random.uniform(-np.full((K, I), 0.01), 0.01)

# %%
def forward(model, x, y):
    h = [np.zeros(model.R.shape[0])]
    [h.append(np.tanh(model.W @ xt + model.R @ h[-1])) for xt in x]
    del h[0]
    model.a = np.array(h)
    model.z = model.V @ h[-1]
    return np.mean(np.maximum(0, model.z) - y * model.z + np.log1p(np.exp(-np.abs(model.z))))

# %%
def graph():
    layers = {t: [f'x({t})', f'a({t})', f'z({t})', f'L({t})'] for t in (1, 2, 3)}
    G = nx.DiGraph()
    for t, names in layers.items():
        G.add_nodes_from(names, subset=t)
        for u, v, w in zip(names, names[1:], ['W', 'V', 'loss']):
            G.add_edge(u, v, label=w)
        if t > 1:
            G.add_edge(f'a({t-1})', f'a({t})', label='R')
    pos = nx.multipartite_layout(G, subset_key=layers, scale=2)
    plt.figure(figsize=(8, 7))
    nx.draw(G, pos, with_labels=True, node_size=1100, node_color='moccasin')
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'))
    plt.show()
    return G

graph()
