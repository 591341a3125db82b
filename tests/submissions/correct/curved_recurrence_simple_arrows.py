# title: matplotlib arrows of the styles simple and fancy, the recurrence as bows
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt
plt.style.use('ggplot')

class Model: pass

# %%
def init(model, D, I, K):
    model.W = np.fromiter((np.random.uniform(-0.01, 0.01) for _ in range(I * D)), float).reshape(I, D)
    model.R = np.fromiter((np.random.uniform(-0.01, 0.01) for _ in range(I * I)), float).reshape(I, I)
    model.V = np.fromiter((np.random.uniform(-0.01, 0.01) for _ in range(K * I)), float).reshape(K, I)

# %%
def forward(model, x, y):
    T, a = x.shape[0], np.zeros(model.R.shape[0])
    model.a = np.zeros((T, a.size))
    for t in range(T):
        a = model.a[t] = np.tanh(model.W @ x[t] + model.R @ a)
    model.z = z = model.V @ a
    # stable as in exercise 1: -log sigma(z) for y = 1 and -log sigma(-z) for y = 0
    sign = 1 - 2 * np.asarray(y, float)
    return np.logaddexp(0, sign * z)

# %%
def graph():
    G = nx.DiGraph()
    fig, ax = plt.subplots(figsize=(8, 8))
    ax.set_xlim(0, 8)
    ax.set_ylim(-1, 10)
    h = {'x': 0, 'a': 3, 'z': 6, 'L': 9}
    node = dict(ha='center', va='center', fontsize=13, bbox=dict(boxstyle='circle', fc='w', ec='k'))
    for t in (1, 2, 3):
        for k in h:
            ax.text(2 * t, h[k], f'{k}({t})', **node)
        for u, v, w in (('x', 'a', 'W'), ('a', 'z', 'V'), ('z', 'L', 'BCE')):
            G.add_edge(f'{u}({t})', f'{v}({t})', label=w)
            ax.annotate('', (2 * t, h[v] - 0.6), (2 * t, h[u] + 0.6), arrowprops=dict(arrowstyle='simple', fc='k', mutation_scale=22))
            ax.text(2 * t + 0.15, (h[u] + h[v]) / 2, w, fontsize=12)
        if t > 1:
            G.add_edge(f'a({t-1})', f'a({t})', label='R')
            ax.annotate('', (2 * t - 0.4, 2.8), (2 * t - 1.6, 2.8),
                        arrowprops=dict(arrowstyle='fancy', fc='k', mutation_scale=26, connectionstyle='arc3,rad=0.3'))
            ax.text(2 * t - 1, 2.1, 'R', ha='center', fontsize=12)
    ax.set_xticks([2, 4, 6], ['t = 1', 't = 2', 't = 3'])
    ax.set_yticks([])
    plt.show()
    return G

graph()
