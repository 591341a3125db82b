"""Exercise 5: graph() returns and draws the unfolded computational graph."""

from otter.test_files import test_case

from assignment.checks.labels import check_label_texts, check_labels_seen
from assignment.checks.layout import check_arrangement, check_arrows, check_names
from assignment.checks.unfolded import check_edges, check_is_directed, check_is_graph, check_nodes
from assignment.checks.watching import see
from assignment.settings import POINTS, STEPS

OK_FORMAT = False
name = "q5"
points = None


@test_case(name="q5 directed graph", points=2 * POINTS["q5"] / 20)
def test_type(graph):
    """graph() returns a directed networkx graph."""
    seen = see(graph, STEPS)
    with seen.pointing():
        check_is_directed(seen.answer)


@test_case(name="q5 nodes", points=3 * POINTS["q5"] / 20)
def test_nodes(graph):
    """All nodes are there, with names that can be read."""
    seen = see(graph, STEPS)
    with seen.pointing():
        check_nodes(check_is_graph(seen.answer), STEPS)


@test_case(name="q5 names in the drawing", points=2 * POINTS["q5"] / 20)
def test_names(graph):
    """graph() draws every node with its name."""
    seen = see(graph, STEPS)
    check_names(seen.picture, seen.expected)


@test_case(name="q5 edges", points=5 * POINTS["q5"] / 20, hidden=True)
def test_edges(graph):
    """The edges are those of the unfolded network."""
    seen = see(graph, STEPS)
    with seen.pointing():
        check_edges(seen.returned.edges, seen.returned.names, STEPS)


@test_case(name="q5 edge labels", points=2 * POINTS["q5"] / 20, hidden=True)
def test_labels(graph):
    """The edges are labelled W, R and V."""
    seen = see(graph, STEPS)
    check_label_texts(seen.network, seen.understood, seen.expected.edges)


@test_case(name="q5 arrows in the drawing", points=2 * POINTS["q5"] / 20)
def test_arrows(graph):
    """Every edge is drawn with its direction."""
    seen = see(graph, STEPS)
    check_arrows(seen.picture, seen.expected)


@test_case(name="q5 labels in the drawing", points=2 * POINTS["q5"] / 20)
def test_labels_seen(graph):
    """Every edge is drawn with its label."""
    seen = see(graph, STEPS)
    check_labels_seen(seen.network, seen.picture, seen.expected.told(seen.picture))


@test_case(name="q5 arrangement of the drawing", points=2 * POINTS["q5"] / 20)
def test_arrangement(graph):
    """Time runs along one axis, the kinds are in order along the other, and nothing overlaps."""
    seen = see(graph, STEPS)
    check_arrangement(seen.picture, seen.expected)
