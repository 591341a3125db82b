# title: a zip: the notebook reads edges and positions from edges.csv beside it
# loses: nothing
# form: zip-notebook

# %%
import csv
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

with open("edges.csv", newline="") as f:
    EDGES = list(csv.DictReader(f))

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    acts = []
    for xt in x:
        a = np.tanh(model.W @ xt + model.R @ a)
        acts.append(a)
    model.a = np.array(acts)
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z

# %%
def graph():
    G = nx.DiGraph()
    for row in EDGES:
        G.add_edge(row["from"], row["to"], label=row["label"])
    height = {"x": 0, "a": 1, "z": 2, "L": 3}
    pos = {n: (int(n[2]), height[n[0]]) for n in G}
    plt.figure(figsize=(6, 6))
    nx.draw(G, pos, with_labels=True, node_size=1000, node_color="khaki")
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
    plt.show()
    return G

graph()
