# title: graph() saves the picture and closes the figure without show; a cell writes files
# loses: nothing
# form: notebook

# %%
# %%writefile notes.txt
This is what I still have to ask in the tutorial:
- why is the loss only at t = T?

# %%
import json, os, time
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

os.makedirs('figures', exist_ok=True)

class Model: pass

# %%
def init(model, D, I, K):
    np.random.seed(time.time_ns() % 2**32)
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = []
    for xt in x:
        a = np.tanh(model.W @ xt + model.R @ a)
        model.a.append(a)
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z

m = Model()
init(m, 2, 3, 1)
np.savez('weights.npz', W=m.W, R=m.R, V=m.V)
with open('sizes.json', 'w') as f:
    json.dump({'D': 2, 'I': 3, 'K': 1}, f)

# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f'x_{{{t}}}', f'a_{{{t}}}', label='W')
        G.add_edge(f'a_{{{t}}}', f'z_{{{t}}}', label='V')
        G.add_edge(f'z_{{{t}}}', f'L_{{{t}}}', label='loss')
        if t > 1:
            G.add_edge(f'a_{{{t-1}}}', f'a_{{{t}}}', label='R')
    pos = {n: (int(n[3]), 'xazL'.index(n[0])) for n in G}
    fig = plt.figure(figsize=(7, 7))
    nx.draw(G, pos, labels={n: f'${n}$' for n in G}, node_size=900, node_color='lightgrey')
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'))
    os.makedirs('figures', exist_ok=True)
    plt.savefig('figures/unfolded.png', dpi=80)
    plt.close(fig)
    return G

graph()
