# title: starts a daemon thread that prints dots while the cells run
# loses: nothing
# form: notebook
# waits: sandbox

# %%
import threading, time
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

done = threading.Event()

def dots():
    while not done.wait(0.05):
        print('.', end='', flush=True)

threading.Thread(target=dots, daemon=True).start()

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))

def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = []
    for t in range(x.shape[0]):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        model.a.append(a)
    model.z = model.V @ a
    return np.maximum(0, model.z) - y * model.z + np.log1p(np.exp(-np.abs(model.z)))

# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        nx.add_path(G, [f"x{t}", f"a{t}", f"z{t}", f"L{t}"])
    nx.add_path(G, ["a1", "a2", "a3"])
    names = {"xa": "W", "aa": "R", "az": "V", "zL": "loss"}
    labels = {e: names[e[0][0] + e[1][0]] for e in G.edges}
    pos = {n: (int(n[1]), "xazL".index(n[0])) for n in G}
    nx.draw(G, pos, with_labels=True, node_color="plum", node_size=800)
    nx.draw_networkx_edge_labels(G, pos, labels)
    plt.show()
    return G

graph()
time.sleep(0.2)
done.set()
