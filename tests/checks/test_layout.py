"""Judging drawings: names, arrows, labels and arrangement."""

import networkx as nx
import pytest

from assignment.checks import labels, layout
from assignment.checks.heads import with_heads
from assignment.checks.misnamed import with_names_in_place
from assignment.checks.network import network_of
from assignment.checks.placing import understand
from assignment.checks.unfolded import core_edges, core_nodes
from autograder.checking import Mistake
from autograder.wire.facts import Box, Drawing, Line, Marker, Sight, Text

A, B = (1, 1), (4, 3)  # on the page, 1 unit of the axes is 100 pixels


def around(x, y, half=15.0):
    return Box(x - half, y - half, x + half, y + half)


def hand_made(place=lambda t, k: (100.0 * t, 100.0 * k), offset=0.0):
    """A right drawing in plain facts. With an offset, the names are next to the markers."""
    where = {name: place(name.t, "xazL".index(name.kind)) for name in core_nodes(3)}
    drawing = Drawing([Marker(around(*spot), True) for spot in where.values()])
    drawing.texts = [Text(str(name), around(x + offset, y, 8)) for name, (x, y) in where.items()]
    for edge, label in core_edges(3).items():
        tail, head = where[edge[0]], where[edge[1]]
        drawing.lines.append(Line(tail, head, [tail, head], True))
        drawing.texts.append(Text(label or "BCE", around((tail[0] + head[0]) / 2 + 8, (tail[1] + head[1]) / 2 + 8, 5)))
    return drawing


def judge(drawing, answer=None):
    expected, picture = layout.Expected(None, 3), understand([Drawing(), drawing], 3)
    for check in (layout.check_names, layout.check_arrows, layout.check_arrangement):
        check(picture, expected)
    returned = network_of(answer, 3)
    labels.check_labels_seen(returned, picture, expected.told(picture))
    labels.check_label_texts(returned, picture, expected.edges)


PLACES = {
    "columns": lambda t, k: (100 * t, 100 * k),
    "from right to left": lambda t, k: (-100 * t, -100 * k),
    "rows": lambda t, k: (100 * k, 100 * t),
    "slanted": lambda t, k: (100 * t + 9 * k, 100 * k + 20 * t),
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("offset", [0.0, 26.0])
def test_a_right_drawing_passes(place, offset):
    """Time may run along either axis in either direction, and names may be inside the markers or next to them."""
    judge(hand_made(place, offset))


def moved(texts, index, x, y):
    texts[index].box = around(x, y, 5)


def turned(line):
    line.tail, line.head, line.path = line.head, line.tail, line.path[::-1]


def doubled(drawing):
    """Draw a line without a head, and an arrow whose head is covered."""
    drawing.lines[4].tip = Sight(left=0.1)
    drawing.lines.insert(0, Line((100, 100), (200, 100), [(100, 100), (200, 100)], False))


#: Texts 0 to 11 are names, x(1) first. Text 12 is the W of x(1) -> a(1). Line 4 is a(1) -> a(2), text 16 its R.
WRONG = {
    "name missing": (lambda d: d.texts.pop(0), r"does not show x\(1\): label every node with its name"),
    "two names missing": (lambda d: d.texts.__delitem__(slice(0, 5, 4)), r"does not show x\(1\), x\(2\)"),
    "arrow missing": (lambda d: d.lines.pop(4), r"does not show the edge a\(1\) -> a\(2\)"),
    "plain line": (lambda d: setattr(d.lines[4], "pointed", False), r"a\(1\) -> a\(2\) has no arrowhead at a\(2\)"),
    "arrow turned": (lambda d: turned(d.lines[4]), r"between a\(1\) and a\(2\) points the wrong way"),
    "label missing": (lambda d: d.texts.pop(16), r"no label on the edge a\(1\) -> a\(2\)"),
    "another label": (lambda d: setattr(d.texts[16], "text", "W"), r"a\(1\) -> a\(2\) should be labelled R"),
    "label far away": (lambda d: moved(d.texts, 16, 150, 145), r"no label on the edge a\(1\) -> a\(2\)"),
    "loss label missing": (lambda d: d.texts.pop(14), r"no label on the edge z\(1\) -> L\(1\)"),
    "head under a node": (doubled, r"arrowhead of a\(1\) -> a\(2\) cannot be seen in the drawing: something that"),
    "label under a node": (
        lambda d: setattr(d.texts[14], "sight", Sight(left=0.1)),
        r"label of the edge z\(1\) -> L\(1\) cannot be seen: something that is drawn later covers it",
    ),
}


@pytest.mark.parametrize(("spoil", "message"), WRONG.values(), ids=WRONG)
def test_a_flaw_of_a_drawing_is_named(spoil, message):
    """A missing or wrong name, arrow, arrowhead or label is rejected, and the message says where."""
    drawing = hand_made()
    spoil(drawing)
    with pytest.raises(Mistake, match=message):
        judge(drawing)


BAD_PLACES = {
    "on top of each other": (lambda t, k: (100 * t, 100 * min(k, 2)), r"z\(1\) and L\(1\) overlap"),
    "closer than a diameter": (lambda t, k: (100 * t, 100 * k - 71 * (k == 3)), r"z\(1\) and L\(1\) overlap"),
    "through a third node": (
        lambda t, k: (100 * t, 100 * [0, 2, 1, 3][k]),
        r"x\(1\) -> a\(1\) goes through the node z",
    ),
    "time 1 3 2": (lambda t, k: (100 * [0, 1, 3, 2][t], 100 * k + 30 * (t > 1)), "not arranged by time"),
    "upside down at 2": (lambda t, k: (100 * t, 100 * (3 - k if t == 2 else k)), "not arranged by time"),
    "inputs backwards": (lambda t, k: (100 * (t if k else 4 - t), 150 * k), "not arranged|goes through"),
    "kinds along time": (lambda t, k: (100 * t, 100 * k) if t < 3 else (-300, 100 * k + 60), "not arranged"),
}


@pytest.mark.parametrize(("place", "message"), BAD_PLACES.values(), ids=BAD_PLACES)
def test_a_bad_arrangement_is_refused(place, message):
    """Nodes that overlap, an edge through a third node, and an order that changes with t are rejected."""
    drawing = hand_made(place)
    drawing.texts = drawing.texts[:12]  # without labels
    picture = understand([drawing], 3)
    with pytest.raises(Mistake, match=message):
        layout.check_arrangement(picture, layout.Expected(None, 3))


def by_a_sum(drawing):
    """Draw x(1) -> a(1) through s(1)."""
    drawing.markers.append(Marker(around(100, 50), True))
    drawing.texts[12] = Text("s(1)", around(100, 50, 8))
    drawing.lines[0] = Line((100, 0), (100, 50), [(100, 0), (100, 50)], True)
    drawing.lines.append(Line((100, 50), (100, 100), [(100, 50), (100, 100)], True))
    return drawing


def test_a_sum_on_the_way_is_read_through():
    """An edge that is drawn through s(1) counts, needs no label, and does not cross that node."""
    judge(by_a_sum(hand_made()), nx.DiGraph([("x(1)", "s(1)"), ("s(1)", "a(1)")]))


def test_the_best_of_several_drawings_counts():
    """A drawing without names does not count. Of two drawings, the more complete one counts."""
    part = hand_made()
    part.texts = part.texts[:3]
    assert len(understand([part, hand_made(), part], 3).nodes) == 12
    assert understand([Drawing()], 3) is None
    for drawings, message in (([], "draws nothing"), ([Drawing()], "no text that is the name")):
        with pytest.raises(Mistake, match=message):
            layout.picture_of(drawings, understand(drawings, 3))


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("ValueError: no", r"raised an error while drawing it: ValueError: no\.$"),
        (
            "ValueError: x_{1 ParseException: Expected end",
            r"Text between dollar signs is a formula: is a brace missing",
        ),
    ],
)
def test_a_figure_that_matplotlib_cannot_draw(broken, told):
    """The message has matplotlib's own error; it does not say that nothing is drawn."""
    with pytest.raises(Mistake, match=told):
        layout.picture_of([], None, broken)
    with pytest.raises(Mistake, match="no text that is the name"):
        layout.picture_of([Drawing()], None, broken)


def test_labels_may_be_in_the_graph_or_in_the_drawing():
    """Any attribute of an edge may hold its label, and so may the drawing. The message names a wrong or missing one."""
    edges, picture = core_edges(3), understand([hand_made()], 3)
    graph = nx.DiGraph()
    graph.add_edges_from((str(tail), str(head), {"any": label or "BCE"}) for (tail, head), label in edges.items())
    labels.check_label_texts(network_of(graph, 3), None, edges)
    labels.check_label_texts(network_of(nx.DiGraph(graph.edges), 3), picture, edges)
    for edge, label, message in ((("a(1)", "a(2)"), "W", "labelled R"), (("z(2)", "L(2)"), " ", "has no label")):
        wrong = graph.copy()
        wrong.edges[edge]["any"] = label
        with pytest.raises(Mistake, match=message):
            labels.check_label_texts(network_of(wrong, 3), None, edges)


def test_a_label_beside_a_short_arrow_is_no_node():
    """Arrows that end at the edge of a marker may be short: a W next to one is its label, not the parameter W."""
    drawing = hand_made()
    for line in drawing.lines:
        (x1, y1), (x2, y2) = line.tail, line.head
        line.tail, line.head = (0.8 * x1 + 0.2 * x2, 0.8 * y1 + 0.2 * y2), (0.2 * x1 + 0.8 * x2, 0.2 * y1 + 0.8 * y2)
        line.path = [line.tail, line.head]
    for text in drawing.texts[12:]:
        text.box = around(*text.box.centre, 10)
    judge(drawing)


def test_names_that_fit_in_very_many_ways_stay_where_they_are():
    """Trying six separate edges in all orders would take many seconds, and a drawing of more steps without end."""
    times = (1, 2, 3)
    graph = nx.DiGraph([(f"{one}({t})", f"{other}({t})") for t in times for one, other in ("xa", "zL")])
    drawing = hand_made()
    places = {text.text: text.box.centre for text in drawing.texts}
    ends = [(places[f"{one}({t})"], places[f"{other}({t})"]) for t in times for one, other in ("xz", "aL")]
    drawing.lines = [Line(tail, head, [tail, head], True) for tail, head in ends]
    picture = understand([drawing], 3)
    assert len(picture.arrows) == 6
    assert with_names_in_place(picture, layout.Expected(network_of(graph, 3), 3)) is picture


def test_a_hidden_part_of_a_way_through_a_sum_is_named():
    """The head between s(1) and a(1) is hidden, so nobody can see all of the way from x(1) to a(1)."""
    drawing = by_a_sum(hand_made())
    drawing.lines[-1].tip = Sight(left=0.1)
    with pytest.raises(Mistake, match=r"The arrow x\(1\) -> a\(1\) cannot be seen in the drawing, or only in part"):
        judge(drawing)


def test_one_time_step_has_no_order_to_judge():
    """A graph of one step may be drawn in a row; its nodes must be apart. The nodes that it lacks cost other cases."""
    steps = [nx.DiGraph([(f"x({t})", f"a({t})"), (f"a({t})", f"z({t})"), (f"z({t})", f"L({t})")]) for t in (1, 2)]
    one, two = (layout.Expected(network_of(graph, 3), 3) for graph in (steps[0], nx.compose(*steps)))
    picture = understand([hand_made()], 3)
    picture.nodes = {name: placed for name, placed in picture.nodes.items() if name.t == 1}
    layout.check_names(picture, one)
    layout.check_arrangement(picture, one)
    with pytest.raises(Mistake, match="fewer than half of the nodes have a name that can be read"):
        layout.check_arrangement(picture, layout.Expected(None, 3))
    with pytest.raises(Mistake, match="only one time step"):
        layout.check_arrangement(picture, two)
    picture.nodes[core_nodes(3)[3]].box = around(100, 220)
    with pytest.raises(Mistake, match=r"z\(1\) and L\(1\) overlap"):
        layout.check_arrangement(picture, one)


def test_kinds_on_one_line_are_not_arranged():
    """All nodes in one row, with arcs between them: the kinds need an axis of their own."""
    drawing = hand_made(lambda t, k: (400.0 * t + 100.0 * k, 0.0))
    drawing.texts = drawing.texts[:12]
    for line in drawing.lines:
        line.path.insert(1, ((line.tail[0] + line.head[0]) / 2, 300.0))
    with pytest.raises(Mistake, match="not arranged by time"):
        layout.check_arrangement(understand([drawing], 3), layout.Expected(None, 3))


def test_labels_that_do_not_match_the_graph_are_named():
    """The drawing must show what the graph says, and the graph must have edges whose labels can be read."""
    graph = nx.DiGraph()
    graph.add_edges_from(
        (str(tail), str(head), {"label": word or "BCE"}) for (tail, head), word in core_edges(3).items()
    )
    drawing = hand_made()
    drawing.texts[12].text = "V"
    with pytest.raises(Mistake, match=r"does not show the label W on the edge x\(1\) -> a\(1\)"):
        judge(drawing, graph)
    with pytest.raises(Mistake, match="none of the edges in the table of exercise 5"):
        labels.check_label_texts(network_of(nx.DiGraph([("x(1)", "L(3)")]), 3), None, core_edges(3))


@pytest.mark.parametrize(("sign", "ends"), [(">", ((0, 0), (100, 0))), ("<", ((100, 0), (0, 0)))])
def test_a_letter_is_a_head_of_its_line(sign, ends):
    """A line leads where the letter points, whichever way the line was drawn."""
    drawing = Drawing(lines=[Line((0, 0), (100, 0), [(0, 0), (100, 0)], False)], texts=[Text(sign, around(50, 0, 5))])
    [line], _ = with_heads(drawing)
    assert (line.tail, line.head, line.pointed) == (*ends, True)


def test_an_outline_across_a_line_is_no_head():
    """What is flat in the direction of the line does not point anywhere."""
    across = Marker(around(50, 0, 10), False, corners=[(50, -10), (50.5, 0), (50, 10)])
    drawing = Drawing([across], lines=[Line((0, 0), (100, 0), [(0, 0), (100, 0)], False)])
    [line], markers = with_heads(drawing)
    assert not line.pointed
    assert markers == [across]
