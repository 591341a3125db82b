# title: graph nodes are x1, the drawing writes $x^{(1)}$; time runs upwards, kinds from right to left
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model:
    __doc__ = 'weights and activations'

# %%
def init(model, D, I, K, rng=np.random.default_rng()):
    for name, (rows, cols) in {'W': (I, D), 'R': (I, I), 'V': (K, I)}.items():
        M = np.zeros((rows, cols))
        for r in range(rows):
            M[r, :] = rng.uniform(-0.01, 0.01, cols)
        setattr(model, name, M)

# %%
def forward(model, x, y):
    # threshold version of softplus
    def softplus(v):
        return np.where(v > 25, v, np.log1p(np.exp(np.minimum(v, 25))))
    a = np.zeros(model.R.shape[0])
    model.a = np.zeros((len(x), len(a)))
    for t, xt in enumerate(x):
        a = np.tanh(model.W @ xt + model.R @ a)
        model.a[t] = a
    model.z = model.V @ a
    return softplus(model.z) - y * model.z

# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f'x{t}', f'a{t}', param='W')
        G.add_edge(f'a{t}', f'z{t}', param='V')
        G.add_edge(f'z{t}', f'L{t}', param='loss')
        if t > 1:
            G.add_edge(f'a{t-1}', f'a{t}', param='R')
    pos = {n: (-'xazL'.index(n[0]), int(n[1])) for n in G}
    plt.figure(figsize=(9, 6))
    nx.draw(G, pos, labels={n: f'${n[0]}^{{({n[1]})}}$' for n in G}, node_size=1500, node_color='#fed',
            edgecolors='k', font_size=14, arrowsize=20, width=1.5)
    nx.draw_networkx_edge_labels(G, pos, {e: f'${w}$' for e, w in nx.get_edge_attributes(G, 'param').items()},
                                 font_size=13, rotate=False)
    plt.show()
    return G

graph()
