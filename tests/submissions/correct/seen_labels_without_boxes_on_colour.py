# title: labels in boxes of no opacity beside the arrows, on a pale yellow ground
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

    fig, ax = plt.subplots(figsize=(8, 8), facecolor="#fffbe0")
    ax.set_facecolor("#fffbe0")
    nx.draw_networkx(G, pos, node_size=1200, node_color="#ffe680", edge_color="olive", ax=ax)
    beside = {n: (x + 0.1, y + 0.06) for n, (x, y) in pos.items()}
    nx.draw_networkx_edge_labels(G, beside, labels, bbox=dict(alpha=0), rotate=False, font_color="olive", ax=ax)
    plt.show()
    return G


# %%
graph()
