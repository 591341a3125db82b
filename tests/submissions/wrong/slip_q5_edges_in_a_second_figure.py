# title: the nodes are in one figure, the edges and their labels in the next
# loses: q5
# cases: q5 arrows in the drawing, q5 labels in the drawing
# full: q3, q4
# hint: edges-in-another-figure
# fill: init, forward
# form: notebook

# %%
import matplotlib.pyplot as plt
import networkx as nx


# %%
def draw_nodes(G, pos):
    plt.figure(figsize=(9, 7))
    nx.draw_networkx_nodes(G, pos, node_size=700, node_color="lightsalmon")
    nx.draw_networkx_labels(G, pos, font_size=10)


def draw_edges(G, pos):
    plt.figure(figsize=(9, 7))
    nx.draw_networkx_edges(G, pos, node_size=700, arrowsize=14)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "matrix"))


def graph():
    G = nx.DiGraph()
    for t in range(1, 4):
        G.add_edge(f"x{t}", f"a{t}", matrix="W")
        if t > 1:
            G.add_edge(f"a{t - 1}", f"a{t}", matrix="R")
        G.add_edge(f"a{t}", f"z{t}", matrix="V")
        G.add_edge(f"z{t}", f"L{t}", matrix="sigmoid + BCE")
    pos = {n: (int(n[1]) * 4, -3 * "xazL".index(n[0])) for n in G}
    draw_nodes(G, pos)
    draw_edges(G, pos)
    return G


# %%
graph();
