# title: lines to the labels and arrows from there on, with white space around the labels
# loses: nothing
# fill: init, forward
# form: notebook

# %%
import matplotlib.pyplot as plt
import networkx as nx

# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
    pos = {n: (int(n[2]), "xazL".index(n[0])) for n in G}
    lab = nx.get_edge_attributes(G, "label")
    fig, ax = plt.subplots(figsize=(8, 8))
    ax.set(xlim=(.5, 3.5), ylim=(-.5, 3.5))
    for n, p in pos.items():
        ax.plot(*p, "o", ms=32, mfc="w", mec="k", zorder=3)
        ax.text(*p, n, ha="center", va="center", zorder=4)

    for (u, v), l in lab.items():
        p, q = np.array(pos[u], float), np.array(pos[v], float)
        d = q - p
        ax.plot(*zip(p + .15 * d, p + .42 * d), color="k", lw=1)
        ax.text(*(p + .5 * d), l, ha="center", va="center")
        ax.annotate("", q - .15 * d, p + .58 * d, arrowprops=dict(arrowstyle="-|>", shrinkA=0, shrinkB=0, fc="k"))
    return G
