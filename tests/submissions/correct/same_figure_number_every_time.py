# title: figure number 1 is cleared and used again, with a loss curve drawn into it before
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    n = np.random.uniform
    model.W, model.R, model.V = n(-.01, .01, (I, D)), n(-.01, .01, (I, I)), n(-.01, .01, (K, I))

def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = np.array([]).reshape(0, a.size)
    for row in x:
        a = np.tanh(row @ model.W.T + a @ model.R.T)
        model.a = np.vstack((model.a, a))
    model.z = a @ model.V.T
    return np.maximum(model.z, 0) - model.z * y + np.log1p(np.exp(-np.abs(model.z)))

# %%
zs = np.linspace(-10, 10, 50)
plt.figure(1)
plt.plot(zs, np.logaddexp(0, zs), label='y = 0')
plt.plot(zs, np.logaddexp(0, -zs), label='y = 1')
plt.legend()

# %%
def graph():
    plt.figure(1)
    plt.clf()
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f'x_{t}', f'a_{t}', label='W')
        G.add_edge(f'a_{t}', f'z_{t}', label='V')
        G.add_edge(f'z_{t}', f'L_{t}', label='loss')
    G.add_edge('a_1', 'a_2', label='R')
    G.add_edge('a_2', 'a_3', label='R')
    pos = {n: (int(n[2]), 'xazL'.index(n[0])) for n in G}
    nx.draw_networkx_nodes(G, pos, node_size=600, node_color='lightcyan', edgecolors='navy')
    nx.draw_networkx_labels(G, pos, {n: f'${n}$' for n in G})
    nx.draw_networkx_edges(G, pos, node_size=600)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'), rotate=False)
    plt.axis('off')
    return G

graph()
