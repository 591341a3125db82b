# title: from pylab import *, functions named without a module
# loses: nothing
# form: notebook

# %%
from pylab import *
from networkx import *
from numpy.random import uniform as U

class Model: pass

# %%
def init(model, D, I, K):
    model.W = U(-.01, .01, (I, D))
    model.R = U(-.01, .01, (I, I))
    model.V = U(-.01, .01, (K, I))

# %%
def forward(model, x, y):
    a = zeros(len(model.R))
    A = zeros((len(x), len(model.R)))
    for t in arange(len(x)):
        a = tanh(dot(model.W, x[t]) + dot(model.R, a))
        A[t] = a
    model.a = A
    z = model.z = dot(model.V, a)
    return sum(maximum(z, 0) - y * z + log1p(exp(-abs(z))))

# %%
def graph():
    G = DiGraph()
    p = {}
    for t in range(1, 4):
        for j, k in enumerate(['x', 'a', 'z', r'\mathcal{L}']):
            p[f'${k}_{t}$'] = (3 * t, 2 * j)
        G.add_edge(f'$x_{t}$', f'$a_{t}$', label=r'$\mathbf{W}$')
        G.add_edge(f'$a_{t}$', f'$z_{t}$', label=r'$\mathbf{V}$')
        G.add_edge(f'$z_{t}$', rf'$\mathcal{{L}}_{t}$', label=r'$\mathrm{BCE}$')
        if t > 1:
            G.add_edge(f'$a_{t-1}$', f'$a_{t}$', label=r'$\mathbf{R}$')
    figure(figsize=(8, 7))
    draw_networkx(G, p, node_color='w', edgecolors='k', node_size=1100, font_size=16)
    draw_networkx_edge_labels(G, p, get_edge_attributes(G, 'label'), font_size=14, rotate=False)
    axis('off')
    show()
    return G

graph()
