# title: draw_networkx_edge_labels without edge_labels: it draws {'label': 'W'}, which covers the lines
# loses: q5
# only: drawing
# full: q3, q4
# fill: init, forward
# hint: dicts-over-lines
# form: notebook

# %%
import matplotlib.pyplot as plt
import networkx as nx


def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            G.add_edge(f"a({t - 1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
    pos = {node: (int(node[2]), "xazL".index(node[0])) for node in G}
    plt.figure(figsize=(6, 6))
    nx.draw(G, pos, with_labels=True, node_size=1200)
    nx.draw_networkx_edge_labels(G, pos)
    return G
