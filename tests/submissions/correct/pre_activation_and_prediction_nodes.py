# title: s(t) and yhat(t) stand on the path
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K, scale=0.01):
    model.W = np.random.uniform(-scale, scale, (I, D))
    model.R = np.random.uniform(-scale, scale, (I, I))
    model.V = np.random.uniform(-scale, scale, (K, I))

# %%
def forward(model, x, y, keep=True):
    T, I = x.shape[0], model.W.shape[0]
    s = np.zeros((T + 1, I))
    a = np.zeros((T + 1, I))
    for t in range(1, T + 1):
        s[t] = model.W @ x[t - 1] + model.R @ a[t - 1]
        a[t] = np.tanh(s[t])
    if keep:
        model.s, model.a = s[1:], a[1:]
    model.z = model.V @ a[T]
    with np.errstate(over='ignore'):
        model.yhat = 1 / (1 + np.exp(-model.z))
    return np.logaddexp(0, model.z) - model.z * y

# %%
def graph():
    g = nx.DiGraph()
    order = ['x', 's', 'a', 'z', 'yhat', 'L']
    pos = {f'{k}({t})': (t * 2, i * 1.5) for t in (1, 2, 3) for i, k in enumerate(order)}
    for t in (1, 2, 3):
        g.add_edge(f'x({t})', f's({t})', label='W')
        if t > 1:
            g.add_edge(f'a({t-1})', f's({t})', label='R')
        g.add_edge(f's({t})', f'a({t})', label='tanh')
        g.add_edge(f'a({t})', f'z({t})', label='V')
        g.add_edge(f'z({t})', f'yhat({t})', label='sigma')
        g.add_edge(f'yhat({t})', f'L({t})', label='BCE')
    plt.figure(figsize=(8, 10))
    nx.draw(g, pos, with_labels=True, node_size=1300, node_color='palegreen', font_size=10)
    nx.draw_networkx_edge_labels(g, pos, nx.get_edge_attributes(g, 'label'))
    plt.show()
    return g

graph()
