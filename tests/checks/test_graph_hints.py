"""Hints about the unfolded graph: each slip is recognised by the nodes and edges that it gives, and others are not."""

import networkx as nx
import pytest

from assignment.checks.network import network_of
from assignment.checks.unfolded import core_edges, core_nodes
from assignment.checks.watching import Seen
from assignment.hints.graphs import graph_edges_hint, graph_nodes_hint, type_hint
from assignment.hints.hint import Hint, add_hints
from autograder.checking import Mistake, Watched
from autograder.checking.calls import mistake_of
from tests.support.hints import all_hints, keys_in

STEPS = 3


def edges_of(steps=STEPS):
    """The edges of the right graph, as text."""
    return [f"{tail} > {head}" for tail, head in core_edges(steps)]


def every(pattern, steps=(1, 2, 3)):
    """The edges of a pattern, one for each step. `p` is the step before."""
    return [pattern.replace("(t)", f"({t})").replace("(p)", f"({t - 1})") for t in steps]


def seen(edges, nodes=()):
    graph = nx.DiGraph(edge.split(" > ") for edge in edges)
    graph.add_nodes_from(nodes)
    return Seen(STEPS, Watched(graph))


def key(hint):
    return hint.key if hint else None


def turned(edges):
    return [" > ".join(edge.split(" > ")[::-1]) for edge in edges]


W, R, V, LOSS = every("x(t) > a(t)"), every("a(p) > a(t)", (2, 3)), every("a(t) > z(t)"), every("z(t) > L(t)")
RIGHT = [*W, *R, *V, *LOSS]

EDGES = {
    "right": (RIGHT, None),
    "reversed": (turned(RIGHT), "reversed"),
    "both ways": ([*RIGHT, *turned(RIGHT)], "both-ways"),
    "inputs reversed": ([*turned(W), *R, *V, *LOSS], "reversed-kind"),
    "two kinds reversed": ([*turned(W), *turned(R), *V, *LOSS], None),
    "one reversed": ([*W, *R, *V, *LOSS[:2], "L(3) > z(3)"], "reversed-edge"),
    "no recurrence": ([*W, *V, *LOSS], "no-recurrence"),
    "no inputs": ([*R, *V, *LOSS], "edges-missing"),
    "one missing": (RIGHT[1:], "edge-missing"),
    "two missing": (RIGHT[1:-1], None),
    "one extra": ([*RIGHT, "x(1) > L(3)"], "edge-extra"),
    "one moved": ([*RIGHT[1:], "x(1) > a(2)"], "edge-moved"),
    "shortcut": ([*RIGHT, *every("x(t) > z(t)")], "shortcut"),
    "one shortcut": ([*RIGHT, "a(2) > L(2)"], "shortcut"),
    "feedback": ([*RIGHT, *every("z(p) > a(t)", (2, 3))], "feedback"),
    "feedback in its place": ([*W, *V, *LOSS, *every("z(p) > a(t)", (2, 3))], "recurrence-from-other"),
    "shortcut and feedback": ([*RIGHT, *every("x(t) > z(t)"), *every("z(p) > a(t)", (2, 3))], None),
    "chain": ([*RIGHT, *every("z(p) > z(t)", (2, 3))], "chain"),
    "loops": ([*W, *V, *LOSS, *every("a(t) > a(t)")], "self-loops"),
    "cycle": ([*RIGHT, "a(3) > a(1)"], "cycle"),
    "jump": ([*RIGHT, "a(1) > a(3)"], "step-skipped"),
    "late inputs": ([*every("x(p) > a(t)", (2, 3)), "x(3) > a(3)", *R, *V, *LOSS], "edges-shifted"),
    "late logits too": ([*RIGHT, *every("a(p) > z(t)", (2, 3))], "edges-extra"),
    "crossed": (["x(1) > a(2)", "x(2) > a(1)", "x(3) > a(3)", *R, *V, *LOSS], "edges-crossed"),
    "a(0) too far": ([*RIGHT, "a(0) > a(1)", "a(0) > a(2)"], "initial-state"),
    "label into a": ([*RIGHT, *every("y(p) > a(t)", (2, 3))], "label-misplaced"),
    "label out of the loss": ([*RIGHT, *every("L(t) > y(t)")], "label-misplaced"),
    "logits from inputs": ([*W, *R, *every("x(t) > z(t)"), *LOSS], "edges-of-a-kind-moved"),
    "reversed through sums": (
        [*every("a(t) > s(t)"), *every("s(t) > x(t)"), *turned(R), *turned(V), *turned(LOSS)],
        "reversed",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edges", "expected"), EDGES.values(), ids=EDGES)
def test_edges_tell_the_slip(edges, expected):
    """One slip is named; the right graph and two slips at once have no hint."""
    assert key(graph_edges_hint(seen(edges, map(str, core_nodes(STEPS))))) == expected


NODES = {
    "from zero": ([edge.translate(str.maketrans("123", "012")) for edge in RIGHT], "from-zero"),
    "from two": ([edge.translate(str.maketrans("123", "234")) for edge in RIGHT], "from-two"),
    "objects": ([" > ".join(f"<__main__.Node object at 0x7f{ord(n[0])}{n[2]}>" for n in e.split(" > ")) for e in RIGHT],
                "objects-as-nodes"),
    "two steps": (edges_of(2), "step-too-few"),
    "four steps": (edges_of(4), "step-too-many"),
    "a fourth state": ([*RIGHT, "a(3) > a(4)"], "step-too-many"),
    "a zeroth step": ([*RIGHT, "x(0) > a(0)", "a(0) > a(1)"], "zeroth-step"),
    "no loss": ([*W, *R, *V], "kind-missing"),
    "loss at the end": ([*W, *R, *V, LOSS[2]], "last-step-only"),
    "output at the end": ([*W, *R, V[2], LOSS[2]], "last-step-only"),
    "one input": (["x(1) > a(1)", "x(1) > a(2)", "x(1) > a(3)", *R, *V, *LOSS], "first-step-only"),
    "one loss": ([*W, *R, *V, *every("z(t) > L")], "one-for-all-steps"),
    "an input forgotten": ([*W[1:], *R, *V, *LOSS], "node-missing"),
    "two inputs of three, and a loss": ([*W[1:], *R, *V, *LOSS[1:]], None),
    "folded": (["x > a", "a > a", "a > z", "z > L"], "folded"),
    "no f": ([edge.replace("a(1)", "a({t})") for edge in RIGHT], "f-missing"),
    "a letter for t": ([edge.replace("a(1)", "a(t)") for edge in RIGHT], "t-not-a-number"),
    "h for a": ([edge.replace("a(", "h(") for edge in RIGHT], "other-letters"),
    "y for z": ([edge.replace("z(", "y(") for edge in RIGHT], "other-letters"),
    "a typo": ([edge.replace("a(2)", "aa(2)") for edge in RIGHT], "node-misnamed"),
    "a wrong step": ([edge.replace("L(2)", "L(22)") for edge in RIGHT], "node-misnamed"),
    "biases with time steps": ([*RIGHT, *every("$b_t$ > a(t)".replace("_t", "_{(t)}"))], "bias-node"),
    "biases": ([*RIGHT, *every("b > a(t)")], "bias-node"),
    "a step far away": ([*RIGHT, "a(3) > a(9)"], None),
    "a node too many": ([*RIGHT, "start > x(1)"], "extra-nodes"),
    "late labels": ([*RIGHT, "y(2) > L(1)", "y(3) > L(2)", "y(4) > L(3)"], "labels-late"),
    "s for a, with a missing": ([edge.replace("a(", "s(") for edge in RIGHT], "other-letters"),
}  # fmt: skip


@pytest.mark.parametrize(("edges", "expected"), NODES.values(), ids=NODES)
def test_nodes_tell_the_slip(edges, expected):
    """One slip is named, and several at once are not."""
    assert key(graph_nodes_hint(seen(edges))) == expected


def test_integers_as_nodes():
    """Nodes that are numbers are named, for the edges too."""
    graph = nx.convert_node_labels_to_integers(nx.DiGraph(edge.split(" > ") for edge in RIGHT))
    found = Seen(STEPS, Watched(graph))
    assert key(graph_nodes_hint(found)) == key(graph_edges_hint(found)) == "integer-nodes"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (None, "graph-not-returned"),
        ((nx.DiGraph(), 1), "graph-in-tuple"),
        ((1, 2), None),
        ([("x(1)", "a(1)")], "not-a-graph"),
        ({}, "not-a-graph"),
        (3.0, None),
        (nx.Graph(), "undirected"),
        (nx.MultiDiGraph(), None),
    ],
)
def test_what_is_returned_tells_the_slip(answer, expected):
    """None, a tuple with a graph in it, other values and an undirected graph have hints."""
    assert key(type_hint(Seen(STEPS, Watched(answer)))) == expected


@pytest.mark.parametrize("steps", [2, 3, 5])
def test_reversed_for_any_number_of_steps(steps):
    """The slips follow the setting of the number of steps."""
    graph = nx.DiGraph(edge.split(" > ") for edge in turned(edges_of(steps)))
    assert network_of(graph, steps)
    assert key(graph_edges_hint(Seen(steps, Watched(graph)))) == "reversed"


def test_words_are_found_in_messages():
    """No two hints have the same words, and those filled in for a hint are short enough to be found again."""
    words = [hint.words for hint in all_hints()]
    assert len(set(words)) == len(words)
    found = graph_nodes_hint(seen([edge.replace("a(", "hidden(").replace("x(", "input(") for edge in RIGHT]))
    assert keys_in(f"Something. {found.words}") == {"other-letters"}


def test_errors_of_graph_have_hints():
    """A node without a position is named by the words of the error."""
    from assignment.hints.raising import raised_hint

    error = nx.NetworkXError("Node 'L3' has no position.")
    assert key(raised_hint(mistake_of(error, "graph", reveal=True))) == "position-missing"
    assert raised_hint(Mistake("graph raised KeyError: 3.")) is None


@pytest.mark.parametrize(("text", "apart"), [("It is wrong.", " "), ("It raised this:\n\n    f(x)", "\n\n")])
def test_a_hint_stands_apart_from_code(text, apart):
    """A hint follows a sentence in its line, and a line of code after an empty line."""
    mistake, hint = Mistake(text), Hint("key", "So it is.")
    add_hints(mistake, [hint, hint])
    assert str(mistake) == f"{text}{apart}So it is."
