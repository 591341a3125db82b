# title: blank lines lift the names of one row and lower those of the next
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 names in the drawing
# hint: names-misplaced

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
    nx.draw_networkx(G, pos, node_size=1200, node_color="lightblue", with_labels=False, ax=ax)
    ax.set(xlim=(0.5, 3.5), ylim=(-0.5, 3.5))
    for n, (x, y) in pos.items():
        blank = "\n" * 15
        ax.text(x, y, n + blank if n[0] in "xz" else blank + n, fontsize=12, ha="center", va="center")
    nx.draw_networkx_edge_labels(G, pos, labels, ax=ax)
    plt.show()
    return G


# %%
graph()
