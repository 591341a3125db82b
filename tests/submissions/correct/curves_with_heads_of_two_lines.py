# title: every edge is a curve through thirty points, with a head of two short lines
# loses: nothing
# fill: init, forward
# form: notebook

# %%
import numpy as np
import matplotlib.pyplot as plt
import networkx as nx
def build():
    G = nx.DiGraph()
    for t in range(1, 4):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1: G.add_edge(f"a({t-1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
    pos = {n: (100.0 * int(n[2]), 100.0 * "xazL".index(n[0])) for n in G}
    return G, pos
def graph():
    G, pos = build()
    fig, ax = plt.subplots(figsize=(8, 8))
    for n, p in pos.items():
        ax.text(*p, n, ha="center", va="center", bbox=dict(boxstyle="circle,pad=0.3", fc="w"), zorder=4)
    for u, v, l in G.edges.data("label"):
        p, q = np.array(pos[u]), np.array(pos[v])
        d = (q - p) / np.hypot(*(q - p)); n = np.array([-d[1], d[0]])
        ax.text(*((p + q) / 2 + 9 * n), l, ha="center", va="center", color="navy")
        a, b = p + 18 * d, q - 18 * d
        s = np.linspace(0, 1, 30)[:, None]
        e = b
        c = (1 - s) ** 2 * a + 2 * s * (1 - s) * ((a + e) / 2 + 6 * n) + s ** 2 * e
        ax.plot(*c.T, "k-", lw=1)
        for k in (1, -1): ax.plot(*np.array([b, b - 8 * d + k * 5 * n]).T, "k-", lw=1)
    ax.set_xlim(50, 350); ax.set_ylim(-50, 350); ax.set_aspect("equal"); ax.axis("off")
    return G
