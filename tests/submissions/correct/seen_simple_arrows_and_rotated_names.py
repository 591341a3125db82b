# title: simple arrows with broad heads, and names that are turned by ninety degrees
# loses: nothing
# fill: init, forward
# form: notebook

# %%
import networkx as nx
import matplotlib.pyplot as plt


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

    fig, ax = plt.subplots(figsize=(8, 8))
    nx.draw_networkx_nodes(G, pos, node_size=1300, node_color="lightpink", ax=ax)
    nx.draw_networkx_edges(G, pos, node_size=1300, arrowstyle="simple,head_width=1,head_length=0.8,tail_width=0.25", arrowsize=18, edge_color="hotpink", ax=ax)
    for text in nx.draw_networkx_labels(G, pos, ax=ax).values():
        text.set_rotation(90)
    nx.draw_networkx_edge_labels(G, pos, labels, ax=ax)
    plt.show()
    return G


# %%
graph()
