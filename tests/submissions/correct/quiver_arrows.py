# title: arrows drawn with ax.quiver, nodes with ax.scatter
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))

def forward(model, x, y):
    prev = np.zeros(model.R.shape[0])
    model.a = np.zeros((x.shape[0], model.R.shape[0]))
    pre = np.einsum('td,id->ti', x, model.W)
    for t in range(x.shape[0]):
        prev = np.tanh(pre[t] + model.R @ prev)
        model.a[t] = prev
    model.z = model.V @ model.a[-1]
    return np.logaddexp(0, model.z) - y * model.z

# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f'x({t})', f'a({t})', label='W')
        G.add_edge(f'a({t})', f'z({t})', label='V')
        G.add_edge(f'z({t})', f'L({t})', label='loss')
        if t > 1:
            G.add_edge(f'a({t-1})', f'a({t})', label='R')
    P = {n: np.array([int(n[2]), 'xazL'.index(n[0])], float) for n in G}
    fig, ax = plt.subplots(figsize=(8, 8))
    ax.scatter(*np.array(list(P.values())).T, s=1200, c='lightpink', edgecolors='k', zorder=2)
    for n, p in P.items():
        ax.text(*p, n, ha='center', va='center', zorder=3)
    start = np.array([P[u] + 0.2 * (P[v] - P[u]) for u, v in G.edges])
    step = np.array([0.6 * (P[v] - P[u]) for u, v in G.edges])
    ax.quiver(*start.T, *step.T, angles='xy', scale_units='xy', scale=1, width=0.005, headwidth=5)
    for u, v, w in G.edges(data='label'):
        m = (P[u] + P[v]) / 2
        ax.text(*(m + [0.07, 0.07]), w, color='navy', fontsize=12)
    ax.set(xlim=(0.5, 3.5), ylim=(-0.5, 3.5))
    ax.axis('off')
    plt.show()
    return G

graph()
