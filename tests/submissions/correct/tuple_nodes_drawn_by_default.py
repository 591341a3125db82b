# title: tuple nodes drawn by default
# loses: nothing
# form: notebook

# %%
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np


# %%
def init(model, D, I, K):
    rng = np.random.default_rng()
    for n, s in dict(W=(I, D), R=(I, I), V=(K, I)).items():
        setattr(model, n, rng.uniform(-1e-2, 1e-2, size=s))
    model.D, model.I, model.K = D, I, K
    return model


# %%
def forward(model, x, y):
    T = len(x)
    I = model.W.shape[0]
    a = np.zeros((T + 1, I))
    for t in range(1, T + 1):
        a[t] = np.tanh(np.dot(model.W, x[t - 1]) + np.dot(model.R, a[t - 1]))
    model.a = a[1:]
    z = model.V @ a[T]
    model.z = z
    loss = np.log1p(np.exp(-np.abs(z))) + np.maximum(0, z) - y * z
    return loss[0] if loss.size == 1 else loss.sum()


# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(("x", t), ("a", t), label="W")
        if t > 1:
            G.add_edge(("a", t - 1), ("a", t), label="R")
        G.add_edge(("a", t), ("z", t), label="V")
        G.add_edge(("z", t), ("L", t), label="BCE")
    pos = {n: (n[1], "xazL".index(n[0])) for n in G}
    plt.figure(figsize=(9, 8))
    nx.draw(G, pos, with_labels=True, node_size=1800, node_color="lightblue", font_size=8)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
    plt.show()
    return G


# %%
def broken(:


# %%
1 / 0

# %%
print("hi" * 1000)
