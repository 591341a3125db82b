# title: loss label with a formula
# loses: nothing
# form: notebook

# %%
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np

# %%
_rng = np.random.default_rng(42)
def init(model, D, I, K):
    model.W = (_rng.random((I, D), dtype=np.float32) * 0.02 - 0.01).astype(np.float32)
    model.R = (_rng.random((I, I), dtype=np.float32) * 0.02 - 0.01).astype(np.float32)
    model.V = (_rng.random((K, I), dtype=np.float32) * 0.02 - 0.01).astype(np.float32)

# %%
def softplus(z):
    out = np.array(z, dtype=float)
    small = z < 30
    out[small] = np.log1p(np.exp(z[small]))
    return out
def forward(model, x, y, verbose=False):
    "x: (T, D)"
    A = np.concatenate([np.zeros((1, len(model.R))), np.full((len(x), len(model.R)), np.nan)])
    for t in range(len(x)):
        A[t + 1] = np.tanh(np.einsum("id,d->i", model.W, x[t]) + np.einsum("ij,j->i", model.R, A[t]))
        if verbose: print(t)
    model.a, model.z = A[1:, :], model.V @ A[-1]
    return y * softplus(-model.z) + (1 - y) * softplus(model.z)

# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", formula="tanh(W x + R a)"); G.add_edge(f"a({t})", f"z({t})", formula="V a"); G.add_edge(f"z({t})", f"L({t})", formula="BCE(sigma(V a), y)")
        if t > 1: G.add_edge(f"a({t-1})", f"a({t})", formula="tanh(W x + R a)")
    pos = {n: (int(n[2]), "xazL".find(n[0])) for n in G}
    plt.figure(figsize=(8, 6))
    nx.draw(G, pos, with_labels=True, node_size=900)
    nx.draw_networkx_edge_labels(G, pos, {(u, v): {"xa": "W", "aa": "R", "az": "V", "zL": "BCE"}[u[0] + v[0]] for u, v in G.edges})
    plt.show()
    return G
