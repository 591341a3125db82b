"""Exercise 5: graph() returns and draws the unfolded computational graph."""

from otter.test_files import test_case

from assignment.checks.labels import check_label_texts, check_labels_seen
from assignment.checks.layout import check_arrangement, check_arrows, check_names
from assignment.checks.unfolded import check_edges, check_is_directed, check_is_graph, check_nodes
from assignment.checks.watching import see
from assignment.hints.arrangement import arrangement_hint
from assignment.hints.arrows import arrows_hint
from assignment.hints.drawings import hinted, names_hint
from assignment.hints.graphs import graph_edges_hint, graph_nodes_hint, type_hint
from assignment.hints.labels import label_texts_hint, labels_seen_hint
from assignment.settings import POINTS, STEPS

OK_FORMAT = False
name = "q5"
points = None


@test_case(name="q5 directed graph", points=2 * POINTS["q5"] / 20)
def test_type(graph):
    """graph() returns a directed networkx graph."""
    seen = see(graph, STEPS)
    with seen.pointing(), hinted(type_hint, seen):
        check_is_directed(seen.answer)


@test_case(name="q5 nodes", points=3 * POINTS["q5"] / 20)
def test_nodes(graph):
    """All nodes are there, with names that can be read."""
    seen = see(graph, STEPS)
    with seen.pointing(), hinted(graph_nodes_hint, seen):
        check_nodes(check_is_graph(seen.answer), STEPS)


@test_case(name="q5 names in the drawing", points=2 * POINTS["q5"] / 20)
def test_names(graph):
    """graph() draws every node with its name."""
    seen = see(graph, STEPS)
    with hinted(names_hint, seen):
        check_names(seen.picture, seen.expected)


@test_case(name="q5 edges", points=5 * POINTS["q5"] / 20, hidden=True)
def test_edges(graph):
    """The edges are those of the unfolded network."""
    seen = see(graph, STEPS)
    with seen.pointing(), hinted(graph_edges_hint, seen):
        check_edges(seen.returned.edges, STEPS)


@test_case(name="q5 edge labels", points=2 * POINTS["q5"] / 20, hidden=True)
def test_labels(graph):
    """The edges are labelled W, R and V."""
    seen = see(graph, STEPS)
    with hinted(label_texts_hint, seen):
        check_label_texts(seen.network, seen.understood, seen.expected.edges)


@test_case(name="q5 arrows in the drawing", points=2 * POINTS["q5"] / 20)
def test_arrows(graph):
    """Every edge is drawn with its direction."""
    seen = see(graph, STEPS)
    with hinted(arrows_hint, seen):
        check_arrows(seen.picture, seen.expected)


@test_case(name="q5 labels in the drawing", points=2 * POINTS["q5"] / 20)
def test_labels_seen(graph):
    """Every edge is drawn with its label."""
    seen = see(graph, STEPS)
    with hinted(labels_seen_hint, seen):
        check_labels_seen(seen.network, seen.picture, seen.expected.told(seen.picture))


@test_case(name="q5 arrangement of the drawing", points=2 * POINTS["q5"] / 20)
def test_arrangement(graph):
    """Time runs along one axis, the kinds are in order along the other, and nothing overlaps."""
    seen = see(graph, STEPS)
    with hinted(arrangement_hint, seen):
        check_arrangement(seen.picture, seen.expected)
