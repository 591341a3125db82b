# title: a grey shadow of every node, arrow and name lies a little lower
# loses: nothing
# fill: init, forward
# form: notebook

# %%
import networkx as nx
import matplotlib.pyplot as plt
from matplotlib.patheffects import Normal, SimpleLineShadow


# %%
def graph():
    G, pos = nx.DiGraph(), {}
    for t in (1, 2, 3):
        x, a, z, L = (f"{c}({t})" for c in "xazL")
        G.add_edge(x, a, label="W")
        if t > 1:
            G.add_edge(before, a, label="R")
        G.add_edge(a, z, label="V")
        G.add_edge(z, L, label="BCE")
        pos |= {x: (t, 0), a: (t, 1), z: (t, 2), L: (t, 3)}
        before = a
    labels = nx.get_edge_attributes(G, "label")

    plt.figure(figsize=(8, 8))
    shadow = {n: (x + 0.025, y - 0.025) for n, (x, y) in pos.items()}
    nx.draw_networkx_nodes(G, shadow, node_size=1200, node_color="0.8").set_zorder(0)
    nx.draw_networkx_nodes(G, pos, node_size=1200, node_color="lightyellow", edgecolors="k")
    nx.draw_networkx_edges(G, pos, node_size=1200)
    for text in nx.draw_networkx_labels(G, pos, font_size=14).values():
        text.set_path_effects([SimpleLineShadow(), Normal()])
    nx.draw_networkx_edge_labels(G, pos, labels)
    plt.show()
    return G


# %%
graph()
