# title: names only with wide label frames
# loses: nothing
# form: notebook

# %%
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np


# %%
def init(model, D, I, K):
    model.W = np.empty((I, D), dtype=np.longdouble); model.R = np.empty((I, I)); model.V = np.empty((K, I), order="F")
    for M in (model.W, model.R, model.V):
        for i in range(M.shape[0]):
            for j in range(M.shape[1]):
                M[i, j] = np.random.uniform(low=-0.01, high=0.01)


# %%
from scipy.special import log_expit
def forward(m, seq, label):
    h = np.zeros((np.asarray(m.R).shape[0], 1)); m.a = []
    for row in seq:
        h = np.tanh(np.asarray(m.W) @ row[:, None] + np.asarray(m.R) @ h)
        m.a.append(h)
    m.z = np.asarray(m.V) @ h
    yy = np.reshape(label, (-1, 1))
    return -(yy * log_expit(m.z) + (1 - yy) * log_expit(-m.z))


# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", label=f"W x({t})"); G.add_edge(f"a({t})", f"z({t})", label=f"V a({t})"); G.add_edge(f"z({t})", f"L({t})", label=f"BCE")
        if t > 1: G.add_edge(f"a({t-1})", f"a({t})", label=f"R a({t-1})")
    pos = {n: (int(n[2]), "xazL".find(n[0])) for n in G}
    plt.figure(figsize=(9, 6))
    nx.draw_networkx_labels(G, pos, font_size=13)
    nx.draw_networkx_edges(G, pos, node_size=900)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"), rotate=False)
    plt.axis("off"); plt.show()
    return G
