# title: y(t), W, R and V are nodes of their own; loss $L(z(1), y(1))$
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

def init(model, D, I, K):
    u = lambda shape: np.random.uniform(-0.01, 0.01, size=shape)
    model.W = u((I, D))
    model.R = u((I, I))
    model.V = u((K, I))

# %%
def softplus(v):
    # numerically stable, see exercise 1
    return np.maximum(0, v) + np.log1p(np.exp(-np.abs(v)))

def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = np.zeros((0, model.R.shape[0]))
    for xt in x:
        a = np.tanh(np.inner(model.W, xt) + np.inner(model.R, a))
        model.a = np.concatenate([model.a, a[None, :]])
    model.z = np.inner(model.V, a)
    return y * softplus(-model.z) + (1 - y) * softplus(model.z)

# %%
def graph():
    G = nx.DiGraph()
    labels, pos = {}, {'W': (0, 0.7), 'R': (7.5, 3), 'V': (0, 5.2)}
    def edge(u, v, label=None):
        G.add_edge(u, v)
        if label:
            labels[u, v] = label
    for t in (1, 2, 3):
        x, a, z, y, L = f'$x({t})$', f'$a({t})$', f'$z({t})$', f'$y({t})$', f'$L(z({t}), y({t}))$'
        X = 3 * t
        pos.update({x: (X, 0), a: (X, 2), z: (X, 4), L: (X, 6), y: (X, 8)})
        edge(x, a, 'W')
        edge(a, z, 'V')
        edge(z, L, 'loss')
        edge(y, L)
        edge('W', a)
        edge('V', z)
        if t > 1:
            edge(f'$a({t-1})$', a, 'R')
            edge('R', a)
    plt.figure(figsize=(12, 10))
    params = ['W', 'R', 'V']
    rest = [n for n in G if n not in params]
    nx.draw_networkx_nodes(G, pos, rest, node_size=1500, node_color='lightblue')
    nx.draw_networkx_nodes(G, pos, params, node_size=700, node_color='salmon', node_shape='s')
    nx.draw_networkx_labels(G, pos, font_size=11)
    thin = [e for e in G.edges if e[0] in params]
    nx.draw_networkx_edges(G, pos, [e for e in G.edges if e not in thin], node_size=1500, arrowsize=18)
    nx.draw_networkx_edges(G, pos, thin, node_size=1500, style='dotted', edge_color='salmon')
    nx.draw_networkx_edge_labels(G, pos, labels, label_pos=0.45, rotate=False)
    plt.axis('off')
    plt.show()
    return G

graph()
