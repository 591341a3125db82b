import matplotlib.pyplot as plt
import networkx as nx

from . import weights  # noqa: F401


def unfold_and_draw():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x_{t}", f"a_{t}", label="W")
        G.add_edge(f"a_{t}", f"z_{t}", label="V")
        G.add_edge(f"z_{t}", f"L_{t}", label="loss")
        if t > 1:
            G.add_edge(f"a_{t-1}", f"a_{t}", label="R")
    pos = {n: (int(n[2]), "xazL".index(n[0])) for n in G}
    plt.figure(figsize=(7, 6))
    nx.draw(G, pos, with_labels=True, node_size=1000, node_color="thistle")
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
    plt.show()
    return G
