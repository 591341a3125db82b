# title: a curved shortcut a(1) -> L(1)
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 edges
# hint: shortcut

# %%
import networkx as nx
import matplotlib.pyplot as plt


# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
    G.add_edge("a(1)", "L(1)", label="U")
    pos = {n: (int(n[2]), "xazL".index(n[0])) for n in G}
    labels = nx.get_edge_attributes(G, "label")

    plt.figure(figsize=(8, 8))
    nx.draw_networkx_nodes(G, pos, node_size=1200, node_color="lightblue")
    nx.draw_networkx_labels(G, pos)
    bow = "arc3,rad=0.5"
    straight = [e for e in G.edges if e != ("a(1)", "L(1)")]
    nx.draw_networkx_edges(G, pos, straight, node_size=1200)
    nx.draw_networkx_edges(G, pos, [("a(1)", "L(1)")], node_size=1200, connectionstyle=bow)
    shown = {e: labels[e] for e in straight}
    nx.draw_networkx_edge_labels(G, pos, shown, rotate=False)
    nx.draw_networkx_edge_labels(G, pos, {("a(1)", "L(1)"): "U"}, rotate=False, connectionstyle=bow)
    plt.show()
    return G


# %%
graph()
