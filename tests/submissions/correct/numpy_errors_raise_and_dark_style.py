# title: np.seterr(all='raise') and a dark style are left behind
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

np.random.seed(0)
np.seterr(all='raise')
np.set_printoptions(precision=2, suppress=True)
plt.style.use('dark_background')
plt.rcParams['font.size'] = 12
plt.rcParams['figure.figsize'] = (8, 7)

class Model: pass

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = np.zeros((x.shape[0], a.shape[0]))
    with np.errstate(all='ignore'):
        for t in range(x.shape[0]):
            a = np.tanh(model.W @ x[t] + model.R @ a)
            model.a[t] = a
        model.z = model.V @ a
        return np.maximum(0, model.z) - y * model.z + np.log1p(np.exp(-np.abs(model.z)))

# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f'x({t})', f'a({t})', label='W')
        if t > 1:
            G.add_edge(f'a({t-1})', f'a({t})', label='R')
        G.add_edge(f'a({t})', f'z({t})', label='V')
        G.add_edge(f'z({t})', f'L({t})', label='loss')
    pos = {n: (int(n[2]), 'xazL'.index(n[0])) for n in G}
    fig, ax = plt.subplots()
    nx.draw_networkx(G, pos, ax=ax, node_color='black', edgecolors='cyan', edge_color='white',
                     font_color='white', node_size=1200, arrowsize=20)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'), ax=ax, font_color='yellow',
                                 bbox=dict(fc='black', ec='none'), rotate=False)
    ax.set_axis_off()
    plt.show()
    return G

graph()
