# title: the three names are bound methods of one helper object
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

# %%
class Homework:
    EDGES = [('x', 'a', 'W'), ('a', 'z', 'V'), ('z', 'L', 'loss')]

    def __init__(self):
        self.rng = np.random.default_rng(7)

    def init(self, model, D, I, K):
        model.W = self.rng.uniform(-0.01, 0.01, (I, D))
        model.R = self.rng.uniform(-0.01, 0.01, (I, I))
        model.V = self.rng.uniform(-0.01, 0.01, (K, I))

    @staticmethod
    def step(model, xt, a):
        return np.tanh(model.W @ xt + model.R @ a)

    def forward(self, model, x, y):
        a = np.zeros(model.R.shape[0])
        model.a = np.full((len(x), len(a)), np.nan)
        for t in range(len(x)):
            a = self.step(model, x[t], a)
            model.a[t] = a
        model.z = model.V @ a
        e = np.exp(-np.abs(model.z))
        return np.where(model.z > 0, model.z, 0) - y * model.z + np.log1p(e)

    def graph(self):
        G = nx.DiGraph()
        pos = {}
        for t in (1, 2, 3):
            for u, v, w in self.EDGES:
                G.add_edge(f'{u}_{t}', f'{v}_{t}', weight=w)
            pos.update({f'{k}_{t}': (i, t) for i, k in enumerate('xazL')})
        G.add_weighted_edges_from([('a_1', 'a_2', 'R'), ('a_2', 'a_3', 'R')])
        plt.figure(figsize=(7, 6))
        plt.title('time goes up')
        nx.draw_networkx(G, pos, labels={n: rf'$\mathbf{{{n}}}$' for n in G}, node_size=1300, node_color='mistyrose')
        nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'weight'), rotate=False)
        plt.show()
        return G

class Model: pass

hw = Homework()
init, forward, graph = hw.init, hw.forward, hw.graph
graph()
