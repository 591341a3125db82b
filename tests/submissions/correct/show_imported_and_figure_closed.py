# title: show imported and figure closed
# loses: nothing
# form: notebook

# %%
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np


_rng = np.random.default_rng(42)
def init(model, D, I, K):
    model.W = (_rng.random((I, D), dtype=np.float32) * 0.02 - 0.01).astype(np.float32)
    model.R = (_rng.random((I, I), dtype=np.float32) * 0.02 - 0.01).astype(np.float32)
    model.V = (_rng.random((K, I), dtype=np.float32) * 0.02 - 0.01).astype(np.float32)


def forward(model, x, y):
    a = np.zeros(model.R.shape[1])
    model.a = np.empty((x.shape[0], a.size))
    for t, xt in enumerate(x):
        a = np.tanh(model.W.dot(xt) + model.R.dot(a))
        model.a[t, :] = a
    model.z = model.V @ a
    return np.sum(np.logaddexp(0, (1 - 2 * np.asarray(y)) * model.z), keepdims=True)


from matplotlib.pyplot import subplots, show, close
def graph(T=3):
    G = nx.DiGraph()
    for t in range(1, T + 1):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
        if t < T:
            G.add_edge(f"a({t})", f"a({t+1})", label="R")
    pos = {n: (int(n[2]), "xazL".find(n[0])) for n in G.nodes}
    fig, ax = subplots()
    nx.draw(G, pos, ax=ax, with_labels=True, node_size=900)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"), ax=ax)
    show()
    close(fig)
    return G
