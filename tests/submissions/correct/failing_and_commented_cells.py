# title: several cells fail (name error, syntax error, assertion), some are commented out
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt
import a_package_that_i_do_not_have

# %%
class Model: pass

# %%
# def init(model, D, I, K):
#     model.W = np.zeros((I, D))

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))

# %%
print(modle.W)

# %%
def forward(model, x, y)
    pass

# %%
def forward(model, x, y):
    """ last version """
    a, acts = np.zeros(model.R.shape[0]), []
    for t in range(x.shape[0]):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        acts.append(a)
    model.a = np.array(acts)
    model.z = model.V @ a
    return np.maximum(0, model.z) - y * model.z + np.log1p(np.exp(-np.abs(model.z)))

# %%
m = Model()
init(m, 2, 3, 1)
assert forward(m, np.ones((4, 2)), 1) == 0, "why is this not 0?"

# %%
def graph():
    G = nx.DiGraph()
    for t in "123":
        G.add_edge(f"x({t})", f"a({t})", label="W")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="sigmoid, BCE")
    G.add_edge("a(1)", "a(2)", label="R")
    G.add_edge("a(2)", "a(3)", label="R")
    pos = {f"{k}({t})": (t * 2, j * 2) for t in (1, 2, 3) for j, k in enumerate("xazL")}
    plt.figure(figsize=(7, 7))
    nx.draw(G, pos, with_labels=True, node_color="lightcoral", node_size=1000)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
    plt.show()
    return G

# %%
graph()

# %%
1 / 0
