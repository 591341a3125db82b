# title: the graph comes from an adjacency matrix and is relabelled, with a numeric weight besides the label
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D)).astype(np.longdouble)
    model.R = np.random.uniform(-0.01, 0.01, (I, I)).astype(np.longdouble)
    model.V = np.random.uniform(-0.01, 0.01, (K, I)).astype(np.longdouble)

# %%
def forward(model, x, y):
    x = np.array(x, dtype=np.longdouble)
    a = np.zeros(model.R.shape[0], dtype=np.longdouble)
    model.a = np.zeros((len(x), len(a)))
    for t in range(len(x)):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        model.a[t] = a
    z = model.V @ a
    model.z = z.astype(float)
    return (np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))).astype(float)

# %%
def graph():
    kinds = 'xazL'
    number = lambda k, t: 4 * (t - 1) + kinds.index(k)
    A = np.zeros((12, 12))
    for t in (1, 2, 3):
        for u, v in ('xa', 'az', 'zL'):
            A[number(u, t), number(v, t)] = 1
        if t > 1:
            A[number('a', t - 1), number('a', t)] = 1
    G = nx.from_numpy_array(A, create_using=nx.DiGraph)
    G = nx.relabel_nodes(G, {number(k, t): f'{k}({t})' for k in kinds for t in (1, 2, 3)})
    for u, v in G.edges:
        G[u][v]['label'] = {'xa': 'W', 'aa': 'R', 'az': 'V', 'zL': 'loss'}[u[0] + v[0]]
    pos = {n: (int(n[2]), kinds.index(n[0])) for n in G}
    plt.figure(figsize=(6.5, 7))
    nx.draw(G, pos, with_labels=True, node_size=1000, node_color='peachpuff')
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'))
    plt.show()
    return G

graph()
