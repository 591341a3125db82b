# title: graph never ends, t is not counted up
# loses: q5
# hint: none
# full: q3, q4
# fill: init, forward
# form: notebook
# waits: sandbox

# %%
import networkx as nx
import matplotlib.pyplot as plt

def graph():
    g = nx.DiGraph()
    pos = {}
    t = 1
    while t <= 3:
        for height, kind in enumerate("xazL"):
            pos[f"{kind}({t})"] = (t, height)
        g.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            g.add_edge(f"a({t-1})", f"a({t})", label="R")
        g.add_edge(f"a({t})", f"z({t})", label="V")
        g.add_edge(f"z({t})", f"L({t})", label="BCE")
    plt.figure(figsize=(7, 7))
    nx.draw(g, pos, with_labels=True, node_size=1500, node_color="lightblue")
    nx.draw_networkx_edge_labels(g, pos, nx.get_edge_attributes(g, "label"))
    plt.show()
    return g
