# title: graph() draws and returns in the first round of its loop
# loses: q5
# cases: q5 nodes, q5 edges
# full: q3, q4
# hint: return-in-loop
# fill: init, forward
# form: notebook

# %%
import networkx as nx
import matplotlib.pyplot as plt


# %%
def graph():
    net = nx.DiGraph()
    where = {}
    for t in [1, 2, 3]:
        for row, letter in enumerate("xazL"):
            where[f"{letter}[{t}]"] = (t, row)
        net.add_edge(f"x[{t}]", f"a[{t}]", what="W")
        net.add_edge(f"a[{t}]", f"z[{t}]", what="V")
        net.add_edge(f"z[{t}]", f"L[{t}]", what="cross-entropy")
        if t > 1:
            net.add_edge(f"a[{t - 1}]", f"a[{t}]", what="R")
        plt.figure(figsize=(6, 6))
        nx.draw(net, where, with_labels=True, node_size=1100, node_color="khaki")
        nx.draw_networkx_edge_labels(net, where, nx.get_edge_attributes(net, "what"))
        plt.show()
        return net


# %%
graph();
