# title: the graph comes from a pandas DataFrame, forward iterates over rows of one
# loses: nothing
# form: notebook

# %%
import numpy as np
import pandas as pd
import networkx as nx
import matplotlib.pyplot as plt

class Model: pass

# %%
def init(model, D, I, K):
    model.W = pd.DataFrame(np.random.uniform(-0.01, 0.01, (I, D))).to_numpy()
    model.R = pd.DataFrame(np.random.uniform(-0.01, 0.01, (I, I))).to_numpy()
    model.V = pd.DataFrame(np.random.uniform(-0.01, 0.01, (K, I))).to_numpy()

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    acts = {}
    for t, row in enumerate(pd.DataFrame(x).itertuples(index=False)):
        a = np.tanh(model.W @ np.array(row) + model.R @ a)
        acts[t + 1] = a
    model.a = pd.DataFrame(acts).T.to_numpy()
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z

# %%
def graph():
    rows = []
    for t in (1, 2, 3):
        rows.append((f'x({t})', f'a({t})', 'W'))
        rows.append((f'a({t})', f'z({t})', 'V'))
        rows.append((f'z({t})', f'L({t})', 'y(%d)' % t))
        if t > 1:
            rows.append((f'a({t-1})', f'a({t})', 'R'))
    df = pd.DataFrame(rows, columns=['source', 'target', 'parameter'])
    G = nx.from_pandas_edgelist(df, edge_attr='parameter', create_using=nx.DiGraph)
    pos = {n: (int(n[2]), 'xazL'.index(n[0])) for n in G}
    plt.figure(figsize=(7, 7))
    nx.draw(G, pos, with_labels=True, node_size=1000, node_color='lightgray')
    nx.draw_networkx_edge_labels(G, pos, df.set_index(['source', 'target'])['parameter'].to_dict(), rotate=False)
    plt.show()
    return G

graph()
