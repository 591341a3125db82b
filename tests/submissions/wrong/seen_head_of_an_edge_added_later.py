# title: one edge is drawn by a call of its own, without node_size
# loses: q5
# cases: q5 arrows in the drawing
# hint: heads-hidden-in-part
# full: q3, q4
# fill: init, forward
# form: notebook

# %%
import networkx as nx
import matplotlib.pyplot as plt


# %%
def graph():
    G = nx.DiGraph()
    for t in range(1, 4):
        if t > 1:
            G.add_edge(f"a_{t - 1}", f"a_{t}", label="R")
        G.add_edge(f"x_{t}", f"a_{t}", label="W")
        G.add_edge(f"a_{t}", f"z_{t}", label="V")
        G.add_edge(f"z_{t}", f"L_{t}", label="BCE")
    place = {n: (3 * int(n[-1]), 2 * "xazL".index(n[0])) for n in G.nodes}
    forgotten = [("a_2", "z_2")]
    others = [e for e in G.edges if e not in forgotten]

    plt.figure(figsize=(8, 8))
    nx.draw_networkx_nodes(G, place, node_size=1800, node_color="palegreen")
    nx.draw_networkx_labels(G, place)
    nx.draw_networkx_edges(G, place, edgelist=others, node_size=1800)
    nx.draw_networkx_edges(G, place, edgelist=forgotten)
    nx.draw_networkx_edge_labels(G, place, nx.get_edge_attributes(G, "label"))
    plt.axis("off")
    plt.show()
    return G


# %%
graph()
