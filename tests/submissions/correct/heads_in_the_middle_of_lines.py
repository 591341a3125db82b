# title: lines have a short arrow of their colour in the middle, and their labels beside it
# loses: nothing
# fill: init, forward

# %%
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np


# %%
def build():
    G, pos = nx.DiGraph(), {}
    for t in (1, 2, 3):
        for row, kind in enumerate("xazL"):
            pos[f"{kind}({t})"] = (1.6 * t, 1.3 * row)
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            G.add_edge(f"a({t - 1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
    return G, pos


def graph():
    G, pos = build()
    fig, ax = plt.subplots(figsize=(8, 8))
    for tail, head, label in G.edges(data="label"):
        p, q = np.array(pos[tail]), np.array(pos[head])
        ax.plot(*zip(p, q), color="gray", lw=1.5, zorder=1)
        style = dict(arrowstyle="-|>", mutation_scale=20, color="gray")
        ax.annotate("", xy=p + 0.55 * (q - p), xytext=p + 0.45 * (q - p), arrowprops=style)
        ax.text(*((p + q) / 2 + 0.1 * (q - p)[::-1]), label)
    ax.scatter(*zip(*pos.values()), s=1200, c="w", edgecolors="k", zorder=2)
    for name, place in pos.items():
        ax.text(*place, name, ha="center", va="center", zorder=3)
    return G
