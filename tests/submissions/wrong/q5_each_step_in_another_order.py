# title: the order of the kinds differs at two time steps, so edges go through nodes
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 arrows in the drawing, q5 labels in the drawing / q5 arrangement of the drawing
# hint: edges-through-nodes

# %%
import networkx as nx
import matplotlib.pyplot as plt

def graph():
    G = nx.DiGraph()
    T = 3
    for t in range(1, T + 1):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
    pos = {}
    for n in G.nodes:
        pos[n] = (2 * int(n[2]), "xazL".index(n[0]))
    [G.nodes[n].update(layer=int(n[2])) for n in G]; pos = nx.multipartite_layout(G, subset_key="layer"); import random; ys = [p[1] for p in pos.values()]; pos = {n: (p[0], p[1] if n != "L(2)" else -p[1]) for n, p in pos.items()}; k = [n for n in pos if n[2] == "2" and n != "L(2)" and abs(pos[n][1] - pos["L(2)"][1]) < 1e-9][0]; pos[k] = (pos[k][0], -pos[k][1])
    plt.figure(figsize=(7, 7))
    nx.draw_networkx_nodes(G, pos, node_size=900, node_color="lightblue")
    nx.draw_networkx_labels(G, pos)
    nx.draw_networkx_edges(G, pos, node_size=900)
    nx.draw_networkx_edge_labels(G, pos, edge_labels=nx.get_edge_attributes(G, "label"))
    plt.show()
    return G
