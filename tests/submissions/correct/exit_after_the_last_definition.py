# title: calls exit() after everything is defined, with broken cells behind it
# loses: nothing
# form: notebook
# waits: sandbox

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))

def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = np.zeros((len(x), len(a)))
    for t, xt in enumerate(x):
        a = np.tanh(model.W @ xt + model.R @ a)
        model.a[t] = a
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z

# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
        if t < 3:
            G.add_edge(f"a({t})", f"a({t+1})", label="R")
    pos = {n: (int(n[2]), "xazL".index(n[0])) for n in G}
    nx.draw(G, pos, with_labels=True, node_color="silver", node_size=900)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
    plt.show()
    return G

graph()

# %%
exit()

# %%
# old stuff, do not run
print(undefined_name)
