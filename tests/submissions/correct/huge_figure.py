# title: a figure of 40 by 30 inches with giant nodes and thick arrows
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    outputs = {}
    for t in range(1, len(x) + 1):
        a = np.tanh(model.W @ x[t - 1] + model.R @ a)
        outputs[t] = a
    model.a = list(outputs.values())
    model.z = model.V @ outputs[len(x)]
    return np.logaddexp(0, model.z) - model.z * y

# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f'x({t})', f'a({t})', label='W')
        G.add_edge(f'a({t})', f'z({t})', label='V')
        G.add_edge(f'z({t})', f'L({t})', label='binary cross-entropy')
        if t > 1:
            G.add_edge(f'a({t-1})', f'a({t})', label='R')
    pos = {n: (100 * int(n[2]), 100 * 'xazL'.index(n[0])) for n in G}
    plt.figure(figsize=(40, 30), dpi=40)
    nx.draw(G, pos, with_labels=True, node_size=30000, font_size=70, node_color='#eeccff', arrowsize=90, width=6)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'), font_size=36, rotate=False)
    plt.show()
    return G

graph()
