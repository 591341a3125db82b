# title: plt.scatter, plt.arrow and plt.text only
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    model.W = 0.01 - 0.02 * np.random.rand(I, D)
    model.R = 0.01 - 0.02 * np.random.rand(I, I)
    model.V = 0.01 - 0.02 * np.random.rand(K, I)

# %%
def forward(model, x, y):
    W = model.W
    R = model.R
    V = model.V
    a = np.zeros(W.shape[0])
    aa = []
    for i in range(len(x)):
        a = np.tanh(W @ x[i] + R @ a)
        aa.append(a)
    model.a = np.array(aa)
    model.z = V @ a
    zpos = model.z * (model.z > 0)
    return zpos - model.z * y + np.log(1 + np.exp(-np.absolute(model.z)))

# %%
def graph():
    G = nx.DiGraph()
    plt.figure(figsize=(6, 8))
    heights = {'x': 0, 'a': 1, 'z': 2, 'loss': 3}
    for k, h in heights.items():
        for t in 1, 2, 3:
            plt.scatter(t, h, s=1800, color='lightgreen')
            plt.text(t, h, f'{k}({t})', horizontalalignment='center', verticalalignment='center')
            G.add_node(f'{k}({t})')
    for t in 1, 2, 3:
        for (u, v), w in zip([('x', 'a'), ('a', 'z'), ('z', 'loss')], ['W', 'V', 'BCE']):
            G.add_edge(f'{u}({t})', f'{v}({t})')
            plt.arrow(t, heights[u] + 0.22, 0, 0.5, head_width=0.06, head_length=0.06, color='k')
            plt.text(t + 0.06, heights[u] + 0.45, w)
    for t in 1, 2:
        G.add_edge(f'a({t})', f'a({t+1})')
        plt.arrow(t + 0.25, 1, 0.42, 0, head_width=0.06, head_length=0.06, color='k')
        plt.text(t + 0.45, 1.08, 'R')
    plt.xlim(0.5, 3.5)
    plt.ylim(-0.5, 3.5)
    plt.axis('off')
    plt.show()
    return G

graph()
