# title: labels at t = 1 only, since the weights are shared
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 edge labels, q5 labels in the drawing
# hint: labels-first-step-only

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
    # the weights are the same at every step, so once is enough
    labels = {("x(1)", "a(1)"): "W", ("a(1)", "a(2)"): "R", ("a(1)", "z(1)"): "V", ("z(1)", "L(1)"): "BCE"}
    nx.draw(G, pos, with_labels=True, node_size=900, node_color="yellow")
    nx.draw_networkx_edge_labels(G, pos, edge_labels=labels)
    plt.show()
    return G
