# title: drawn inside plt.xkcd()
# loses: nothing
# form: notebook

# %%
import logging
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt
logging.getLogger('matplotlib.font_manager').setLevel(logging.ERROR)

class Model: pass

# %%
def init(model, D, I, K):
    rnd = lambda shape: np.random.uniform(-0.01, 0.01, shape)
    model.W, model.R, model.V = map(rnd, [(I, D), (I, I), (K, I)])

def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = np.zeros((len(x), a.size))
    for t in range(len(x)):
        model.a[t] = np.tanh(model.W @ x[t] + model.R @ (model.a[t - 1] if t else a))
    model.z = model.V @ model.a[-1]
    return np.array(np.sum(np.logaddexp(0, model.z) - y * model.z))     # 0-d

# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f'x{t}', f'a{t}', label='W')
        G.add_edge(f'a{t}', f'z{t}', label='V')
        G.add_edge(f'z{t}', f'L{t}', label='loss')
        if t > 1:
            G.add_edge(f'a{t-1}', f'a{t}', label='R')
    pos = {n: (int(n[1]), 'xazL'.index(n[0])) for n in G}
    with plt.xkcd(scale=0.5):
        plt.figure(figsize=(7, 7))
        nx.draw(G, pos, with_labels=True, node_size=900, node_color='lightyellow', edgecolors='k', arrowsize=18)
        nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'))
        plt.show()
    return G

graph()
