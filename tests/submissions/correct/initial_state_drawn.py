# title: a(0) and its edge to a(1) are in the graph; math names $a(1)$
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    model.W = np.empty((I, D))
    model.R = np.empty((I, I))
    model.V = np.empty((K, I))
    for M in (model.W, model.R, model.V):
        for idx in np.ndindex(*M.shape):
            M[idx] = np.random.uniform(-0.01, 0.01)
    model.a0 = np.zeros(I)

# %%
def forward(model, x, y):
    hist = [np.zeros(model.W.shape[0])]          # hist[0] is a(0)
    for t in range(1, len(x) + 1):
        s = model.W @ x[t - 1] + model.R @ hist[t - 1]
        hist.append(np.tanh(s))
    model.a = hist[1:]
    model.z = model.V @ hist[-1]
    return sum(max(0, z) - yy * z + np.log1p(np.exp(-abs(z)))
               for z, yy in zip(model.z, np.atleast_1d(y)))

# %%
def graph():
    G = nx.DiGraph()
    G.add_edge('$a(0)$', '$a(1)$', label='$R$')
    for t in (1, 2, 3):
        G.add_edge(f'$x({t})$', f'$a({t})$', label='$W$')
        G.add_edge(f'$a({t})$', f'$z({t})$', label='$V$')
        G.add_edge(f'$z({t})$', f'$L({t})$', label=r'$\mathrm{BCE}$')
        if t > 1:
            G.add_edge(f'$a({t-1})$', f'$a({t})$', label='$R$')
    pos = {n: (int(n[3]), 'xazL'.index(n[1])) for n in G}
    plt.figure(figsize=(9, 6))
    nx.draw(G, pos, with_labels=True, node_size=1500, node_color='white', edgecolors='black')
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'), rotate=False)
    plt.show()
    return G

graph()
