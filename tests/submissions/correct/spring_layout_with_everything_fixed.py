# title: spring_layout with all nodes fixed, names in full math
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    n = I * D + I * I + K * I
    theta = np.random.uniform(-0.01, 0.01, n)
    model.W = theta[:I * D].reshape(I, D).copy()
    model.R = theta[I * D:I * D + I * I].reshape(I, I).copy()
    model.V = theta[I * D + I * I:].reshape(K, I).copy()

# %%
def forward(model, x, y):
    theta = np.hstack([model.W, model.R])        # one matrix for [x; a]
    a = np.zeros(model.R.shape[0])
    A = []
    for xt in x:
        a = np.tanh(theta @ np.concatenate([xt, a]))
        A.append(a)
    model.a = np.array(A)
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - model.z * y

# %%
def graph():
    G = nx.DiGraph()
    name = lambda k, t: rf'$\mathbf{{{k}}}_{t}$' if k in 'xa' else rf'${k}_{t}$'
    where = {}
    for t in range(1, 4):
        for j, (k, nxt, lab) in enumerate([('x', 'a', '$W$'), ('a', 'z', '$V$'), ('z', 'L', '$BCE$')]):
            G.add_edge(name(k, t), name(nxt, t), latex=lab)
            where[name(k, t)] = (t, j)
        where[name('L', t)] = (t, 3)
        if t > 1:
            G.add_edge(name('a', t - 1), name('a', t), latex='$R$')
    pos = nx.spring_layout(G, pos=where, fixed=list(where), iterations=1)
    plt.figure(figsize=(7, 7))
    nx.draw(G, pos, with_labels=True, node_size=1200, node_color='azure', edgecolors='k', font_size=14)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'latex'), rotate=False)
    plt.show()
    return G

graph()
