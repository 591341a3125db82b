# title: arrows with an empty line style, of which nothing is drawn
# loses: q5
# full: q3, q4
# fill: init, forward
# form: notebook
# cases: q5 arrows in the drawing
# hint: invisible

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
    fig, ax = plt.subplots(figsize=(7, 7))
    nx.draw_networkx_nodes(G, pos, node_size=700, node_color="lightblue")
    nx.draw_networkx_edges(G, pos, node_size=700, style="", arrowstyle="->")
    nx.draw_networkx_labels(G, pos)
    for u, v, d in G.edges(data=True):
        mx, my = (pos[u][0] + pos[v][0]) / 2, (pos[u][1] + pos[v][1]) / 2
        ax.text(mx + 0.04, my - 0.1, d["label"])
    ax.axis("off")
    return G
