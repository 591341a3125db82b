# title: Figure and FigureCanvasAgg only, no pyplot at all; the picture is saved and displayed
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
from matplotlib.figure import Figure
from matplotlib.backends.backend_agg import FigureCanvasAgg
from IPython.display import display

class Model: pass

# %%
def init(model, D, I, K):
    rng = np.random.Generator(np.random.PCG64())
    model.W = rng.uniform(-0.01, 0.01, (I, D))
    model.R = rng.uniform(-0.01, 0.01, (I, I))
    model.V = rng.uniform(-0.01, 0.01, (K, I))

# %%
def forward(model, x, y):
    a = np.zeros((model.R.shape[0], 1))
    cols = []
    for row in x:
        a = np.tanh(model.W @ row[:, None] + model.R @ a)
        cols.append(a)
    model.a = np.concatenate(cols, axis=1).T
    model.z = (model.V @ a).ravel()
    z = model.z
    return np.array([np.sum(np.maximum(0, z) - z * y + np.log1p(np.exp(-np.abs(z))))])

# %%
def graph():
    fig = Figure(figsize=(7, 6), layout='constrained')
    FigureCanvasAgg(fig)
    ax = fig.add_subplot()
    G = nx.DiGraph()
    for t in range(1, 4):
        nx.add_path(G, [f'x({t})', f'a({t})', f'z({t})', f'L({t})'])
    nx.add_path(G, ['a(1)', 'a(2)', 'a(3)'])
    text = {'xa': 'W', 'aa': 'R', 'az': 'V', 'zL': 'H(y, σ(z))'}
    labels = {(u, v): text[u[0] + v[0]] for u, v in G.edges}
    nx.set_edge_attributes(G, labels, 'text')
    pos = {n: (int(n[2]), 'xazL'.index(n[0])) for n in G}
    nx.draw_networkx(G, pos, ax=ax, node_size=1000, node_color='#9fc')
    nx.draw_networkx_edge_labels(G, pos, labels, ax=ax, font_size=9)
    fig.savefig('graph.png')
    display(fig)
    return G

graph()
