"""The unfolded graph: nodes, edges, and optional nodes, which are read through if they are in the right place."""

import networkx as nx
import pytest

from assignment.checks.layout import Expected
from assignment.checks.names import Name
from assignment.checks.network import network_of
from assignment.checks.unfolded import (
    check_edges,
    check_is_directed,
    check_nodes,
    core_edges,
    core_nodes,
    is_optional,
    read_through,
)
from autograder.checking.calls import Mistake

STEPS = 3


def network(*, drop=(), add=()):
    """The right graph for three steps, without some edges and with others, each given as "tail > head"."""
    graph = nx.DiGraph((str(tail), str(head)) for tail, head in core_edges(STEPS))
    for edge in drop:
        graph.remove_edge(*edge.split(" > "))
    graph.add_edges_from(edge.split(" > ") for edge in add)
    return graph


def check_edges_of(graph, steps):
    returned = network_of(graph, steps)
    check_edges(returned.edges, steps)


def check(graph):
    check_is_directed(graph)
    check_nodes(graph, STEPS)
    check_edges_of(graph, STEPS)


def every(pattern, steps=(1, 2, 3)):
    """The edges of a pattern, one for each step. `p` is the step before."""
    return [pattern.replace("(t)", f"({t})").replace("(p)", f"({t - 1})") for t in steps]


def test_the_network_has_twelve_nodes_and_eleven_edges():
    """Three steps of the contract: 12 nodes, 11 edges, and W, R or V if a matrix multiplies."""
    edges = core_edges(STEPS)
    assert len(core_nodes(STEPS)) == len(set(core_nodes(STEPS))) == 12
    assert len(edges) == 11
    assert edges[Name("x", 3), Name("a", 3)] == "W"
    assert edges[Name("a", 1), Name("a", 2)] == "R"
    assert edges[Name("a", 2), Name("z", 2)] == "V"
    assert edges[Name("z", 1), Name("L", 1)] is None


SUM_NODES = every("x(t) > s(t)") + every("s(t) > a(t)") + every("a(p) > s(t)", (2, 3))
DIRECT = every("x(t) > a(t)") + every("a(p) > a(t)", (2, 3))
PREDICTIONS = every("z(t) > yhat(t)") + every("yhat(t) > L(t)")
ALLOWED = {
    "nothing extra": {},
    "initial state": {"add": ["a(0) > a(1)"]},
    "labels": {"add": every("y(t) > L(t)")},
    "one label": {"add": ["y(3) > L(3)"]},
    "predictions on the path": {"drop": every("z(t) > L(t)"), "add": PREDICTIONS},
    "predictions beside the direct edge": {"add": PREDICTIONS},
    "predictions as leaves": {"add": every("z(t) > yhat(t)")},
    "sums": {"drop": DIRECT, "add": SUM_NODES},
    "sums and initial state": {"drop": DIRECT, "add": [*SUM_NODES, "a(0) > s(1)"]},
    "sums of the input only": {
        "drop": every("x(t) > a(t)"),
        "add": every("x(t) > s(t)") + every("s(t) > a(t)"),
    },
    "parameters": {
        "add": every("W > a(t)") + every("R > a(t)", (2, 3)) + every("V > z(t)"),
    },
    "parameters at the sums": {"drop": DIRECT, "add": SUM_NODES + every("W > s(t)") + every("R > s(t)", (2, 3))},
    "everything": {
        "drop": DIRECT + every("z(t) > L(t)"),
        "add": [*SUM_NODES, *PREDICTIONS, "a(0) > s(1)", *every("y(t) > L(t)"), *every("V > z(t)"), *every("R > s(t)")],
    },
}


@pytest.mark.parametrize("change", ALLOWED.values(), ids=ALLOWED)
def test_an_optional_node_in_its_place_is_read_through(change):
    """Every addition that the contract allows is accepted, alone and with others."""
    check(network(**change))


WRONG = {
    "a(0) skips a step": ({"add": ["a(0) > a(2)"]}, "should not be there"),
    "a(0) into x": ({"add": ["a(0) > x(1)"]}, "should not be there"),
    "a(0) from x": ({"add": ["x(1) > a(0)", "a(0) > a(1)"]}, "should not be there"),
    "label into z": ({"add": ["y(1) > z(1)"]}, "should not be there"),
    "label of another step": ({"add": ["y(1) > L(2)"]}, "should not be there"),
    "label out of the loss": ({"add": ["L(1) > y(1)"]}, "other way"),
    "prediction before z": ({"drop": ["a(1) > z(1)"], "add": ["a(1) > yhat(1)", "yhat(1) > z(1)"]}, "not be there"),
    "prediction from nowhere": ({"add": ["yhat(1) > L(1)"]}, r"yhat\(1\) needs the edge z\(1\)"),
    "prediction fed back": ({"add": ["z(1) > yhat(1)", "yhat(1) > a(2)"]}, "should not be there"),
    "sum after a": ({"drop": ["a(1) > z(1)"], "add": ["a(1) > s(1)", "s(1) > z(1)"]}, "should not be there"),
    "sum as a leaf": ({"add": ["x(1) > s(1)"]}, r"s\(1\) belongs between"),
    "sum from nowhere": ({"add": ["s(1) > a(1)"]}, r"s\(1\) belongs between"),
    "sum to the next sum": ({"drop": DIRECT, "add": [*SUM_NODES, "s(1) > s(2)"]}, "should not be there"),
    "W into z": ({"add": ["W > z(1)"]}, "should not be there"),
    "V into a": ({"add": ["V > a(1)"]}, "should not be there"),
    "parameter as a sink": ({"add": ["a(1) > R"]}, "other way"),
    "sum without the recurrence": ({"drop": DIRECT, "add": SUM_NODES[:-2]}, r"Missing.*a\(1\) -> a\(2\)"),
    "prediction without the loss": (
        {"drop": every("z(t) > L(t)"), "add": every("z(t) > yhat(t)")},
        r"Missing.*z\(1\) -> L\(1\)",
    ),
    "feedback": ({"add": ["z(1) > a(2)"]}, r"z\(1\) -> a\(2\) should not be there"),
    "shortcut": ({"add": ["x(2) > z(2)"]}, "All 11 edges are right"),
    "skipped step": ({"add": ["a(1) > a(3)"]}, r"a\(1\) -> a\(3\) should not be there"),
    "loop": ({"add": ["a(1) > a(1)"]}, r"a\(1\) -> a\(1\) should not be there"),
    "chain of inputs": ({"add": ["x(1) > x(2)"]}, r"x\(1\) -> x\(2\) should not be there"),
    "reversed edge": ({"drop": ["x(1) > a(1)"], "add": ["a(1) > x(1)"]}, "should point the other way"),
    "both ways": ({"add": ["a(1) > x(1)"]}, "the same edges the other way round. All 11 edges are right"),
    "moved": ({"drop": ["x(1) > a(1)"], "add": ["x(1) > a(2)"]}, "there. Missing from the graph: .* 10 of the 11"),
    "reversed time": ({"drop": ["a(1) > a(2)"], "add": ["a(2) > a(1)"]}, "should point the other way"),
    "edge missing": ({"drop": ["a(2) > z(2)"]}, r"Missing from the graph: a\(2\) -> z\(2\)\."),
}


@pytest.mark.parametrize(("change", "message"), WRONG.values(), ids=WRONG)
def test_an_edge_out_of_place_is_refused_with_a_reason(change, message):
    """Every wrong node or edge is rejected, and the message says what is wrong."""
    graph = network(**change)
    check_nodes(graph, STEPS)
    with pytest.raises(Mistake, match=message):
        check_edges_of(graph, STEPS)


@pytest.mark.parametrize("edge", sorted(f"{tail} > {head}" for tail, head in core_edges(STEPS)))
def test_every_edge_counts(edge):
    """Whichever edge is missing or reversed, the graph is rejected, and the message names the edge."""
    tail, head = edge.split(" > ")
    with pytest.raises(Mistake) as missing:
        check_edges_of(network(drop=[edge]), STEPS)
    with pytest.raises(Mistake) as reversed_:
        check_edges_of(network(drop=[edge], add=[f"{head} > {tail}"]), STEPS)
    assert f"{tail} -> {head}" in str(missing.value)
    assert f"{head} -> {tail} should point the other way" in str(reversed_.value)


@pytest.mark.parametrize("name", [str(name) for name in core_nodes(STEPS)])
def test_every_node_counts(name):
    """Whichever node is missing, the message names it and says what is expected."""
    graph = network()
    graph.remove_node(name)
    with pytest.raises(Mistake) as error:
        check_nodes(graph, STEPS)
    assert f"Missing from the graph: {name}." in str(error.value)


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        *((name, "does not belong") for name in ("x(4)", "a(4)", "L(0)", "x(0)", "s(0)", "y(4)", "yhat(0)")),
        *((name, "More than one node stands for x") for name in ("x_1", "X1", "$x_{1}$", ("x", 1))),
        *((name, "does not belong in the graph") for name in ("b(1)", "start", 17, "h1", "bias node")),
    ],
)
def test_an_extra_node_is_named(extra, message):
    """A node of another step, a second spelling and an unknown name get different messages."""
    graph = network()
    graph.add_node(extra)
    with pytest.raises(Mistake, match=message):
        check_nodes(graph, STEPS)


def test_a_long_list_of_nodes_is_cut():
    """A message names at most six nodes, in forty letters each without line ends, and counts the others."""
    graph = network()
    graph.add_nodes_from(f"node\n\n    {i} " + "n" * 100 for i in range(10))
    with pytest.raises(Mistake, match="do not belong in the graph") as error:
        check_nodes(graph, STEPS)
    assert "and 4 more" in str(error.value)
    assert not any(part in str(error.value) for part in ("\n", "n" * 41))


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_other_numbers_of_steps_work(steps):
    """The number of steps is a setting: the right graph for one number is wrong for another."""
    graph = nx.DiGraph((str(tail), str(head)) for tail, head in core_edges(steps))
    check_nodes(graph, steps)
    check_edges_of(graph, steps)
    with pytest.raises(Mistake, match="Missing"):
        check_nodes(graph, steps + 1)


class Subclass(nx.DiGraph):
    """A student's own graph class."""


@pytest.mark.parametrize(
    "make",
    [nx.DiGraph, nx.MultiDiGraph, Subclass, nx.freeze, lambda g: g.reverse().reverse(copy=False), nx.subgraph_view],
)
def test_any_directed_graph_is_accepted(make):
    """A DiGraph, a MultiDiGraph, a subclass, a frozen graph and a view are all directed graphs."""
    check(make(network()))


def test_a_doubled_edge_of_a_multigraph_counts_once():
    """Parallel edges of a MultiDiGraph count as one edge."""
    graph = nx.MultiDiGraph(network())
    graph.add_edge("x(1)", "a(1)")
    check(graph)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        *((None, "returns None"), ((network(), 1), "a tuple of 2 values"), ({}, "type dict"), ("graph", "type str")),
        *((nx.DiGraph, "of type type"), (nx.Graph(network()), "undirected"), (nx.MultiGraph(network()), "undirected")),
    ],
)
def test_what_is_no_directed_graph_is_refused(answer, message):
    """None, a tuple, another type and an undirected graph are rejected, each with its own message."""
    with pytest.raises(Mistake, match=message):
        check_is_directed(answer)


def test_reading_through_contracts_paths_and_drops_the_rest():
    """X -> s -> a becomes x -> a. The node a(0), a leaf and a parameter disappear."""
    x, s, a, z, yhat = (Name(kind, 1) for kind in ("x", "s", "a", "z", "yhat"))
    edges = {(x, s), (s, a), (z, yhat), (Name("W", None), a), (Name("a", 0), s)}
    assert read_through(edges) == {(x, a)}


@pytest.mark.parametrize(
    ("name", "optional"),
    [
        *((Name("a", 0), True), (Name("s", 1), True), (Name("y", 3), True), (Name("yhat", 2), True)),
        *((Name("W", None), True), (Name("x", 0), False), (Name("s", 4), False), (Name("y", 0), False)),
        *((Name("a", 4), False), (Name("L", 0), False)),
    ],
)
def test_what_may_be_added(name, optional):
    """The initial state, parameters, and the sums, labels and predictions of the three steps may be added."""
    assert is_optional(name, STEPS) is optional


def test_only_what_is_in_the_graph_is_asked_of_its_drawing():
    """What a graph lacks need not be drawn. A graph of less than one time step does not count."""
    graph = network()
    graph.remove_node("L(3)")
    for answer in (graph, graph.to_undirected()):
        expected = Expected(network_of(answer, STEPS), STEPS)
        assert set(core_nodes(STEPS)) - set(expected.nodes) == {Name("L", 3)}
        assert set(core_edges(STEPS)) - set(expected.edges) == {(Name("z", 3), Name("L", 3))}
    for answer in (graph.subgraph(["x(1)", "a(1)"]), None, 3):
        assert Expected(network_of(answer, STEPS), STEPS).nodes == core_nodes(STEPS)


def test_an_edge_that_points_the_wrong_way_may_be_drawn_so():
    """The drawing agrees with the graph, or with the assignment."""
    turned = network(drop=["z(1) > L(1)"], add=["L(1) > z(1)"])
    expected = Expected(network_of(turned, STEPS), STEPS)
    assert expected.backwards == {(Name("z", 1), Name("L", 1))}
    assert set(expected.edges) == set(core_edges(STEPS))


@pytest.mark.parametrize(("letter", "kind"), [("h", "a"), ("s", "a"), ("o", "z"), ("y", "z"), ("u", "x"), ("E", "L")])
def test_one_kind_under_another_letter_costs_the_nodes_only(letter, kind):
    """The edges are read as if the letter were right; the nodes are not."""
    graph = nx.relabel_nodes(network(), lambda node: node.replace(kind, letter, 1) if node[0] == kind else node)
    check_edges_of(graph, STEPS)
    with pytest.raises(Mistake):
        check_nodes(graph, STEPS)


def test_a_step_too_many_costs_the_nodes_only():
    """Edges are compared among the nodes of the assignment."""
    graph = network(add=["a(3) > a(4)", "x(4) > a(4)"])
    check_edges_of(graph, STEPS)
    with pytest.raises(Mistake, match="not belong"):
        check_nodes(graph, STEPS)


@pytest.mark.parametrize("name", ["a(0)", "y(1)", "yhat(2)", "s(3)", "W", "R", "V"])
def test_an_optional_node_without_an_edge_costs_the_nodes_only(name):
    """It is there for its edges, and the others are right."""
    graph = network()
    graph.add_node(name)
    check_edges_of(graph, STEPS)
    with pytest.raises(Mistake, match=r"(needs|belongs).*All 12 nodes are right"):
        check_nodes(graph, STEPS)


def test_a_y_on_the_way_is_the_prediction():
    """Where z(t) leads to y(t), it is read through, at all t or at none."""
    way = every("z(t) > y(t)") + every("y(t) > L(t)")
    check(network(drop=every("z(t) > L(t)"), add=way))
    with pytest.raises(Mistake, match="needs the edge"):
        check(network(drop=["z(1) > L(1)", "z(2) > L(2)"], add=[edge for edge in way if edge != "z(3) > y(3)"]))
