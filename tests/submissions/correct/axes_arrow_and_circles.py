# title: ax.arrow and Circle patches, labels only in the drawing, nodes written X1 in capitals
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt
from matplotlib.patches import Circle

class Model:
    pass

# %%
def init(model, D, I, K):
    model.W = (np.random.random_sample((I, D)) * 2 - 1) / 100
    model.R = (np.random.random_sample((I, I)) * 2 - 1) / 100
    model.V = (np.random.random_sample((K, I)) * 2 - 1) / 100
    model.D, model.I, model.K = D, I, K

# %%
def forward(model, x, y):
    T = x.shape[0]
    model.a = np.zeros((T, model.I))
    for t in range(T):
        s = model.W.dot(x[t])
        if t > 0:
            s = s + model.R.dot(model.a[t - 1])
        model.a[t] = np.tanh(s)
    model.z = model.V.dot(model.a[T - 1])
    z = model.z
    loss = np.where(z >= 0, z * (1 - y) + np.log1p(np.exp(-np.abs(z))), -z * y + np.log1p(np.exp(-np.abs(z))))
    return loss

# %%
def graph():
    g = nx.DiGraph()
    fig, ax = plt.subplots(figsize=(6, 7.5))
    ax.set_aspect('equal')
    r = 0.22
    place = {}
    for t in (1, 2, 3):
        for h, k in enumerate(['X', 'A', 'Z', 'L']):
            place[k + str(t)] = (t, h)
            ax.add_patch(Circle((t, h), r, fc='w', ec='k'))
            ax.text(t, h, k + str(t), ha='center', va='center')

    def connect(u, v, text):
        g.add_edge(u, v)
        (x0, y0), (x1, y1) = place[u], place[v]
        dx, dy = x1 - x0, y1 - y0
        ax.arrow(x0 + r * dx, y0 + r * dy, (1 - 2 * r) * dx, (1 - 2 * r) * dy,
                 head_width=0.08, length_includes_head=True, fc='k')
        ax.text((x0 + x1) / 2 + 0.1 * dy, (y0 + y1) / 2 + 0.1 * dx, text, ha='center', va='center')

    for t in (1, 2, 3):
        connect(f'X{t}', f'A{t}', 'W')
        connect(f'A{t}', f'Z{t}', 'V')
        connect(f'Z{t}', f'L{t}', 'y')
        if t < 3:
            connect(f'A{t}', f'A{t+1}', 'R')
    ax.set_xlim(0.5, 3.5)
    ax.set_ylim(-0.5, 3.5)
    ax.set_axis_off()
    plt.show()
    return g

G = graph()
