# title: the initial state a(0) also goes to a(2)
# loses: q5
# full: q3, q4
# only: graph
# fill: init, forward
# form: notebook
# cases: q5 edges
# hint: initial-state

# %% [markdown]
# ## Exercise 5: the computational graph

# %%
import networkx as nx
import matplotlib.pyplot as plt


def graph():
    G = nx.DiGraph()
    G.add_edge("a(0)", "a(1)", label="R")
    for t in range(1, 4):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")

    row = {"x": 0, "a": 1, "z": 2, "L": 3}
    pos = {n: (int(n[2]), row[n[0]]) for n in G}
    plt.figure(figsize=(9, 6))
    nx.draw(G, pos, with_labels=True, node_size=1200, node_color="lightblue")
    nx.draw_networkx_edge_labels(G, pos, edge_labels=nx.get_edge_attributes(G, "label"))
    G.add_edge("a(0)", "a(2)", label="R")
    curve = "arc3,rad=0.22"
    nx.draw_networkx_edges(G, pos, edgelist=[("a(0)", "a(2)")], node_size=1200, connectionstyle=curve)
    nx.draw_networkx_edge_labels(G, pos, {("a(0)", "a(2)"): "R"}, label_pos=0.7, connectionstyle=curve)
    plt.show()
    return G


# %%
G = graph()
