# title: line and cell magics, shell escapes, autoreload, svg figures
# loses: nothing
# form: notebook

# %%
# %matplotlib inline
# %config InlineBackend.figure_format = 'svg'
# %load_ext autoreload
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

# %%
# !echo "my notebook"
# %precision 4
# %who

# %%
class Model: pass

def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = np.zeros((len(x), len(a)))
    for t, xt in enumerate(x):
        model.a[t] = a = np.tanh(model.W @ xt + model.R @ a)
    model.z = model.V @ a
    return np.mean(np.logaddexp(0, model.z) - y * model.z)

# %%
# %%time
m = Model()
init(m, 10, 20, 1)
print(forward(m, np.random.randn(50, 10), 1))

# %%
# %timeit -n 1 -r 1 forward(m, np.random.randn(20, 10), 1)
# init?

# %%
# %%capture captured
def graph():
    G = nx.DiGraph()
    for t in range(1, 4):
        G.add_edge(f"x[{t}]", f"a[{t}]", label="W")
        G.add_edge(f"a[{t}]", f"z[{t}]", label="V")
        G.add_edge(f"z[{t}]", f"L[{t}]", label="loss")
        if t > 1:
            G.add_edge(f"a[{t-1}]", f"a[{t}]", label="R")
    pos = {n: (int(n[2]), "xazL".index(n[0])) for n in G}
    nx.draw(G, pos, with_labels=True, node_color="skyblue", node_size=900)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
    plt.show()
    return G
graph()

# %%
# %this_magic_does_not_exist

# %%
graph()
