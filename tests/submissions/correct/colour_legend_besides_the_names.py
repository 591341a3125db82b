# title: a legend of the node colours and an axis with the time, besides the names
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt
from matplotlib.lines import Line2D
from scipy import stats

class Model: pass

# %%
def init(model, D, I, K):
    dist = stats.uniform(loc=-0.01, scale=0.02)
    model.W = dist.rvs(size=(I, D))
    model.R = dist.rvs(size=(I, I))
    model.V = dist.rvs(size=(K, I))

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = []
    for xt in x:
        a = np.tanh(model.W @ xt + model.R @ a)
        model.a.append(a)
    model.a = np.array(model.a)
    model.z = model.V @ a
    top = np.maximum(0, model.z)            # log-sum-exp of (0, z) by hand
    return top + np.log(np.exp(0 - top) + np.exp(model.z - top)) - y * model.z

# %%
COLOURS = {"x": "tab:blue", "a": "tab:orange", "z": "tab:green", "L": "tab:red"}

def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
    pos = {n: (int(n[2]), list(COLOURS).index(n[0])) for n in G}
    fig, ax = plt.subplots(figsize=(9, 7))
    nx.draw_networkx(G, pos, ax=ax, node_size=1000, node_color=[COLOURS[n[0]] for n in G], alpha=0.9)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"), ax=ax)
    meaning = {"x": "input", "a": "activation", "z": "logit", "L": "loss"}
    ax.legend(handles=[Line2D([], [], marker="o", ls="", color=COLOURS[k], label=meaning[k]) for k in COLOURS],
              loc="center left", bbox_to_anchor=(1.0, 0.5))
    ax.tick_params(left=False, bottom=True, labelleft=False, labelbottom=True)
    ax.set_xticks([1, 2, 3])
    ax.set_xlabel("time t")
    ax.set_xlim(0.6, 3.4)
    fig.tight_layout()
    plt.show()
    return G

graph()
