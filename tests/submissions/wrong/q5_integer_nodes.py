# title: the nodes of the graph are the integers 0 ... 11; only the drawing has names
# loses: q5
# full: q3, q4
# only: graph
# fill: init, forward
# form: notebook
# cases: q5 nodes, q5 edges
# hint: integer-nodes

# %%
import networkx as nx
import matplotlib.pyplot as plt

# %%
names = ["x(1)", "x(2)", "x(3)", "a(1)", "a(2)", "a(3)", "z(1)", "z(2)", "z(3)", "L(1)", "L(2)", "L(3)"]

def graph():
    G = nx.DiGraph()
    G.add_nodes_from(range(12))
    label = {}
    for i in range(3):
        label[i, 3 + i] = "W"
        label[3 + i, 6 + i] = "V"
        label[6 + i, 9 + i] = "BCE"
    label[3, 4] = label[4, 5] = "R"
    G.add_edges_from(label)

    pos = {n: (n % 3, n // 3) for n in G}
    plt.figure(figsize=(6, 6))
    nx.draw(G, pos, labels=dict(enumerate(names)), node_size=1000, node_color="lightgreen")
    nx.draw_networkx_edge_labels(G, pos, edge_labels=label)
    plt.show()
    return G

# %%
graph()
