# title: black names on nodes that a colour map makes black
# loses: q5
# full: q3, q4
# only: drawing
# fill: init, forward
# form: notebook
# cases: q5 names in the drawing
# hint: same-colour

# %%
import matplotlib.pyplot as plt
import networkx as nx


# %%
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
        if t > 1:
            G.add_edge(f"a({t - 1})", f"a({t})", label="R")
    pos = {n: (int(n[2]), "xazL".index(n[0])) for n in G}
    lab = nx.get_edge_attributes(G, "label")
    plt.figure(figsize=(7, 7))
    nx.draw(G, pos, with_labels=True, node_size=800, node_color=["xazL".index(n[0]) for n in G], cmap="inferno")
    nx.draw_networkx_edge_labels(G, pos, lab)
    return G
