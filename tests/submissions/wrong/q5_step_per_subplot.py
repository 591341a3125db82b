# title: one subplot for each time step, so the recurrent edges are not drawn
# loses: q5
# full: q3, q4
# only: drawing
# fill: init, forward
# form: notebook
# cases: q5 arrows in the drawing, q5 labels in the drawing
# hint: edges-of-a-kind-not-drawn

# %% [markdown]
# ## Exercise 5: the computational graph

# %%
import networkx as nx
import matplotlib.pyplot as plt


def graph():
    G = nx.DiGraph()
    for t in range(1, 4):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")

    row = {"x": 0, "a": 1, "z": 2, "L": 3}
    pos = {n: (int(n[2]), row[n[0]]) for n in G}
    fig, axes = plt.subplots(1, 3, figsize=(9, 6))
    for t in (1, 2, 3):
        H = G.subgraph([n for n in G if f"({t})" in n])
        nx.draw(H, pos, ax=axes[t - 1], with_labels=True, node_size=1000, node_color="lightblue")
        nx.draw_networkx_edge_labels(H, pos, nx.get_edge_attributes(H, "label"), ax=axes[t - 1])
        axes[t - 1].set_title(f"t = {t}")
    plt.show()
    return G


# %%
G = graph()
