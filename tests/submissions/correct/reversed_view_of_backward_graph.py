# title: builds the graph of the backward pass and returns its reversed view
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt
from scipy.special import log_expit

class Model: pass

# %%
def init(model, D, I, K):
    def draw(*shape):
        return np.random.uniform(-0.01, 0.01, shape)
    model.W = draw(I, D)
    model.R = draw(I, I)
    model.V = draw(K, I)

# %%
def forward(model, x, y):
    model.a = np.empty((x.shape[0], model.R.shape[0]))
    prev = np.zeros(model.R.shape[0])
    for t in range(x.shape[0]):
        model.a[t] = prev = np.tanh(model.W @ x[t] + model.R @ prev)
    model.z = model.V @ prev
    return -(y * log_expit(model.z) + (1 - y) * log_expit(-model.z))

# %%
def graph():
    back = nx.DiGraph()
    for t in range(3, 0, -1):
        back.add_edge(f'L({t})', f'z({t})', label='BCE')
        back.add_edge(f'z({t})', f'a({t})', label='V')
        back.add_edge(f'a({t})', f'x({t})', label='W')
        if t > 1:
            back.add_edge(f'a({t})', f'a({t-1})', label='R')
    G = back.reverse(copy=False)
    pos = {}
    for n in G:
        t = int(n[2])
        pos[n] = (t, 'xazL'.index(n[0]))
    nx.draw(G, pos, with_labels=True, node_size=900, node_color='orange', arrowsize=15)
    nx.draw_networkx_edge_labels(G, pos, edge_labels=nx.get_edge_attributes(G, 'label'))
    return G

graph()
plt.show()
