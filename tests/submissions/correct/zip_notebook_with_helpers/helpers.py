"""Things that all my notebooks need."""
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np

LIMIT = 0.01


def small_uniform(shape):
    return np.random.uniform(-LIMIT, LIMIT, shape)


def stable_loss(z, y):
    return np.maximum(0, z) - y * z + np.log1p(np.exp(-np.abs(z)))


def unfold(T):
    G, pos = nx.DiGraph(), {}
    for t in range(1, T + 1):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="loss")
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
        for height, kind in enumerate("xazL"):
            pos[f"{kind}({t})"] = (t, height)
    return G, pos


def draw(G, pos):
    plt.figure(figsize=(7, 6))
    nx.draw(G, pos, with_labels=True, node_size=1000, node_color="lightblue")
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
