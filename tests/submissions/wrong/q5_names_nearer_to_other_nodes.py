# title: every name stands nearer to the node on the right than to its own
# loses: q5
# cases: q5 names in the drawing
# full: q3 q4
# hint: names-astray
# fill: init, forward
# form: notebook

# %%
import networkx as nx
import matplotlib.pyplot as plt


# %%
def graph():
    G = nx.DiGraph()
    for t in range(1, 4):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")

    pos = {f"{k}({t})": (2 * t, h) for t in range(1, 4) for h, k in enumerate("xazL")}
    plt.figure(figsize=(9, 8))
    nx.draw(G, pos, with_labels=False, node_size=150, node_color="lightblue")
    nx.draw_networkx_labels(G, {n: (p[0] + 1.2, p[1] + 0) for n, p in pos.items()}, clip_on=False)
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"))
    return G
