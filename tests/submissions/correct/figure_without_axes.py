# title: the graph is drawn on the figure itself, which has no axes
# loses: nothing
# fill: init, forward
# form: notebook

# %%
import networkx as nx
import matplotlib.pyplot as plt
from matplotlib.patches import FancyArrowPatch

# %%
def graph():
    unfolded = nx.DiGraph()
    for t in (1, 2, 3):
        unfolded.add_edge(f"x{t}", f"a{t}", label="W")
        unfolded.add_edge(f"a{t}", f"z{t}", label="V")
        unfolded.add_edge(f"z{t}", f"L{t}", label="cross-entropy")
        if t < 3:
            unfolded.add_edge(f"a{t}", f"a{t + 1}", label="R")
    page = plt.figure(figsize=(9, 7))
    spot = {name: (0.25 * int(name[1]), 0.12 + 0.25 * "xazL".index(name[0])) for name in unfolded}
    for name, (across, up) in spot.items():
        page.text(across, up, name, ha="center", va="center", bbox={"boxstyle": "circle", "fc": "lemonchiffon"})
    for tail, head, says in unfolded.edges(data="label"):
        page.add_artist(FancyArrowPatch(spot[tail], spot[head], transform=page.transFigure, arrowstyle="-|>",
                                        mutation_scale=14, shrinkA=16, shrinkB=16))
        (x0, y0), (x1, y1) = spot[tail], spot[head]
        page.text((x0 + x1) / 2 + 0.015, (y0 + y1) / 2 + 0.015, says)
    plt.show()
    return unfolded

graph()
