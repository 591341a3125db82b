# title: annotate arrows whose colour is none
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 arrows in the drawing
# hint: invisible

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
    for n, p in pos.items():
        ax.text(*p, n, ha="center", va="center", bbox=dict(boxstyle="circle,pad=0.3", fc="lavender"))
    for (u, v), word in labels.items():
        ax.annotate("", xy=pos[v], xytext=pos[u], arrowprops=dict(arrowstyle="->", shrinkA=22, shrinkB=22, color="none"))
        ax.text((pos[u][0] + pos[v][0]) / 2 + 0.05, (pos[u][1] + pos[v][1]) / 2 + 0.05, word)
    ax.set(xlim=(0.5, 3.5), ylim=(-0.5, 3.5))
    ax.axis("off")
    plt.show()
    return G


# %%
graph()
