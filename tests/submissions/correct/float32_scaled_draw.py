# title: float32 weights from np.random.rand, float32 arithmetic throughout, names like x1
# loses: nothing
# form: notebook

# %%
import numpy as np, networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    def u(r, c):
        return (0.02 * np.random.rand(r, c) - 0.01).astype(np.float32)
    model.W, model.R, model.V = u(I, D), u(I, I), u(K, I)

# %%
def forward(model, x, y):
    f = np.float32
    W, R, V = f(model.W), f(model.R), f(model.V)
    x32 = x.astype(f)
    a = np.zeros(W.shape[0], dtype=f)
    acts = np.empty((len(x32), W.shape[0]), dtype=f)
    for t in range(len(x32)):
        a = np.tanh(W.dot(x32[t]) + R.dot(a))
        acts[t] = a
    model.a = acts
    model.z = V.dot(a)
    z = model.z
    y = np.asarray(y, dtype=f)
    return np.maximum(z, f(0)) - z * y + np.log1p(np.exp(-np.abs(z)))

# %%
def graph():
    g = nx.DiGraph()
    W = [("x%d" % t, "a%d" % t) for t in range(1, 4)]
    R = [("a1", "a2"), ("a2", "a3")]
    V = [("a%d" % t, "z%d" % t) for t in range(1, 4)]
    S = [("z%d" % t, "L%d" % t) for t in range(1, 4)]
    labels = {}
    for lab, es in [("W", W), ("R", R), ("V", V), ("σ", S)]:
        g.add_edges_from(es)
        labels.update({e: lab for e in es})
    pos = {n: (int(n[1]), "xazL".index(n[0])) for n in g}
    plt.figure(figsize=(7, 7))
    nx.draw_networkx_nodes(g, pos, node_size=900, node_color="w", edgecolors="k")
    nx.draw_networkx_labels(g, pos)
    nx.draw_networkx_edges(g, pos, node_size=900, arrowsize=18)
    nx.draw_networkx_edge_labels(g, pos, edge_labels=labels)
    plt.axis("off")
    return g

# %%
m = Model()
init(m, 3, 4, 1)
print(forward(m, np.random.randn(5, 3), 1))
graph();
