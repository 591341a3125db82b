"""Marks lie where the fault is, in drawings of the corpus."""

from math import dist
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from assignment.checks import astray, labels, layout, pointing, unfolded, watching
from assignment.checks.joining import Picture
from assignment.checks.misnamed import with_names_in_place
from assignment.checks.names import Name
from assignment.checks.placing import understand
from assignment.settings import STEPS
from autograder.checking import Mark, Mistake
from autograder.wire.facts import Box, Drawing, Point, Sight
from tests.checks.test_layout import hand_made
from tests.support.corpus import ROOT

pytestmark = pytest.mark.sampled(5, by="file")

WRONG = ROOT / "tests" / "submissions" / "wrong"

#: How far a mark may be from the middle of what it is about, in pixels.
NEAR = 12


def nodes(seen: watching.Seen) -> None:
    with seen.pointing():
        unfolded.check_nodes(seen.answer, STEPS)


def edges(seen: watching.Seen) -> None:
    with seen.pointing():
        unfolded.check_edges(seen.returned.edges, STEPS)


CHECKS = {
    "nodes": nodes,
    "edges": edges,
    "names": lambda seen: layout.check_names(seen.picture, seen.expected),
    "arrows": lambda seen: layout.check_arrows(seen.picture, seen.expected),
    "labels": lambda seen: labels.check_labels_seen(seen.network, seen.picture, seen.expected.told(seen.picture)),
    "texts": lambda seen: labels.check_label_texts(seen.network, seen.understood, seen.expected.edges),
    "arrangement": lambda seen: layout.check_arrangement(seen.picture, seen.expected),
}


def mistake_of(name: str, check: str) -> Mistake:
    """What a check says of the drawing of a submission in the corpus."""
    space: dict[str, Any] = {}
    with mpl.rc_context():
        exec((WRONG / f"{name}.py").read_text(encoding="utf-8"), space)
        seen = watching.see(space["graph"], STEPS)
        plt.close("all")
    with pytest.raises(Mistake) as caught:
        CHECKS[check](seen)
    return caught.value


def middle(mark: Mark) -> Point:
    xs, ys = zip(*mark.points, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def place(drawing: Drawing, what: str) -> Point:
    """Where a text is, or the middle between two of them."""
    found = [next(text.box.centre for text in drawing.texts if text.text == name) for name in what.split(" > ")]
    return sum(x for x, _ in found) / len(found), sum(y for _, y in found) / len(found)


#: Submission, check, shape of the marks, and what each of them lies on.
MARKED = [
    ("seen_one_name_white", "names", "ring", ["a(2)"]),
    ("seen_a_box_over_one_name", "names", "ring", ["x(1)"]),
    ("slip_q5_names_of_two_inputs_swapped", "names", "ring", ["x(1)", "x(3)"]),
    ("slip_q5_h_for_a", "names", "ring", ["h(1)", "h(2)", "h(3)"]),
    ("slip_q5_one_edge_not_drawn", "arrows", "gap", ["z(3) > L(3)"]),
    ("slip_q5_label_of_one_edge_not_drawn", "labels", "hole", ["x(2) > a(2)"]),
    ("seen_one_label_under_a_box", "labels", "ring", ["a(1) > z(1)"]),
    ("slip_q5_label_r_missing", "texts", "hole", ["a(1) > a(2)", "a(2) > a(3)"]),
    ("slip_q5_edge_through_a_node", "arrangement", "ring", ["z(2)"]),
    ("slip_q5_two_losses_overlap", "arrangement", "frame", ["L(2) > L(3)"]),
    ("slip_q5_last_step_upside_down", "arrangement", "frame", ["x(3) > L(3)"]),
    ("q5_time_1_3_2", "arrangement", "frame", ["x(2) > L(2)", "x(3) > L(3)"]),
    ("slip_q5_a_fourth_activation", "nodes", "ring", ["a(4)"]),
    ("slip_q5_recurrence_backwards", "edges", "cross", ["a(1) > a(2)", "a(2) > a(3)"]),
    ("slip_q5_a_recurrence_forgotten", "edges", "gap", ["a(1) > a(2)"]),
]


@pytest.mark.parametrize(("name", "check", "shape", "places"), MARKED, ids=lambda value: str(value)[:50])
def test_a_mark_lies_where_the_fault_is(name: str, check: str, shape: str, places: list[str]) -> None:
    """Each mark is near what it is about, and everything that is wrong is marked once."""
    mistake = mistake_of(name, check)
    assert mistake.drawing is not None
    wanted = sorted(place(mistake.drawing, what) for what in places)
    found = sorted(middle(mark) for mark in mistake.marks)
    assert {mark.shape for mark in mistake.marks} == {shape}
    assert [dist(*pair) < NEAR for pair in zip(wanted, found, strict=True)] == [True] * len(places)


@pytest.mark.parametrize("name", ["seen_heads_under_big_nodes", "q5_plain_lines", "slip_q5_one_edge_without_head"])
def test_a_ring_goes_round_the_place_of_a_head(name: str) -> None:
    """A ring for a head lies on the rim of the node that the arrow leads to, on the side that it comes from."""
    mistake = mistake_of(name, "arrows")
    assert mistake.drawing is not None
    circles = [marker.box for marker in mistake.drawing.markers]
    assert mistake.marks
    for mark in mistake.marks:
        x, y = middle(mark)
        target = min(circles, key=lambda box: dist(box.centre, (x, y)))
        assert dist(target.centre, (x, y)) == pytest.approx(target.width / 2, abs=3)


def test_nodes_without_names_are_marked() -> None:
    """Where no names are drawn, each symbol has a ring; where some are, the others have."""
    assert len(mistake_of("q5_no_names", "names").marks) == 4 * STEPS
    some = mistake_of("slip_q5_names_of_x_and_a_only", "names")
    assert len(some.marks) == 2 * STEPS
    [parts] = some.parts
    assert (len(parts.right), len(parts.missing)) == (2 * STEPS, 2 * STEPS)


@pytest.mark.parametrize(("right", "up"), [(0, 100), (100, 0)])
def test_names_that_hang_in_empty_space_are_not_right(right: int, up: int) -> None:
    """Where all names are moved by a row or a column, those of the last one are at no node, and some are cut off."""
    drawing = hand_made()
    names = drawing.texts[:12]
    for text in names:
        text.box = Box(text.box.x0 + right, text.box.y0 + up, text.box.x1 + right, text.box.y1 + up)
    names[11].sight = Sight(left=0.0)
    expected = layout.Expected(None, STEPS)
    picture = understand([drawing], STEPS)
    assert picture is not None
    with pytest.raises(Mistake, match=r"names are not at their nodes: L\(1\), L\(2\), .* and 5 more\.$") as caught:
        layout.check_names(with_names_in_place(picture, expected), expected)
    [parts] = caught.value.parts
    assert (parts.right, len(parts.missing), len(caught.value.marks)) == ([], 12, 11)


def test_right_missing_and_surplus_are_listed() -> None:
    """Nodes and edges of the returned graph are sorted into those that are right, missing and surplus."""
    [parts] = mistake_of("q5_steps_0_to_2", "nodes").parts
    assert parts.missing == ["x(3)", "a(3)", "z(3)", "L(3)"]
    assert set(parts.surplus) == {"x(0)", "z(0)", "L(0)"}
    assert len(parts.right) == 8
    [parts] = mistake_of("slip_q5_recurrence_backwards", "edges").parts
    assert parts.surplus == ["a(2) -> a(1)", "a(3) -> a(2)"]
    assert parts.missing == ["a(1) -> a(2)", "a(2) -> a(3)"]
    assert len(parts.right) == 9


def grid(**moved: Point) -> dict[Name, Point]:
    """The nodes in order, except some, as ``x2=(3, 1)``."""
    places = {Name(kind, t): (100.0 * t, 100.0 * row) for row, kind in enumerate("xazL") for t in (1, 2, 3)}
    return places | {Name(key[0], int(key[1])): point for key, point in moved.items()}


def test_rows_out_of_order_are_found() -> None:
    """A kind for which time runs backwards, and a time at which the kinds are in another order; no row in a muddle."""
    assert astray.astray(grid(), 2.0) == []
    backwards = grid(z1=(300, 200), z3=(100, 200))
    assert [text for text, _ in astray.astray(backwards, 2.0)] == ["z at all times"]
    upside_down = grid(x2=(200, 300), L2=(200, 0))
    [(text, names)] = astray.astray(upside_down, 2.0)
    assert text == "t = 2"
    assert set(names) == {Name(kind, 2) for kind in "xazL"}
    muddle = {name: (x * 37 % 250, y * 59 % 270 + x % 70) for name, (x, y) in grid().items()}
    assert astray.astray(muddle, 2.0) == []


X1, A1, A2 = Name("x", 1), Name("a", 1), Name("a", 2)  # in drawings by hand, 100 pixels from one to the next


def by_hand(*path: Point, half: float = 15.0) -> Picture:
    """A right drawing, but for a plain line from a(1) to a(2) and the size of the nodes."""
    drawing = hand_made()
    drawing.lines[4].pointed = False
    if path:
        drawing.lines[4].tail, drawing.lines[4].head, drawing.lines[4].path = path[0], path[-1], list(path)
    for marker in drawing.markers:
        x, y = marker.box.centre
        marker.box = Box(x - half, y - half, x + half, y + half)
    picture = understand([drawing], STEPS)
    assert picture is not None
    return picture


@pytest.mark.parametrize("path", [(), ((200, 100), (100, 100)), ((100, 100), (194, 100), (200, 100))], ids=str)
def test_marks_of_a_line_lie_at_the_rims_whichever_way_it_was_drawn(path: tuple[Point, ...]) -> None:
    """A plain line may be drawn from its head to its tail, and may have several points inside a node."""
    [ring] = pointing.at_head(by_hand(*path), (A1, A2))
    assert middle(ring) == pytest.approx((185, 100), abs=1)
    [gap] = pointing.at_missing(by_hand(*path), (A1, A2))
    assert [*gap.points[0], *gap.points[-1]] == pytest.approx([115, 100, 185, 100], abs=1)


def test_a_head_inside_of_a_large_node_is_marked_where_the_line_ends() -> None:
    """Where a whole line lies inside of the node that it leads to, there is no rim on its way."""
    [ring] = pointing.at_head(by_hand((150, 100), (190, 100), half=80), (A1, A2))
    assert middle(ring) == pytest.approx((190, 100))


def test_what_is_not_drawn_has_no_mark() -> None:
    """An edge too many that the drawing does not show, and a missing label at a node that it does not show."""
    picture = by_hand()
    assert pointing.at_surplus(picture, (X1, A2)) == []
    assert len(pointing.at_no_label(picture, (X1, A1))) == 1
    del picture.nodes[X1]
    assert pointing.at_no_label(picture, (X1, A1)) == []
