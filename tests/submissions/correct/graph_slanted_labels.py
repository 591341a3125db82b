# title: labels turned along slanted edges, with another label in the corner of their box
# loses: nothing
# fill: init, forward
# form: notebook

# %%
import math

import matplotlib.pyplot as plt
import networkx as nx


# %%
def graph():
    g = nx.DiGraph()
    for t in (1, 2, 3):
        g.add_edge(f"x({t})", f"a({t})", label="W (input weights)")
        g.add_edge(f"a({t})", f"z({t})", label="V (output weights)")
        g.add_edge(f"z({t})", f"L({t})", label="loss")
        if t > 1:
            g.add_edge(f"a({t - 1})", f"a({t})", label="R")
    rows = {"x": 0, "a": 1, "z": 2, "L": 3}
    places = {n: (3 * int(n[2]) + 2.4 * rows[n[0]], 2 * rows[n[0]] + 0.9 * int(n[2])) for n in g}
    plt.figure(figsize=(13, 9))
    nx.draw_networkx_nodes(g, places, node_size=900, node_color="lightyellow", edgecolors="black")
    nx.draw_networkx_labels(g, places)
    nx.draw_networkx_edges(g, places, node_size=900)
    for (tail, head), text in nx.get_edge_attributes(g, "label").items():
        (x, y), (u, v) = places[tail], places[head]
        ax = plt.gca()
        angle = ax.transData.transform_angles([math.degrees(math.atan2(v - y, u - x))], [[x, y]])[0]
        share = 0.4 if text == "R" else 0.5
        plt.text(x + share * (u - x), y + share * (v - y), text, rotation=angle, rotation_mode="anchor", ha="center", va="bottom", fontsize=14)
    return g
