# title: margins longer than the edges, for which matplotlib leaves the heads under the nodes
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 arrows in the drawing
# hint: heads-hidden

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
    plt.figure(figsize=(5, 4))
    nx.draw_networkx_nodes(G, pos, node_size=350, node_color="lightgreen")
    nx.draw_networkx_labels(G, pos, font_size=8)
    nx.draw_networkx_edges(G, pos, node_size=350, min_source_margin=40, min_target_margin=40)
    for u, v, d in G.edges(data=True):
        mx, my = (pos[u][0] + pos[v][0]) / 2, (pos[u][1] + pos[v][1]) / 2
        plt.text(mx + 0.05, my + 0.05, d["label"], fontsize=8)
    plt.axis("off")
    return G
