# title: range(2, 3): the graph lacks a(2) -> a(3), the drawing (by hand) has it
# loses: q5
# full: q3, q4
# only: graph
# fill: init, forward
# form: notebook
# cases: q5 edges
# hint: edge-missing

# %%
import networkx as nx
import matplotlib.pyplot as plt

# %%
def graph():
    steps = (1, 2, 3)
    pos = {}
    for t in steps:
        for height, letter in enumerate("xazL"):
            pos[f"{letter}_{t}"] = (2 * t, height)

    edges = []
    for t in steps:
        if t > 1:
            edges.append((f"a_{t - 1}", f"a_{t}", "R"))
        edges.append((f"x_{t}", f"a_{t}", "W"))
        edges.append((f"a_{t}", f"z_{t}", "V"))
        edges.append((f"z_{t}", f"L_{t}", "BCE"))

    G = nx.DiGraph()
    for t in range(1, 4):
        G.add_edge(f"x_{t}", f"a_{t}", label="W")
        G.add_edge(f"a_{t}", f"z_{t}", label="V")
        G.add_edge(f"z_{t}", f"L_{t}", label="BCE")
    for t in range(2, 3):
        G.add_edge(f"a_{t - 1}", f"a_{t}", label="R")

    # I like my own arrows better than the ones of networkx
    fig, ax = plt.subplots(figsize=(7, 6))
    for name, (x, y) in pos.items():
        ax.scatter(x, y, s=900, color="khaki", edgecolor="black", zorder=3)
        ax.text(x, y, name, ha="center", va="center", zorder=4)
    for start, end, name in edges:
        (x0, y0), (x1, y1) = pos[start], pos[end]
        ax.annotate("", xy=(x1, y1), xytext=(x0, y0),
                    arrowprops=dict(arrowstyle="-|>", color="black", shrinkA=16, shrinkB=16))
        ax.text((x0 + x1) / 2 + 0.06, (y0 + y1) / 2 + 0.06, name, color="red")
    ax.set_xlim(1.3, 6.7)
    ax.set_ylim(-0.5, 3.5)
    ax.axis("off")
    plt.show()
    return G


# %%
graph()
