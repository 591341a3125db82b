# title: ConnectionPatch arrows between Ellipse patches, nodes as ax.annotate texts
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt
from matplotlib.patches import ConnectionPatch, Ellipse

class Model: pass

# %%
def init(model, D, I, K):
    model.W, model.R, model.V = np.empty((I, D)), np.empty((I, I)), np.empty((K, I))
    for M in (model.W, model.R, model.V):
        M[...] = np.random.uniform(-0.01, 0.01, M.shape)

# %%
def forward(model, x, y):
    def activations():
        a = np.zeros(model.R.shape[0])
        for xt in x:
            a = np.tanh(model.W @ xt + model.R @ a)
            yield a
    model.a = np.stack(list(activations()))
    model.z = model.V @ model.a[-1]
    return np.logaddexp(0, model.z) - y * model.z

# %%
def graph():
    G = nx.DiGraph()
    fig, ax = plt.subplots(figsize=(10, 6))
    ax.set_xlim(0, 12)
    ax.set_ylim(0.3, 6.7)
    patches = {}
    for t in (1, 2, 3):
        for j, k in enumerate(['x', 'a', 'z', 'L']):
            name, c = f'{k}[{t}]', (1.5 + 3 * j, 7 - 1.75 * t - 0.2)   # time goes down
            patches[name] = ax.add_patch(Ellipse(c, 1.3, 0.8, fc='aliceblue', ec='k'))
            ax.annotate(name, c, ha='center', va='center', fontsize=12)
    def arrow(u, v, text):
        G.add_edge(u, v, label=text)
        a, b = patches[u].center, patches[v].center
        ax.add_artist(ConnectionPatch(a, b, 'data', 'data', arrowstyle='->', mutation_scale=20,
                                      patchA=patches[u], patchB=patches[v]))
        ax.annotate(text, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), xytext=(6, 4), textcoords='offset points')
    for t in (1, 2, 3):
        arrow(f'x[{t}]', f'a[{t}]', 'W')
        arrow(f'a[{t}]', f'z[{t}]', 'V')
        arrow(f'z[{t}]', f'L[{t}]', 'BCE')
        if t > 1:
            arrow(f'a[{t-1}]', f'a[{t}]', 'R')
    ax.axis('off')
    plt.show()
    return G

graph()
