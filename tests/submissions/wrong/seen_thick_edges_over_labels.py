# title: labels drawn before thick edges, which cover them
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 labels in the drawing
# hint: covered

# %%
def make():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
    pos = {n: (int(n[2]), "xazL".index(n[0])) for n in G}
    return G, pos

# %%
def graph():
    G, pos = make()
    plt.figure(figsize=(7, 7))
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"), font_size=7, rotate=True)
    nx.draw_networkx_edges(G, pos, width=4, node_size=500, edge_color="gray")
    nx.draw_networkx_nodes(G, pos, node_size=500, node_color="gold")
    nx.draw_networkx_labels(G, pos, font_size=9)
    plt.axis("off")
    return G
