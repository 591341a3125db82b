"""Exercise 5: the computational graph of the recurrent network, unfolded over time."""

# matplotlib's keyword arguments have no types, and networkx graphs take no type arguments at run time.
# pyright: reportUnknownMemberType=false, reportMissingTypeArgument=false, reportUnknownParameterType=false
# mypy: disable-error-code="type-arg"
import matplotlib.pyplot as plt
import networkx as nx

from assignment.settings import STEPS


def graph() -> nx.DiGraph:
    """Build the computational graph of the network, unfolded over time, and draw it.

    The nodes are x(t), a(t), z(t) and L(t) for t = 1, ..., STEPS, named as exercise 5 says, such as "x(1)". The edges
    point in the direction of the computation: from x(t) to a(t), from a(t-1) to a(t) for t > 1, from a(t) to z(t), and
    from z(t) to L(t). Every edge has an attribute `label`. It is W, R or V if the start of the edge is multiplied by
    that matrix. On the edge from z(t) to L(t) it is a word or symbol of your choice for the loss.

    Draw with matplotlib. Show every node with its name, and every edge as an arrow with its label. Time runs along one
    axis. Along the other, the four kinds of nodes are in the same order at every time step. No node or label covers
    another, and no edge runs through the middle of another node.

    Returns:
        The graph, with the labels of its edges.
    """
    unfolded: nx.DiGraph[str] = nx.DiGraph()
    for t in range(1, STEPS + 1):
        unfolded.add_edge(f"x({t})", f"a({t})", label="$W$")
        if t > 1:
            unfolded.add_edge(f"a({t - 1})", f"a({t})", label="$R$")
        unfolded.add_edge(f"a({t})", f"z({t})", label="$V$")
        unfolded.add_edge(f"z({t})", f"L({t})", label=r"$\mathrm{BCE}$")

    # Lengths are in inches: a time step is a column, with x(t) at the bottom and L(t) at the top.
    column, row, diameter = 1.8, 1.45, 0.75
    position = {node: (column * int(node[2:-1]), row * "xazL".index(node[0])) for node in unfolded}
    fill = {"x": "#dbe9f6", "a": "#fde8cd", "z": "#dcefdc", "L": "#f8dbe0"}
    outline = {"x": "#5b8db8", "a": "#d2904a", "z": "#66a36b", "L": "#c56d80"}
    ink = "#3d4451"

    figure = plt.figure(figsize=(column * STEPS, row * 4))
    axes = figure.add_axes((0, 0, 1, 1), xlim=(column / 2, column * (STEPS + 0.5)), ylim=(-row / 2, row * 3.5))
    size = (72 * diameter) ** 2
    nx.draw_networkx_nodes(
        unfolded,
        position,
        ax=axes,
        node_size=size,
        node_color=[fill[node[0]] for node in unfolded],
        edgecolors=[outline[node[0]] for node in unfolded],
        linewidths=1.5,
    )
    nx.draw_networkx_edges(
        unfolded, position, ax=axes, node_size=size, edge_color=ink, width=1.4, arrowstyle="-|>", arrowsize=17
    )
    names = {node: f"${node}$" for node in unfolded}
    nx.draw_networkx_labels(unfolded, position, names, ax=axes, font_size=18, font_color=ink)
    for start, end, data in unfolded.edges(data=True):
        (x0, y0), (x1, y1) = position[start], position[end]
        if y0 == y1:  # through time: the label stands above the arrow
            axes.text((x0 + x1) / 2, y0 + 0.1, data["label"], fontsize=15, color=ink, ha="center", va="bottom")
        else:  # within a time step: the label stands to the right of the arrow
            axes.text(x0 + 0.11, (y0 + y1) / 2, data["label"], fontsize=15, color=ink, ha="left", va="center")
    plt.setp(axes.texts, math_fontfamily="cm")
    axes.set_axis_off()
    return unfolded
