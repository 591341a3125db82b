# title: nx.parse_edgelist of a text block, nodes drawn one by one, edges one kind at a time
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
class Weights(np.ndarray):
    """an array that knows how to fill itself"""
    @classmethod
    def small(cls, *shape):
        return np.random.uniform(-0.01, 0.01, shape).view(cls)

def init(model, D, I, K):
    model.W = Weights.small(I, D)
    model.R = Weights.small(I, I)
    model.V = Weights.small(K, I)

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = []
    for xt in x:
        a = np.tanh(model.W @ xt + model.R @ a)
        model.a += [np.asarray(a)]
    model.z = np.asarray(model.V @ a)
    return np.logaddexp(0, model.z) - y * model.z

# %%
TEXT = """
x1 a1 W
a1 z1 V
z1 L1 BCE
a1 a2 R
x2 a2 W
a2 z2 V
z2 L2 BCE
a2 a3 R
x3 a3 W
a3 z3 V
z3 L3 BCE
"""

def graph():
    G = nx.parse_edgelist(TEXT.split('\n'), create_using=nx.DiGraph, data=[('what', str)])
    pos = {n: (2 * int(n[1]), 'xazL'.index(n[0])) for n in G}
    plt.figure(figsize=(8, 7))
    for n in G:
        nx.draw_networkx_nodes(G, pos, nodelist=[n], node_size=900, node_color='lightsalmon')
        nx.draw_networkx_labels(G, pos, labels={n: n})
    for what, colour in [('W', 'red'), ('R', 'green'), ('V', 'blue'), ('BCE', 'black')]:
        es = [(u, v) for u, v, w in G.edges(data='what') if w == what]
        nx.draw_networkx_edges(G, pos, edgelist=es, edge_color=colour, node_size=900)
        nx.draw_networkx_edge_labels(G, pos, {e: what for e in es}, font_color=colour)
    plt.axis('off')
    plt.show()
    return G

graph()
