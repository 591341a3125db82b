# title: an axes for each time step; the arrows of the figure lie below their white grounds
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 arrows in the drawing
# hint: covered

# %%
import networkx as nx
import matplotlib.pyplot as plt
from matplotlib.patches import ConnectionPatch


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

    fig, panels = plt.subplots(1, 3, figsize=(12, 7))
    home = {}
    for n, (t, k) in pos.items():
        home[n] = panels[t - 1]
        home[n].text(0.5, k, n, ha="center", va="center", bbox=dict(boxstyle="circle", fc="lightyellow"))
    for panel in panels:
        panel.set(xlim=(0, 1), ylim=(-0.5, 3.5), xticks=[], yticks=[])
    fig.subplots_adjust(wspace=0)
    fig.canvas.draw()
    for (u, v), word in labels.items():
        p, q = (0.5, pos[u][1]), (0.5, pos[v][1])
        fig.add_artist(ConnectionPatch(p, q, "data", "data", axesA=home[u], axesB=home[v], arrowstyle="-|>",
                                       mutation_scale=16, shrinkA=20, shrinkB=20, fc="k", zorder=-1))
        (x0, y0), (x1, y1) = (fig.transFigure.inverted().transform(home[n].transData.transform(xy))
                              for n, xy in ((u, p), (v, q)))
        fig.text((x0 + x1) / 2 + 0.012, (y0 + y1) / 2 + 0.012, word)
    plt.show()
    return G


# %%
graph()
