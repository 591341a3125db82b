# title: only the labels R are drawn
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 labels in the drawing
# hint: labels-partly-drawn

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
    plt.figure(figsize=(7, 7))
    nx.draw_networkx_nodes(G, pos, node_size=900, node_color="lightblue")
    nx.draw_networkx_labels(G, pos)
    nx.draw_networkx_edges(G, pos, node_size=900)
    nx.draw_networkx_edge_labels(G, pos, edge_labels={e: l for e, l in nx.get_edge_attributes(G, "label").items() if l == "R"})
    plt.show()
    return G
