# title: networkx draws the nodes and edges, the edge labels are ax.text beside the arrows; the attributes are empty
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt
from scipy.special import softplus

class Model: pass

# %%
def init(model, D, I, K):
    model.D, model.I, model.K = D, I, K
    model.shapes = dict(W=(I, D), R=(I, I), V=(K, I))
    for k, s in model.shapes.items():
        model.__dict__[k] = np.random.uniform(-0.01, 0.01, s)

# %%
def forward(model, x, y):
    a = np.zeros(model.I)
    model.a = np.zeros((x.shape[0], model.I))
    for t in range(x.shape[0]):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        model.a[t] = a
    model.z = (model.V @ a).reshape(model.K, 1)
    return softplus(model.z) - np.reshape(y, (model.K, 1)) * model.z

# %%
def graph():
    G = nx.DiGraph()
    G.add_edges_from((f'x({t})', f'a({t})') for t in (1, 2, 3))
    G.add_edges_from((f'a({t})', f'a({t+1})') for t in (1, 2))
    G.add_edges_from((f'a({t})', f'z({t})') for t in (1, 2, 3))
    G.add_edges_from((f'z({t})', f'L({t})') for t in (1, 2, 3))
    pos = {n: (2 * int(n[2]), 1.5 * 'xazL'.index(n[0])) for n in G}
    fig, ax = plt.subplots(figsize=(8, 7))
    nx.draw_networkx_nodes(G, pos, node_size=1000, node_color='lightsteelblue', ax=ax)
    nx.draw_networkx_labels(G, pos, ax=ax)
    nx.draw_networkx_edges(G, pos, node_size=1000, arrowstyle='-|>', arrowsize=16, ax=ax)
    for u, v in G.edges:
        (x0, y0), (x1, y1) = pos[u], pos[v]
        text = {'xa': 'W', 'aa': 'R', 'az': 'V', 'zL': 'BCE'}[u[0] + v[0]]
        if y0 == y1:
            ax.text((x0 + x1) / 2, y0 + 0.08, text, ha='center', va='bottom', style='italic')
        else:
            ax.text(x0 + 0.06, (y0 + y1) / 2, text, ha='left', va='center', style='italic')
    ax.axis('off')
    plt.show()
    return G

graph()
