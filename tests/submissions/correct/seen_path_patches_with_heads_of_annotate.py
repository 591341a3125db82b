# title: unfilled path patches as curves, with heads by annotate
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
    from matplotlib.path import Path
    from matplotlib.patches import PathPatch
    fig, ax = plt.subplots(figsize=(8, 8))
    ax.set(xlim=(.5, 3.5), ylim=(-.5, 3.7))
    for (u, v), l in lab.items():
        (a, b), (c, d) = pos[u], pos[v]
        dx, dy = c - a, d - b
        s = (a + .2 * dx, b + .2 * dy); e = (c - .2 * dx, d - .2 * dy)
        m = ((a + c) / 2 - .15 * dy, (b + d) / 2 + .15 * dx)
        ax.add_patch(PathPatch(Path([s, m, e], [Path.MOVETO, Path.CURVE3, Path.CURVE3]), fc="none", ec="k"))
        ax.annotate("", e, (e[0] - .05 * dx + .02 * -dy, e[1] - .05 * dy + .02 * dx), arrowprops=dict(arrowstyle="-|>", fc="k", shrinkA=0, shrinkB=0))
        ax.text(m[0], m[1], l, ha="center", va="center")
    for n, p in pos.items():
        ax.text(*p, n, ha="center", va="center", size=12, bbox=dict(boxstyle="circle", fc="w"))
    return G
