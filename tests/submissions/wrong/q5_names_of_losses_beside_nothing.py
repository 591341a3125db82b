# title: the names of the losses one step to the right of their nodes
# loses: q5
# cases: q5 names in the drawing
# full: q3 q4
# hint: names-astray
# fill: init, forward
# form: notebook

# %%
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np

# %%
KINDS = {"x": 0, "a": 1, "z": 2, "L": 3}

def where(name):
    return 2.0 * int(name[1]), 1.5 * KINDS[name[0]]

def draw_node(ax, name, text=None):
    x, y = where(name)
    ax.add_patch(plt.Circle((x, y), .32, fc="#ffe8b3", ec="#444", zorder=2))
    ax.text(x + (1 if name[0] == "L" else 0), y, text or name, ha="center", va="center", zorder=3)

def draw_edge(ax, u, v, label, **kw):
    (x0, y0), (x1, y1) = where(u), where(v)
    style = dict(arrowstyle="-|>", shrinkA=20, shrinkB=20, color="#444")
    style.update(kw)
    ax.annotate("", xy=(x1, y1), xytext=(x0, y0), arrowprops=style)
    ax.text((x0 + x1)/2 + .12, (y0 + y1)/2 + .08, label, color="purple", fontsize=11)

def edges():
    out = []
    for t in range(1, 4):
        out.append((f"x{t}", f"a{t}", "W"))
        out.append((f"a{t}", f"z{t}", "V"))
        out.append((f"z{t}", f"L{t}", "loss"))
    for t in range(2, 4):
        out.append((f"a{t-1}", f"a{t}", "R"))
    return out

def graph():
    G = nx.DiGraph()
    fig, ax = plt.subplots(figsize=(8, 7))
    for u, v, label in edges():
        G.add_edge(u, v, label=label)
    for n in G:
        draw_node(ax, n)
    for u, v, label in edges():
        draw_edge(ax, u, v, label)
    ax.set_xlim(1, 8); ax.set_ylim(-.7, 5.2); ax.set_aspect("equal"); ax.axis("off")
    return G
