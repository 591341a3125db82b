# title: axis limits that cut off the third time step
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 names in the drawing, q5 arrows in the drawing, q5 labels in the drawing
# hint: part-hidden

# %%
import matplotlib.pyplot as plt
import networkx as nx

# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
    pos = {n: (int(n[2]), "xazL".index(n[0])) for n in G}
    names = {n: n for n in G}
    marks = nx.get_edge_attributes(G, "label")
    plt.figure(figsize=(9, 9))
    nx.draw_networkx_nodes(G, pos, node_size=1500, node_color="lightblue")
    nx.draw_networkx_edges(G, pos, node_size=1500, arrowsize=20)
    nx.draw_networkx_labels(G, pos, names)
    nx.draw_networkx_edge_labels(G, pos, marks)
    plt.axis("off")
    plt.xlim(0.5, 2.5)
    return G
