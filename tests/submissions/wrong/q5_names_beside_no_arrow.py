# title: arrows without symbols, and every name far from all ends of arrows
# loses: q5
# cases: q5 arrows in the drawing, q5 labels in the drawing
# full: q3 q4
# hint: names-too-far
# fill: init, forward
# form: notebook

# %%
import networkx as nx
import matplotlib.pyplot as plt


# %%
def graph():
    G = nx.DiGraph()
    for t in range(1, 4):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")

    pos = {f"{k}({t})": (2 * t, 2 * h) for t in range(1, 4) for h, k in enumerate("xazL")}
    fig, ax = plt.subplots(figsize=(9, 9))
    for tail, head, label in G.edges.data("label"):
        (x, y), (u, v) = pos[tail], pos[head]
        ax.annotate("", (u - 0.3 * (u > x), v - 0.3 * (v > y)), (x + 0.3 * (u > x), y + 0.3 * (v > y)),
                    arrowprops={"arrowstyle": "->"})
        ax.text((x + u) / 2 + 0.05, (y + v) / 2 + 0.05, label)
    for name, (x, y) in pos.items():
        ax.text(x + 4.5, y + 1, name, ha="center", va="center")
    ax.set_xlim(1, 12)
    ax.set_ylim(-1, 8)
    ax.axis("off")
    return G
