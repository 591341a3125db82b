# title: a DiGraph subclass, built once and returned at every call, drawn at every call
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    model.W = np.random.default_rng().random((I, D)) * 0.02 - 0.01
    model.R = np.random.default_rng().random((I, I)) * 0.02 - 0.01
    model.V = np.random.default_rng().random((K, I)) * 0.02 - 0.01

# %%
def forward(model, x, y):
    a, A = 0 * model.R[0], []
    for v in x:
        a = np.tanh(model.W.dot(v) + model.R.dot(a))
        A.append(a.copy())
    model.a = np.vstack(A)
    model.z = model.V.dot(a)
    relu = (model.z + np.abs(model.z)) / 2
    loss = relu - y * model.z + np.log1p(np.exp(-np.abs(model.z)))
    return loss[0] if len(loss) == 1 else loss

# %%
class Unfolded(nx.DiGraph):
    def step(self, t):
        self.add_edge(f'x({t})', f'a({t})', label='W')
        self.add_edge(f'a({t})', f'z({t})', label='V')
        self.add_edge(f'z({t})', f'Loss {t}', label='loss')
        if f'a({t-1})' in self:
            self.add_edge(f'a({t-1})', f'a({t})', label='R')

    def layout(self):
        column = {'x': 0, 'a': 1, 'z': 2, 'L': 3}
        # time goes up the page
        return {n: (column[n[0]], int(n.strip(')')[-1])) for n in self}

    def draw(self):
        pos = self.layout()
        plt.figure(figsize=(9, 6))
        nx.draw(self, pos, with_labels=True, node_size=1800, node_color='thistle', font_size=10)
        nx.draw_networkx_edge_labels(self, pos, nx.get_edge_attributes(self, 'label'), rotate=False)
        plt.show()

THE_GRAPH = Unfolded()
for t in (1, 2, 3):
    THE_GRAPH.step(t)

def graph():
    THE_GRAPH.draw()
    return THE_GRAPH

print(graph() is graph())
