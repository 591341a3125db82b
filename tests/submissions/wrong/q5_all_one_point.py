# title: all nodes at the point (0, 0)
# loses: q5
# full: q3, q4
# only: drawing
# fill: init, forward
# form: notebook
# cases: q5 arrows in the drawing, q5 labels in the drawing, q5 arrangement of the drawing
# hint: all-at-one-point

# %%
import networkx as nx
import matplotlib.pyplot as plt


def graph():
    G = nx.DiGraph()
    for t in range(1, 4):
        G.add_edge(f"x{t}", f"a{t}", label="W")
        G.add_edge(f"a{t}", f"z{t}", label="V")
        G.add_edge(f"z{t}", f"L{t}", label="BCE")
    for t in range(2, 4):
        G.add_edge(f"a{t-1}", f"a{t}", label="R")

    pos = {n: (0, 0) for n in G}   # TODO real positions
    nx.draw(G, pos, with_labels=True, node_size=500)
    for u, v, d in G.edges(data=True):
        plt.text((pos[u][0] + pos[v][0]) / 2, (pos[u][1] + pos[v][1]) / 2, d["label"])
    plt.show()
    return G
