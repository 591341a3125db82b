# title: one figure and its axes are made in an earlier cell, cleared, drawn into and displayed
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt
from IPython.display import display

class Model: pass

fig, ax = plt.subplots(figsize=(7, 6))

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = np.zeros((len(x), len(a)))
    for t, xt in enumerate(x):
        a = np.tanh(model.W @ xt + model.R @ a)
        model.a[t] = a
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z

# %%
def graph():
    ax.clear()
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f'x({t})', f'a({t})', label='W')
        G.add_edge(f'a({t})', f'z({t})', label='V')
        G.add_edge(f'z({t})', f'L({t})', label='loss')
        if t > 1:
            G.add_edge(f'a({t-1})', f'a({t})', label='R')
    pos = {n: (int(n[2]), 'xazL'.index(n[0])) for n in G}
    nx.draw_networkx(G, pos, ax=ax, node_size=900, node_color='lightskyblue')
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'), ax=ax)
    ax.axis('off')
    fig.canvas.draw()
    display(fig)
    return G

graph()
