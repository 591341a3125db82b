# title: a figure of two inches with tiny markers and tiny type
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    model.W = np.float32(np.random.uniform(-0.01, 0.01, (I, D)))
    model.R = np.float32(np.random.uniform(-0.01, 0.01, (I, I)))
    model.V = np.float64(np.random.uniform(-0.01, 0.01, (K, I)))

# %%
def forward(model, x, y):
    T, I = len(x), len(model.R)
    A = np.zeros((T, I, 1))
    a = np.zeros((I, 1))
    for t in range(T):
        a = np.tanh(model.W @ x[t].reshape(-1, 1) + model.R @ a)
        A[t] = a
    model.a = A
    model.z = model.V @ a
    y = np.array(y, dtype=float).reshape(-1, 1)
    return np.logaddexp(0, model.z) - y * model.z

# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f'x{t}', f'a{t}', label='W')
        G.add_edge(f'a{t}', f'z{t}', label='V')
        G.add_edge(f'z{t}', f'L{t}', label='BCE')
        if t > 1:
            G.add_edge(f'a{t-1}', f'a{t}', label='R')
    pos = {n: (int(n[1]), 'xazL'.index(n[0])) for n in G}
    plt.figure(figsize=(2.2, 2.2), dpi=150)
    nx.draw(G, pos, with_labels=True, node_size=70, font_size=4, node_color='yellow', arrowsize=4, width=0.4)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'), font_size=4, rotate=False,
                                 bbox=dict(fc='w', ec='none', pad=0.4))
    plt.show()
    return G

graph()
