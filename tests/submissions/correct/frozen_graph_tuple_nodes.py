# title: nodes are tuples ('x', 1), the graph is frozen, model.a is a tuple of vectors
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    model.W, model.R, model.V = (np.random.uniform(-0.01, 0.01, shape)
                                 for shape in [(I, D), (I, I), (K, I)])

# %%
def forward(model, x, y):
    acts = ()
    a = np.zeros(model.V.shape[1])
    for xt in x:
        a = np.tanh(np.dot(model.W, xt) + np.dot(model.R, a))
        acts += (a,)
    model.a = acts
    model.z = np.dot(model.V, a)
    return np.log1p(np.exp(-np.abs(model.z))) + model.z.clip(min=0) - y * model.z

# %%
KIND_TO_ROW = {'x': 0, 'a': 1, 'z': 2, 'L': 3}

def graph():
    G = nx.DiGraph(name='unfolded RNN')
    for t in 1, 2, 3:
        G.add_edge(('x', t), ('a', t), label='W')
        G.add_edge(('a', t), ('z', t), label='V')
        G.add_edge(('z', t), ('L', t), label='loss')
    for t in 2, 3:
        G.add_edge(('a', t - 1), ('a', t), label='R')
    G = nx.freeze(G)
    pos = {(k, t): (t, KIND_TO_ROW[k]) for k, t in G.nodes}
    plt.figure(figsize=(6, 6))
    nx.draw(G, pos, node_size=1000, node_color='lightgrey',
            labels={(k, t): f'{k}({t})' for k, t in G.nodes})
    nx.draw_networkx_edge_labels(G, pos, edge_labels={(u, v): d['label'] for u, v, d in G.edges(data=True)})
    plt.show()
    return G

graph()
