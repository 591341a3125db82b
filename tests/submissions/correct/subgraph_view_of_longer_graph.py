# title: unfolds five steps and returns the subgraph view of the first three
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    gen = np.random.RandomState()
    model.W = gen.uniform(-0.01, 0.01, (I, D))
    model.R = gen.uniform(-0.01, 0.01, (I, I))
    model.V = gen.uniform(-0.01, 0.01, (K, I))

# %%
def forward(model, x, y):
    a = np.zeros((1, model.R.shape[0]))
    rows = np.zeros((0, model.R.shape[0]))
    for t in range(x.shape[0]):
        a = np.tanh(x[t:t+1] @ model.W.T + a @ model.R.T)
        rows = np.append(rows, a, axis=0)
    model.a = rows
    model.z = a @ model.V.T
    bce = np.logaddexp(0, model.z) - np.atleast_2d(y) * model.z
    return bce.mean()

# %%
def unfold(T):
    G = nx.DiGraph()
    for t in range(1, T + 1):
        G.add_edge(f'x{t}', f'a{t}', label='W')
        G.add_edge(f'a{t}', f'z{t}', label='V')
        G.add_edge(f'z{t}', f'loss{t}', label='σ, BCE')
        if t > 1:
            G.add_edge(f'a{t-1}', f'a{t}', label='R')
    return G

def graph():
    big = unfold(5)
    G = big.subgraph([n for n in big if int(n[-1]) <= 3])
    pos = {n: (int(n[-1]), {'x': 1, 'a': 2, 'z': 3, 'l': 4}[n[0]]) for n in G}
    fig, ax = plt.subplots(figsize=(8, 7))
    nx.draw_networkx(G, pos, ax=ax, node_color='#bbddff', node_size=1400, font_size=11)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'), ax=ax, font_size=10)
    fig.tight_layout()
    plt.show()
    return G

graph()
