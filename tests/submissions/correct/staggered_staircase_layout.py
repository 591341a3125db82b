# title: every time step stands half a step higher than the last, a staircase
# loses: nothing
# form: notebook

# %%
from itertools import accumulate
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))

# %%
def forward(model, x, y):
    a0 = np.zeros(model.R.shape[0])
    states = list(accumulate(x, lambda a, xt: np.tanh(model.W @ xt + model.R @ a), initial=a0))
    model.a = np.array(states[1:])
    model.z = model.V @ states[-1]
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
    pos = {n: (3 * int(n[2]) + 0.4 * 'xazL'.index(n[0]), 2 * 'xazL'.index(n[0]) + int(n[2])) for n in G}
    plt.figure(figsize=(9, 8))
    nx.draw(G, pos, with_labels=True, node_size=900, node_color='paleturquoise')
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'))
    plt.show()
    return G

graph()
