# title: list of labels zipped with G.edges, which come in another order
# loses: q5
# full: q3, q4
# only: labels
# fill: init, forward
# form: notebook
# cases: q5 edge labels
# hint: labels-in-another-order

# %%
import networkx as nx
import matplotlib.pyplot as plt


def graph():
    G = nx.DiGraph()
    x = [f"x{t}" for t in (1, 2, 3)]
    a = [f"a{t}" for t in (1, 2, 3)]
    z = [f"z{t}" for t in (1, 2, 3)]
    L = [f"L{t}" for t in (1, 2, 3)]
    G.add_edges_from(zip(x, a))
    G.add_edges_from(zip(a, z))
    G.add_edges_from(zip(z, L))
    G.add_edges_from(zip(a, a[1:]))
    # x -> a, a -> z, z -> L, a -> a
    names = 3 * ["W"] + 3 * ["V"] + 3 * ["BCE"] + 2 * ["R"]
    labels = dict(zip(G.edges, names))

    pos = {}
    for height, row in enumerate([x, a, z, L]):
        for t, node in enumerate(row):
            pos[node] = (t, height)
    plt.figure(figsize=(6, 6))
    nx.draw(G, pos, with_labels=True, node_size=900, node_color="lightgrey")
    nx.draw_networkx_edge_labels(G, pos, edge_labels=labels)
    plt.show()
    return G
