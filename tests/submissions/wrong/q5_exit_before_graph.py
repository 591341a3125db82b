# title: exit() in a cell above the definition of graph
# loses: q5
# full: q3, q4
# only: all
# fill: init, forward
# form: notebook
# cases: q5 directed graph, q5 nodes, q5 names in the drawing, q5 edges, q5 edge labels
# cases: q5 arrows in the drawing, q5 labels in the drawing, q5 arrangement of the drawing
# hint: none

# %%
import sys
print('exercise 3 and 4 work')
exit()

# %%
# Aufgabe 5
import networkx as nx
import matplotlib.pyplot as plt

def graph():
    G = nx.DiGraph()
    pos = {}
    for t in range(1, 4):
        x, a, z, L = f"$x_{t}$", f"$a_{t}$", f"$z_{t}$", f"$L_{t}$"
        pos[x], pos[a], pos[z], pos[L] = (t, 0), (t, 1), (t, 2), (t, 3)
        G.add_edge(x, a, weight="$W$")
        G.add_edge(a, z, weight="$V$")
        G.add_edge(z, L, weight="$y_%d$" % t)
    G.add_edge("$a_1$", "$a_2$", weight="$R$")
    G.add_edge("$a_2$", "$a_3$", weight="$R$")

    nx.draw(G, pos, with_labels=True, node_color="white", edgecolors="black", node_size=800)
    nx.draw_networkx_edge_labels(G, pos, edge_labels=nx.get_edge_attributes(G, "weight"))
    plt.show()
    return G

# %%
graph();
