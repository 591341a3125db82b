# title: arrows run from rim to rim of large circles, with narrow labels beside them
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
    ax.set_aspect("equal")
    ax.set(xlim=(0.8, 5.6), ylim=(-0.7, 4.6))
    ax.axis("off")
    for name, place in pos.items():
        ax.add_patch(plt.Circle(place, 0.4, fc="#eef", ec="navy"))
        ax.text(*place, name, ha="center", va="center")
    for tail, head, label in G.edges(data="label"):
        p, q = np.array(pos[tail]), np.array(pos[head])
        d = (q - p) / np.linalg.norm(q - p)
        style = dict(arrowstyle="-|>", color="navy", shrinkA=0, shrinkB=0)
        ax.annotate("", q - 0.42 * d, p + 0.42 * d, arrowprops=style)
        ax.text(*((p + q) / 2 + 0.2 * d[::-1]), label, ha="center", va="center", fontsize=11)
    return G
