# title: np.matrix weights and column vectors; model.a is (T, I, 1), model.z is (K, 1)
# loses: nothing
# form: notebook

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt

# %%
class Model: pass

def init(model, D, I, K):
    model.W = np.matrix(np.random.uniform(-.01, .01, (I, D)))
    model.R = np.matrix(np.random.uniform(-.01, .01, (I, I)))
    model.V = np.matrix(np.random.uniform(-.01, .01, (K, I)))

# %%
def forward(model, x, y):
    W, R, V = np.asmatrix(model.W), np.asmatrix(model.R), np.asmatrix(model.V)
    a = np.asmatrix(np.zeros((R.shape[0], 1)))
    all_a = []
    for row in np.asmatrix(x):
        a = np.tanh(W * row.T + R * a)
        all_a.append(np.asarray(a))
    model.a = np.array(all_a)
    z = np.asarray(V * a)
    model.z = z
    y = np.reshape(y, (-1, 1))
    return np.maximum(0, z) - y * z + np.log(1 + np.exp(-np.abs(z)))

# %%
def graph():
    # time goes downwards, data flows from left to right
    G = nx.DiGraph()
    kinds = ['x', 'a', 'z', 'L']
    pos = {f'${k}_{t}$': (i, -t) for i, k in enumerate(kinds) for t in (1, 2, 3)}
    G.add_nodes_from(pos)
    par = ['$W$', '$V$', '$y$']
    for t in (1, 2, 3):
        for i in range(3):
            G.add_edge(f'${kinds[i]}_{t}$', f'${kinds[i+1]}_{t}$', matrix=par[i])
    G.add_edge('$a_1$', '$a_2$', matrix='$R$')
    G.add_edge('$a_2$', '$a_3$', matrix='$R$')
    plt.figure(figsize=(9, 6))
    nx.draw(G, pos, with_labels=True, node_size=1400, node_color='w', edgecolors='b')
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, 'matrix'), font_color='r', rotate=False)
    plt.show()
    plt.close()
    return G

graph()
