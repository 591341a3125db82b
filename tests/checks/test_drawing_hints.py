"""Hints about drawings: each slip in a drawing by hand is named in the case that it costs, and others are not."""

from contextlib import suppress

import matplotlib as mpl
import matplotlib.pyplot as plt
import networkx as nx
import pytest
from matplotlib.patches import Circle

from assignment.checks import sight
from assignment.checks.unfolded import core_edges, core_nodes
from assignment.checks.watching import see
from assignment.hints.arrangement import arrangement_hint
from assignment.hints.arrows import arrows_hint
from assignment.hints.drawings import drawing_hint, names_hint
from assignment.hints.hiding import HEADS_OF_A_CALL, OF_ARROWS, OF_LABELS, OF_NAMES, hiding_hint
from assignment.hints.labels import label_texts_hint, labels_seen_hint
from autograder.checking import Mistake

pytestmark = pytest.mark.sampled(6, by="file")

STEPS = 3
LEVEL = {"x": 0, "a": 1, "z": 2, "L": 3}
LABELS = {"xa": "W", "aa": "R", "az": "V", "zL": "BCE"}


def network():
    graph = nx.DiGraph()
    for t in range(1, STEPS + 1):
        ends = [("x", t, "a"), ("a", t, "z"), ("z", t, "L"), *([("a", t - 1, "a")] if t > 1 else [])]
        for tail, time, head in ends:
            graph.add_edge(f"{tail}({time})", f"{head}({t})", label=LABELS[tail + head])
    return graph


def drawn(places=None, names=None, skip=(), turned=(), axes=None, **changes):
    """Draw the network by hand, with some changes.

    Args:
        places: other places of some nodes.
        names: other names of some nodes; None leaves one out.
        skip: edges that are not drawn, as the letters of their ends.
        turned: edges that are drawn the wrong way round, as the letters of their ends or as one edge.
        axes: what is done with the axes at the end.
        **changes: options of the circles, names, arrows and labels.
    """

    def graph():
        returned = changes.get("graph", network)()
        axes_here = plt.subplots(figsize=(8, 8))[1]
        place = {node: (3 * LEVEL[node[0]], -2 * int(node[2])) for node in network()} | dict(places or {})
        for node, at in place.items():
            axes_here.add_patch(Circle(at, changes.get("radius", 0.4), facecolor="wheat", **changes.get("circles", {})))
            if (name := dict(names or {}).get(node, node)) is not None:
                axes_here.text(*at, name, ha="center", va="center", **changes.get("texts", {}))
        for tail, head in network().edges:
            if tail[0] + head[0] in skip:
                continue
            is_turned = {tail[0] + head[0], f"{tail} > {head}"} & set(turned)
            ends = (place[head], place[tail]) if is_turned else (place[tail], place[head])
            style = {"arrowstyle": "->", "shrinkA": 22, "shrinkB": 22} | changes.get("arrows", {})
            style["arrowstyle"] = "-" if tail[0] + head[0] in changes.get("bare", ()) else style["arrowstyle"]
            axes_here.annotate("", xytext=ends[0], xy=ends[1], arrowprops=style)
            middle = [(one + other) / 2 for one, other in zip(*ends, strict=True)]
            label = changes.get("label", lambda tail, head: LABELS[tail[0] + head[0]])(tail, head)
            axes_here.text(middle[0], middle[1] + 0.15, label, **changes.get("labels", {}))
        axes_here.set(xlim=(-1, 10), ylim=(-7, -1))
        if axes:
            axes(axes_here)
        return returned

    return graph


def unlabelled():
    graph = network()
    for edge in graph.edges:
        graph.edges[edge].clear()
    return graph


def away(axes, name):
    """Move a name away from its node."""
    next(text for text in axes.texts if text.get_text() == name).set_position((9.5, -1.5))


FIRST = {"xa", "aa", "az", "zL"}
SLIPS = {
    "all right": (drawn(), arrangement_hint, None),
    "nothing drawn": (network, drawing_hint, "nothing-drawn"),
    "no names": (drawn(names=dict.fromkeys(network())), names_hint, "no-names"),
    "no f": (drawn(names={node: "x({t})" for node in network()}), names_hint, "f-missing"),
    "numbers": (drawn(names={node: str(number) for number, node in enumerate(network())}), names_hint, "numbers-drawn"),
    "no time": (drawn(names={node: node[0] for node in network()}), names_hint, "names-without-time"),
    "one name": (drawn(names={"z(2)": None}), names_hint, "name-not-drawn"),
    "one name twice": (drawn(names={"z(2)": "z(1)"}), names_hint, "name-twice"),
    "no name of L": (drawn(names={f"L({t})": None for t in (1, 2, 3)}), names_hint, "kind-not-drawn"),
    "names swapped": (drawn(names={"x(1)": "x(3)", "x(3)": "x(1)"}), names_hint, "names-swapped"),
    "names under nodes": (drawn(circles={"zorder": 9}), names_hint, "names-under-nodes"),
    "tiny names": (drawn(texts={"fontsize": 2}), names_hint, "letters-too-small"),
    "faint names": (drawn(texts={"alpha": 0.02}), names_hint, "transparent"),
    "white arrows": (drawn(arrows={"color": "white"}), arrows_hint, "same-colour"),
    "lines": (drawn(arrows={"arrowstyle": "-"}), arrows_hint, "no-heads"),
    "heads at both ends": (drawn(arrows={"arrowstyle": "<->"}), arrows_hint, "no-heads"),
    "backwards": (drawn(turned=FIRST), arrows_hint, "drawn-backwards"),
    "recurrence backwards": (drawn(turned={"aa"}), arrows_hint, "kind-drawn-backwards"),
    "one edge backwards": (drawn(turned={"z(2) > L(2)"}), arrows_hint, "edge-drawn-backwards"),
    "recurrence without heads": (drawn(bare={"aa"}), arrows_hint, "heads-of-a-kind-missing"),
    "losses near": (
        drawn(
            {f"L({t})": (6.85, -2 * t) for t in (1, 2, 3)},
            arrows={"shrinkA": 0, "shrinkB": 32},
            circles={"zorder": 5},
            texts={"zorder": 6},
            labels={"zorder": 7},
        ),
        arrows_hint,
        "nodes-too-near",
    ),
    "no edges": (drawn(skip=FIRST), arrows_hint, "edges-not-drawn"),
    "no recurrence": (drawn(skip={"aa"}), arrows_hint, "edges-of-a-kind-not-drawn"),
    "heads under nodes": (
        drawn(arrows={"shrinkA": 0, "shrinkB": 0}, circles={"zorder": 5}, texts={"zorder": 6}),
        arrows_hint,
        "heads-hidden",
    ),
    "losses cut off": (drawn(axes=lambda axes: axes.set_xlim(-1, 8)), arrows_hint, "part-hidden"),
    "no labels": (drawn(graph=unlabelled, label=lambda tail, head: ""), labels_seen_hint, "no-labels"),
    "labels not drawn": (drawn(label=lambda tail, head: ""), labels_seen_hint, "labels-not-drawn"),
    "swapped labels": (
        drawn(graph=unlabelled, label=lambda tail, head: {"xa": "R", "aa": "W"}.get(tail[0] + head[0], "V")),
        label_texts_hint,
        "labels-swapped",
    ),
    "two labels wrong": (
        drawn(graph=unlabelled, label=lambda tail, head: "V" if head == "a(3)" else LABELS[tail[0] + head[0]]),
        label_texts_hint,
        None,
    ),
    "time 1, 3, 2": (
        drawn({node: (3 * LEVEL[node[0]], -2 * (0, 1, 3, 2)[int(node[2])]) for node in network()}),
        arrangement_hint,
        "time-order",
    ),
    "one kind mislabelled": (
        drawn(graph=unlabelled, label=lambda tail, head: LABELS[tail[0] + head[0]].replace("V", "W")),
        label_texts_hint,
        "labels-of-a-kind-wrong",
    ),
    "one place": (drawn(dict.fromkeys(network(), (1, -2))), arrangement_hint, "all-at-one-point"),
    "one line": (
        drawn({node: (LEVEL[node[0]] + 3 * int(node[2]), -2) for node in network()}),
        arrangement_hint,
        "on-one-line",
    ),
    "no time in positions": (
        drawn({node: (3 * LEVEL[node[0]], -2) for node in network() if node[0] != "L"}),
        arrangement_hint,
        "position-without-time",
    ),
    "inputs backwards": (
        drawn({f"x({t})": (0, 2 * t - 8) for t in (1, 2, 3)}),
        arrangement_hint,
        "kind-backwards-in-time",
    ),
    "big nodes": (drawn(radius=1.2), arrangement_hint, "nodes-too-big"),
    "two pairs": (drawn({"L(1)": (6.5, -2), "L(2)": (6.5, -4)}), arrangement_hint, "nodes-overlap"),
    "two nodes": (drawn({"L(1)": (9, -3.7)}), arrangement_hint, "two-nodes-overlap"),
    "one name only": (drawn(names={node: None for node in network() if node != "x(1)"}), arrangement_hint, None),
    "two names": (drawn(names={"x(1)": None, "x(2)": None}), names_hint, None),
    "two kinds backwards": (
        drawn({f"{kind}({t})": (3 * LEVEL[kind], 2 * t - 8) for t in (1, 2, 3) for kind in "xL"}),
        arrangement_hint,
        None,
    ),
    "two kinds of edges missing": (drawn(skip={"xa", "aa"}), arrows_hint, None),
    "a name far from its node": (drawn(axes=lambda axes: away(axes, "z(2)")), arrows_hint, None),
    "two labels missing": (
        drawn(graph=unlabelled, label=lambda tail, head: LABELS[tail[0] + head[0]] * (head not in {"a(1)", "z(2)"})),
        label_texts_hint,
        None,
    ),
    "labels all right": (drawn(), labels_seen_hint, None),
    "labels in a corner": (
        drawn(label=lambda tail, head: "", axes=lambda axes: [axes.text(9.8, -1.1, "W") for _ in range(11)]),
        labels_seen_hint,
        "labels-elsewhere",
    ),
    "labels under near nodes": (
        drawn(
            {node: (0.82 * LEVEL[node[0]], -2 * int(node[2])) for node in network()},
            arrows={"shrinkA": 0, "shrinkB": 0},
            circles={"zorder": 9},
            texts={"zorder": 10},
        ),
        labels_seen_hint,
        "nodes-too-near",
    ),
}


@pytest.mark.parametrize(("graph", "diagnose", "expected"), SLIPS.values(), ids=SLIPS)
def test_a_drawing_tells_the_slip(graph, diagnose, expected):
    """The hint of the case names the slip, or says nothing."""
    with mpl.rc_context():
        seen = see(graph, STEPS)
        plt.close("all")
    hint = None
    with suppress(Mistake):  # as in the cases: what cannot be read has no hint
        hint = diagnose(seen)
    assert (hint.key if hint else None) == expected


def test_one_time_step_may_be_on_one_line():
    """Where the graph has one step only, a row is no fault, and what else is wrong is named."""

    def graph():
        returned = nx.DiGraph(network().subgraph(["x(1)", "a(1)", "z(1)", "L(1)"]))
        nx.draw(returned, {node: (0, LEVEL[node[0]]) for node in returned}, with_labels=True, node_size=40_000)
        return returned

    seen = see(graph, STEPS)
    plt.close("all")
    assert arrangement_hint(seen).key == "nodes-too-big"


@pytest.mark.parametrize(
    ("hidden", "expected", "words"),
    [
        ({"x(1)": sight.COLOUR, "z(2)": sight.COLOUR}, "same-colour", "2 of the 12 names are like this"),
        ({"x(1)": sight.COLOUR}, "same-colour", "Only the name of x(1) is like this"),
        ({"x(1)": sight.COLOUR, "z(2)": sight.TRANSPARENT}, None, ""),
        ({"x(1)": sight.COVERED, "z(2)": sight.COVERED}, "covered", ""),
        ({f"{kind}(2)": sight.COVERED for kind in "xazL"}, "part-hidden", "all the names of t = 2"),
        ({f"x({t})": sight.COVERED for t in (1, 2, 3)}, "part-hidden", "all the names of x(t)"),
    ],
)
def test_names_that_have_something_in_common(hidden, expected, words):
    """The hint says which names are hidden. Where the reasons differ, there is none."""
    hint = hiding_hint({name: hidden.get(str(name)) for name in core_nodes(STEPS)}, OF_NAMES)
    assert (hint.key if hint else None) == expected
    assert words in (hint.words if hint else "")


@pytest.mark.parametrize(
    ("sorts", "things", "key", "words"),
    [
        ({"xa"}, OF_LABELS, "part-hidden", "all the labels of the edges from x(t) to a(t)"),
        ({"xa", "az"}, OF_LABELS, "covered", "6 of the 11 labels"),
        ({"aa"}, OF_ARROWS, "part-hidden", "all the arrows from a(t-1) to a(t)"),
    ],
)
def test_edges_that_have_something_in_common(sorts, things, key, words):
    """All edges of one kind are named by their ends, others are counted."""
    reasons = {edge: sight.COVERED * (edge[0].kind + edge[1].kind in sorts) for edge in core_edges(STEPS)}
    hint = hiding_hint(reasons, things)
    assert hint.key == key
    assert words in hint.words


@pytest.mark.parametrize(
    ("hidden", "words"),
    [
        ({"a(2)"}, "2 of the 11 arrows are like this: the nodes may cover their heads."),
        ({"z(2)"}, "Only the arrow of a(2) -> z(2) is like this: the nodes may cover its head."),
        ({"z(1)", "z(2)", "z(3)"}, "These are all the arrows from a(t) to z(t): the nodes may cover their heads."),
    ],
)
def test_some_heads_that_nodes_may_cover(hidden, words):
    """The hint asks for the size of the nodes, whether the edges are of one kind or not, or a single one."""
    reasons = {edge: sight.COVERED * (str(edge[1]) in hidden) for edge in core_edges(STEPS)}
    hint = hiding_hint(reasons, OF_ARROWS, perhaps=HEADS_OF_A_CALL)
    assert hint.key == "heads-hidden-in-part"
    assert words in hint.words
    assert "node_size" in hint.words


def test_short_heads_get_the_options_of_each_kind_of_arrow():
    """Arrows of networkx and of annotate are measured in points, but those of ax.arrow in the units of the axes."""
    words = hiding_hint(dict.fromkeys(core_edges(STEPS), sight.SHORT), OF_ARROWS).words
    for option in ("arrowsize", "mutation_scale", "ax.arrow", "head_width", "head_length"):
        assert option in words
