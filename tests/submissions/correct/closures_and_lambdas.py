# title: init is a lambda, forward comes out of a closure
# loses: nothing
# form: notebook

# %%
import numpy as np, networkx as nx, matplotlib.pyplot as plt
class Model: pass

# %%
U = lambda *s: np.random.uniform(-1, 1, s) / 100
init = lambda model, D, I, K: [setattr(model, 'W', U(I, D)), setattr(model, 'R', U(I, I)), setattr(model, 'V', U(K, I))]

# %%
def make_forward(phi):
    lse = lambda z: np.maximum(0, z) + np.log1p(np.exp(-abs(z)))
    def inner(model, x, y):
        a = np.zeros(model.R.shape[0])
        stack = []
        for xi in x:
            a = phi(model.W @ xi + model.R @ a)
            stack += [a]
        model.a, model.z = stack, model.V @ a
        return lse(model.z) - y * model.z
    return inner

forward = make_forward(np.tanh)

# %%
def graph():
    E = {('x', 'a'): 'W', ('a', 'z'): 'V', ('z', 'L'): 'y'}
    G = nx.DiGraph([(f'{u}({t})', f'{v}({t})', {'label': w}) for (u, v), w in E.items() for t in (1, 2, 3)]
                   + [(f'a({t})', f'a({t+1})', {'label': 'R'}) for t in (1, 2)])
    at = lambda n: (int(n[2]), 'LzaX'.upper().index(n[0].upper()))
    pos = {n: at(n) for n in G}       # loss at the bottom, inputs on top
    nx.draw_networkx(G, pos, node_color='none', edgecolors='teal', node_size=1000, font_color='teal')
    nx.draw_networkx_edge_labels(G, pos, {(u, v): w for u, v, w in G.edges(data='label')}, font_color='crimson')
    plt.gca().set_frame_on(False)
    plt.show()
    return G

graph()
