# title: a brace is missing in the formulas of the names: matplotlib cannot draw the figure
# loses: q5
# full: q3, q4
# only: drawing
# fill: init, forward
# form: notebook
# cases: q5 names in the drawing, q5 arrows in the drawing, q5 labels in the drawing
# cases: q5 arrangement of the drawing
# hint: none

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
    names = {n: f"${n[0]}_{{{n[2]}$" for n in G}
    plt.figure(figsize=(8, 8))
    nx.draw(G, pos, labels=names, with_labels=True, node_size=800, node_color="lightblue")
    nx.draw_networkx_edge_labels(G, pos, lab)
    return G
