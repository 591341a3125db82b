# title: time runs down the page, big squares, edge labels with the operand (W x)
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    low, high = -0.01, 0.01
    model.W = low + (high - low) * np.random.random((I, D))
    model.R = low + (high - low) * np.random.random((I, I))
    model.V = low + (high - low) * np.random.random((K, I))

# %%
def forward(model, x, y):
    x = np.asarray(x)
    T = x.shape[0]
    def tanh(s):
        return (np.exp(s) - np.exp(-s)) / (np.exp(s) + np.exp(-s))
    a = np.zeros(model.R.shape[0])
    model.a = np.zeros((T, a.size))
    t = 0
    while t < T:
        a = tanh(model.W @ x[t] + model.R @ a)
        model.a[t, :] = a
        t += 1
    model.z = model.V @ a
    loss = []
    for k in range(model.z.size):
        zk = model.z[k]
        yk = y if np.isscalar(y) else y[k]
        if zk > 30:
            sp = zk
        elif zk < -30:
            sp = np.exp(zk)
        else:
            sp = np.log(1 + np.exp(zk))
        loss.append(sp - yk * zk)
    return np.array(loss)

# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x(t={t})", f"a(t={t})", op="W x")
        if t > 1:
            G.add_edge(f"a(t={t-1})", f"a(t={t})", op="R a")
        G.add_edge(f"a(t={t})", f"z(t={t})", op="V a")
        G.add_edge(f"z(t={t})", f"L(t={t})", op="loss")
    columns = ["x", "a", "z", "L"]
    pos = {n: (columns.index(n[0]), -int(n[4])) for n in G}
    plt.figure(figsize=(11, 7))
    nx.draw(G, pos, with_labels=True, node_shape="s", node_size=2600, node_color="lightsteelblue")
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "op"), rotate=False)
    plt.show()
    return G

graph()
