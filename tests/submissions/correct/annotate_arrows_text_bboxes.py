# title: the drawing is pure matplotlib, nodes are texts with round boxes, arrows are ax.annotate
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    lim = 0.01
    for name, shape in {'W': (I, D), 'R': (I, I), 'V': (K, I)}.items():
        setattr(model, name, np.random.uniform(-lim, lim, size=shape))

# %%
def forward(model, x, y):
    T = len(x)
    a = [np.zeros(model.R.shape[0])]
    for t in range(T):
        a.append(np.tanh(model.W @ x[t] + model.R @ a[t]))
    model.a = np.array(a[1:])
    model.z = model.V @ a[-1]
    L = np.logaddexp(0, model.z) - y * model.z
    return np.mean(L)

# %%
def graph():
    G = nx.DiGraph()
    edges = []
    for t in range(1, 4):
        edges += [(f'x({t})', f'a({t})', 'W'), (f'a({t})', f'z({t})', 'V'), (f'z({t})', f'L({t})', 'L')]
        if t > 1:
            edges.append((f'a({t-1})', f'a({t})', 'R'))
    for u, v, w in edges:
        G.add_edge(u, v, param=w)
    ypos = {'x': 0, 'a': 1, 'z': 2, 'L': 3}
    xy = {n: (int(n[2]), ypos[n[0]]) for n in G}

    fig, ax = plt.subplots(figsize=(7, 7))
    ax.set_xlim(0.5, 3.5)
    ax.set_ylim(-0.5, 3.5)
    for n, (px, py) in xy.items():
        ax.text(px, py, n, ha='center', va='center', fontsize=13,
                bbox=dict(boxstyle='circle,pad=0.4', fc='lightyellow', ec='black'))
    for u, v, w in edges:
        ax.annotate('', xy=xy[v], xytext=xy[u],
                    arrowprops=dict(arrowstyle='->', lw=1.5, shrinkA=26, shrinkB=26))
        mx = (xy[u][0] + xy[v][0]) / 2
        my = (xy[u][1] + xy[v][1]) / 2
        ax.text(mx + 0.05, my + 0.05, w, color='darkred')
    ax.axis('off')
    plt.show()
    return G

graph()
