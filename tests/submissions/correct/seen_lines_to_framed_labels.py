# title: plain names; a line from each to a framed label, and an arrow from there on
# loses: nothing
# fill: init, forward
# form: notebook

# %%
import networkx as nx, matplotlib.pyplot as plt
# %%
def graph():
    """every edge is a line to its label and an arrow on from there"""
    G = nx.DiGraph(); fig, ax = plt.subplots(figsize=(10, 8))
    pos = {(k, t): (2 * t, 2 * i) for i, k in enumerate("xazL") for t in (1, 2, 3)}
    for (k, t), p in pos.items():
        ax.text(*p, f"{k}({t})", ha="center", va="center", fontsize=13)
    for (k, t) in pos:
        for nxt, l in {"x": [(("a", t), "W")], "a": [(("z", t), "V"), (("a", t + 1), "R")], "z": [(("L", t), "BCE")], "L": []}[k]:
            if nxt not in pos: continue
            G.add_edge(f"{k}({t})", f"{nxt[0]}({nxt[1]})", label=l)
            (x0, y0), (x1, y1) = pos[k, t], pos[nxt]
            m = ((x0 + x1) / 2, (y0 + y1) / 2)
            o = (.3, 0) if y0 == y1 else (0, .3)
            ax.plot([x0 + o[0], m[0]], [y0 + o[1], m[1]], c="k", lw=1, zorder=1)
            ax.annotate(l, xy=(x1 - o[0], y1 - o[1]), xytext=m, ha="center", va="center", bbox=dict(fc="w", ec="w"), arrowprops=dict(arrowstyle="->"))
    ax.set_xlim(1, 7); ax.set_ylim(-1, 7); ax.set_axis_off()
    return G
