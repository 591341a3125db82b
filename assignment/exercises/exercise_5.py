# %% [markdown]
# ## Exercise 5: The network as a graph ([[ points.q5 ]] points)
#
# Unfolded over time, a recurrent network is a graph without cycles. Every quantity at every time step is a separate
# node, and an arrow from one node to another means that the first is used to compute the second. Here every step has
# a label $y(t)$, and therefore a loss $L(t) = L\bigl(z(t), y(t)\bigr)$.
#
# Write `graph()`, without parameters. It **returns** this graph for $t = [[ steps_list ]]$ as a directed `networkx`
# graph, such as an `nx.DiGraph`, and **draws** it with `matplotlib`.
#
# **Nodes** ([[ node_count ]]): $x(t)$, $a(t)$, $z(t)$ and $L(t)$ for $t = [[ steps_list ]]$. Choose one way to write
# their names:
#
# | node | for example |
# |:---|:---|
# | $x(1)$ | `x(1)`, `x1`, `x_1`, `x_{1}`, `$x_1$`, `x[1]`, `x(t=1)`, `('x', 1)` |
# | $a(1)$, $z(1)$ | the same |
# | $L(1)$ | the same, or `loss(1)`, `L(z(1), y(1))` |
#
# **Edges** ([[ edge_count ]]) and their labels:
#
# | edge | for | label |
# |:---|:---|:---|
# | from $x(t)$ to $a(t)$ | every $t$ | `W` |
# | from $a(t-1)$ to $a(t)$ | every $t$ but the first | `R` |
# | from $a(t)$ to $z(t)$ | every $t$ | `V` |
# | from $z(t)$ to $L(t)$ | every $t$ | any sensible label, such as `BCE` |
#
# Store the label as an attribute of the edge: `add_edge(..., label="W")`. `$W$` is as good as `W`.
#
# **The drawing** must be made by `graph()` itself and be readable without any explanation:
#
# - every node is shown with its name, on the node or beside it; a colour legend is not enough;
# - every edge is shown as an arrow with a head, and with its label;
# - all of it can be seen: names, labels, lines and arrowheads stand out from what is behind them, nothing covers them,
#   and the font size is at least 4 points. Big nodes hide arrowheads unless `draw_networkx_edges` gets the same `node_size`;
# - no two nodes overlap, and no edge runs through the middle of another node;
# - time runs along one axis, in the same direction for each of the four kinds $x$, $a$, $z$ and $L$;
# - along the other axis, the four kinds are in the same order at every time step.
#
# You may add more nodes: the initial state $a(0)$, with an edge to $a(1)$; the labels $y(t)$, with edges to $L(t)$; the
# sums $s(t)$, between $x(t)$, $a(t-1)$ and $a(t)$; the predictions $\hat y(t)$, between $z(t)$ and $L(t)$ or beside
# $L(t)$; and the parameters $W$, $R$ and $V$. Edges to or from these nodes need no label. You may also add a title, a time
# arrow or colours. Do not add other time steps, or other edges between the [[ node_count ]] nodes above.
#
# *Tips.* Return only the graph, not a tuple. Compute the position of each node from its kind and its time step. An
# automatic layout knows nothing about time and may be different in every run. Leave the figure open: end with
# `plt.show()` if you like, but not with `plt.close()`. To look at your drawing, call `graph()` in a cell of its own.
# The check below looks at the drawing as grading does. Hidden test cases check which edges there are, and what their
# labels say.

# %%
[[ stub.graph ]]

# %%
grader.check("q5")

# %% [markdown]
# *Try it (optional).* Remove the first `# ` of each line, and compare the list with the table of edges above.

# %%
# for start, end, label in graph().edges(data="label"):
#     print(start, "->", end, "  label:", label)
