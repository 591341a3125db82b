# title: four axes one above the other, one for each kind, joined by arrows
# loses: nothing
# fill: init, forward
# form: notebook

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

    fig, rows = plt.subplots(4, 1, figsize=(8, 9))
    home = {}
    for n, (t, k) in pos.items():
        home[n] = rows[3 - k]
        home[n].plot(t, 0, "o", ms=36, mfc="azure", mec="steelblue")
        home[n].text(t, 0, n, ha="center", va="center")
    for row in rows:
        row.set(xlim=(0.5, 3.5), ylim=(-1, 1))
        row.axis("off")
    fig.canvas.draw()
    place = {n: fig.transFigure.inverted().transform(home[n].transData.transform((pos[n][0], 0))) for n in G}
    for (u, v), word in labels.items():
        fig.add_artist(ConnectionPatch((pos[u][0], 0), (pos[v][0], 0), "data", "data", axesA=home[u], axesB=home[v],
                                       arrowstyle="->", mutation_scale=18, shrinkA=20, shrinkB=20))
        fig.text(*(place[u] + place[v]) / 2 + 0.01, word)
    plt.show()
    return G


# %%
graph()
