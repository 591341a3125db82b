# title: init, forward and graph are instances of classes with __call__
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
class Init:
    def __init__(self, limit):
        self.limit = limit

    def __call__(self, model, D, I, K):
        for name, rows, cols in (('W', I, D), ('R', I, I), ('V', K, I)):
            setattr(model, name, np.random.uniform(-self.limit, self.limit, (rows, cols)))

class Forward:
    def __init__(self, phi=np.tanh):
        self.phi = phi

    def loss(self, z, y):
        return np.maximum(0, z) - y * z + np.log1p(np.exp(-np.abs(z)))

    def __call__(self, model, x, y):
        a = np.zeros(model.R.shape[0])
        model.a = np.array([a := self.phi(model.W @ v + model.R @ a) for v in x])
        model.z = model.V @ a
        return self.loss(model.z, y)

class Graph:
    spacing = 2.5

    def __call__(self):
        G = nx.DiGraph()
        for t in range(1, 4):
            G.add_edge(f'x({t})', f'a({t})', label='W')
            G.add_edge(f'a({t})', f'z({t})', label='V')
            G.add_edge(f'z({t})', f'L({t})', label='BCE')
            if t < 3:
                G.add_edge(f'a({t})', f'a({t+1})', label='R')
        pos = {n: (self.spacing * int(n[2]), 'xazL'.index(n[0])) for n in G}
        _, ax = plt.subplots()
        nx.draw(G, pos, ax=ax, with_labels=True, node_size=800, node_color='gold')
        nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'), ax=ax)
        plt.show()
        return G

init = Init(0.01)
forward = Forward()
graph = Graph()

# %%
graph()
