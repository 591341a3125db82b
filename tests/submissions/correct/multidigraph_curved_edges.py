# title: a MultiDiGraph with keys, curved arrows
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model:
    """holds the parameters"""

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, I * D).reshape(I, D)
    model.R = np.random.uniform(-0.01, 0.01, I * I).reshape(I, I)
    model.V = np.random.uniform(-0.01, 0.01, K * I).reshape(K, I)
    model.b = np.zeros(I)   # no bias, but I keep the place

# %%
def forward(model, x, y):
    a = np.zeros_like(model.R[0])
    out = []
    for x_t in x:
        a = np.tanh(model.W @ x_t + model.R @ a)
        out.append(a)
    model.a = np.stack(out)
    model.z = model.V @ a
    return float(np.sum(np.maximum(model.z, 0) - model.z * y + np.log1p(np.exp(-abs(model.z)))))

# %%
def graph():
    M = nx.MultiDiGraph()
    for t in (1, 2, 3):
        M.add_edge(f"x^{{({t})}}", f"a^{{({t})}}", key="W")
        M.add_edge(f"a^{{({t})}}", f"z^{{({t})}}", key="V")
        M.add_edge(f"z^{{({t})}}", f"L^{{({t})}}", key="loss")
        if t > 1:
            M.add_edge(f"a^{{({t-1})}}", f"a^{{({t})}}", key="R")
    pos = {n: (1.5 * int(n[4]), "xazL".find(n[0])) for n in M}
    arc = "arc3,rad=0.12"
    plt.figure(figsize=(8, 8))
    nx.draw_networkx_nodes(M, pos, node_size=1600, node_color="honeydew", edgecolors="green")
    nx.draw_networkx_labels(M, pos, {n: f"${n}$" for n in M}, font_size=14)
    nx.draw_networkx_edges(M, pos, node_size=1600, connectionstyle=arc, arrowstyle="-|>", arrowsize=16)
    nx.draw_networkx_edge_labels(M, pos, {(u, v, k): k for u, v, k in M.edges(keys=True)},
                                 connectionstyle=arc, font_size=12)
    plt.axis("off")
    plt.show()
    return M

graph()
