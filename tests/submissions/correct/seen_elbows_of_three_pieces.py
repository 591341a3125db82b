# title: recurrent edges as elbows of two lines and an arrow, or of a line with a corner and an arrow
# loses: nothing
# fill: init, forward
# form: notebook

# %%
import matplotlib.pyplot as plt
import networkx as nx

# %%
def graph():
    G = nx.DiGraph()
    for t in range(1, 4):
        if t > 1:
            G.add_edge(f"a{t-1}", f"a{t}", w="R")
        G.add_edge(f"x{t}", f"a{t}", w="W")
        G.add_edge(f"a{t}", f"z{t}", w="V")
        G.add_edge(f"z{t}", f"L{t}", w="loss")
    place = {n: (2 * int(n[1]), 1.5 * "xazL".index(n[0]) + 0.4 * int(n[1])) for n in G}
    upwards = [e for e in G.edges if e[0][0] != "a" or e[1][0] != "a"]

    fig, ax = plt.subplots(figsize=(9, 8))
    nx.draw_networkx_nodes(G, place, node_size=1000, node_color="mistyrose", edgecolors="firebrick", ax=ax)
    nx.draw_networkx_labels(G, place, ax=ax)
    nx.draw_networkx_edges(G, place, edgelist=upwards, node_size=1000, ax=ax)
    nx.draw_networkx_edge_labels(G, place, {e: G.edges[e]["w"] for e in upwards}, rotate=False, ax=ax)

    head = dict(arrowstyle="-|>", color="firebrick", shrinkA=0, shrinkB=0)
    (x, y), (x2, y2) = place["a1"], place["a2"]
    ax.hlines(y, x + 0.2, x + 1, color="firebrick")
    ax.vlines(x + 1, y, y2, color="firebrick")
    ax.annotate("", xy=(x2 - 0.2, y2), xytext=(x + 1, y2), arrowprops=head)
    ax.text(x + 1.08, (y + y2) / 2, "R", va="center")

    (x, y), (x2, y2) = place["a2"], place["a3"]
    ax.plot([x + 0.2, x + 1, x + 1], [y, y, y2 - 0.15], color="firebrick")
    ax.annotate("", xy=(x2 - 0.18, y2 - 0.1), xytext=(x + 1, y2 - 0.15), arrowprops=head)
    ax.text(x + 1.08, (y + y2) / 2 - 0.15, "R", va="center")
    return G

# %%
graph();
