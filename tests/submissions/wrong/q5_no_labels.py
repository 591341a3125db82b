# title: no labels at the edges, neither in the graph nor in the drawing
# loses: q5
# full: q3, q4
# only: labels, drawing
# fill: init, forward
# form: notebook
# cases: q5 edge labels, q5 labels in the drawing
# hint: no-labels

# %%
import networkx as nx
import matplotlib.pyplot as plt

# %%
def graph():
    G = nx.DiGraph()
    for t in range(1, 4):
        G.add_edge(f"x({t})", f"a({t})")
        G.add_edge(f"a({t})", f"z({t})")
        G.add_edge(f"z({t})", f"L({t})")
    G.add_edge("a(1)", "a(2)")
    G.add_edge("a(2)", "a(3)")
    pos = {n: (int(n[2]), "xazL".index(n[0])) for n in G}
    nx.draw(G, pos, with_labels=True, node_size=900, node_color="yellow")
    plt.show()
    return G
