# title: the graph is built and drawn in a cell, there is no function graph
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

G = nx.DiGraph()
place = {}
for t in (1, 2, 3):
    for height, kind in enumerate("xazL"):
        place[f"{kind}({t})"] = (t, height)
for t in (1, 2, 3):
    G.add_edge(f"x({t})", f"a({t})", label="W")
    if t > 1:
        G.add_edge(f"a({t-1})", f"a({t})", label="R")
    G.add_edge(f"a({t})", f"z({t})", label="V")
    G.add_edge(f"z({t})", f"L({t})", label="BCE")

# %%
plt.figure(figsize=(7, 7))
nx.draw(G, place, with_labels=True, node_size=1500, node_color="lightblue")
nx.draw_networkx_edge_labels(G, place, nx.get_edge_attributes(G, "label"))
plt.show()
