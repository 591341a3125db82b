# title: graph is decorated with what a missing package would have given, so its definition fails
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 directed graph, q5 nodes, q5 names in the drawing, q5 edges, q5 edge labels
# cases: q5 arrows in the drawing, q5 labels in the drawing, q5 arrangement of the drawing
# hint: none

# %%
import networkx as nx
import matplotlib.pyplot as plt
from plotting_of_the_course import with_style

@with_style
def graph():
    g = nx.DiGraph()
    pos = {f"{kind}({t})": (t, h) for t in (1, 2, 3) for h, kind in enumerate("xazL")}
    for t in (1, 2, 3):
        g.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            g.add_edge(f"a({t-1})", f"a({t})", label="R")
        g.add_edge(f"a({t})", f"z({t})", label="V")
        g.add_edge(f"z({t})", f"L({t})", label="BCE")
    plt.figure(figsize=(7, 7))
    nx.draw(g, pos, with_labels=True, node_size=1500, node_color="pink")
    nx.draw_networkx_edge_labels(g, pos, nx.get_edge_attributes(g, "label"))
    plt.show()
    return g
