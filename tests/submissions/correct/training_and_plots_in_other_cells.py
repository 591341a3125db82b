# title: other cells train the network on toy data and plot it, and ask for keyboard input
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

np.random.seed(42)
D, I, K, T = 2, 3, 1, 4

class Model: pass

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))

def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = np.zeros((x.shape[0], a.shape[0]))
    for t in range(x.shape[0]):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        model.a[t] = a
    model.z = model.V @ a
    return np.sum(np.logaddexp(0, model.z) - y * model.z)

# %%
model = Model()
init(model, D, I, K)
x, y = np.random.randn(T, D), 1
losses = []
for epoch in range(10):
    losses.append(forward(model, x, y))
    for M in (model.W, model.R, model.V):
        for i in np.ndindex(M.shape):
            M[i] += 1e-5
            up = forward(model, x, y)
            M[i] -= 2e-5
            down = forward(model, x, y)
            M[i] += 1e-5 - 0.5 * (up - down) / 2e-5
plt.plot(losses, '-o')
plt.xlabel('epoch')
plt.show()

# %%
input('press enter to see the graph')

# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f'x({t})', f'a({t})', label='W')
        G.add_edge(f'a({t})', f'z({t})', label='V')
        G.add_edge(f'z({t})', f'L({t})', label='loss')
        if t > 1:
            G.add_edge(f'a({t-1})', f'a({t})', label='R')
    pos = {n: (int(n[2]), 'xazL'.index(n[0])) for n in G}
    plt.figure()
    nx.draw(G, pos, with_labels=True, node_size=700, node_color='sandybrown')
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'label'), font_size=9)
    plt.show()
    return G

graph()
