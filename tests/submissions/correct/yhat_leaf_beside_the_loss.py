# title: ŷ(t) is a leaf beside L(t), initial state and labels too
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model:
    def __init__(self):
        self.history = []

# %%
def init(model, D, I, K):
    bound = 1e-2
    model.W = np.random.uniform(size=(I, D)) * 2 * bound - bound
    model.R = np.random.uniform(size=(I, I)) * 2 * bound - bound
    model.V = np.random.uniform(size=(K, I)) * 2 * bound - bound

# %%
def forward(model, x, y):
    a_prev = np.zeros(model.R.shape[1])
    activations = []
    for t in range(len(x)):
        a_prev = np.tanh(np.einsum('id,d->i', model.W, x[t]) + np.einsum('ij,j->i', model.R, a_prev))
        activations.append(a_prev)
    model.a = np.asarray(activations)
    model.z = np.einsum('ki,i->k', model.V, a_prev)
    per_output = np.logaddexp(0, np.where(np.asarray(y) == 1, -model.z, model.z))
    return per_output

# %%
def graph():
    G = nx.DiGraph()
    pos = {'a(0)': (-1.5, 2)}
    for t in (1, 2, 3):
        c = 4 * (t - 1)
        pos |= {f'x({t})': (c, 0), f'a({t})': (c, 2), f'z({t})': (c, 4), f'ŷ({t})': (c - 1.3, 5.5),
                f'L({t})': (c, 7), f'y({t})': (c + 1.5, 8)}
        G.add_edge(f'x({t})', f'a({t})', label='W')
        G.add_edge(f'a({t-1})', f'a({t})', label='R')
        G.add_edge(f'a({t})', f'z({t})', label='V')
        G.add_edge(f'z({t})', f'L({t})', label='softplus(z) - yz')
        G.add_edge(f'z({t})', f'ŷ({t})', label='σ')
        G.add_edge(f'y({t})', f'L({t})')
    plt.figure(figsize=(11, 9))
    nx.draw(G, pos, with_labels=True, node_color='khaki', node_size=1000)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'), rotate=False, font_size=9)
    plt.show()
    return G

graph()
