"""Edges that are drawn in several pieces."""

import pytest

from assignment.checks import layout
from assignment.checks.elbows import elbows
from assignment.checks.placing import understand
from autograder.checking import Mistake
from autograder.wire.facts import Box, Line, Sight
from tests.checks.test_layout import hand_made

#: A node at the left and one at the right, 200 pixels apart.
NODES = [Box(-15, -15, 15, 15), Box(185, -15, 215, 15)]
CORNERS = [(20.0, 0.0), (100.0, 0.0), (100.0, -60.0), (180.0, -5.0)]


def piece(tail, head, pointed=False, **sight):
    return Line(tail, head, [tail, head], pointed, Sight(**sight))


def bent(pointed=(False, False, True)):
    """Three pieces in a row, with heads at the ends of some."""
    return [piece(*ends, head) for *ends, head in zip(CORNERS[:-1], CORNERS[1:], pointed, strict=True)]


def test_three_pieces_in_a_row_are_one_edge():
    """They go from the beginning of the first to the end of the last, wherever the head is and however they lie."""
    for pieces in (bent(), bent((False, True, False)), bent()[::-1]):
        [line] = elbows(pieces, NODES)
        assert (line.tail, line.head, line.pointed) == (CORNERS[0], CORNERS[-1], True)
    turned = [*bent((False, False, False))[:2], piece(CORNERS[3], CORNERS[2], True)]
    [line] = elbows(turned, NODES)
    assert (line.tail, line.head, line.pointed) == (CORNERS[3], CORNERS[0], True)


def test_an_edge_is_as_clear_as_its_palest_piece():
    """What hides one piece hides the edge."""
    pieces = bent()
    pieces[1].sight = pale = Sight(contrast=1.05)
    assert [line.sight for line in elbows(pieces, NODES)] == [pale]


def test_a_line_and_its_own_pieces_count_once():
    """A line through four points is there as a whole, too; from its end, an arrow goes on."""
    whole = Line(CORNERS[0], CORNERS[-1], CORNERS, False)
    beyond = (300.0, -200.0)
    lines = [*bent((False, False, False)), whole, piece(CORNERS[-1], beyond, True)]
    [line] = elbows(lines, NODES[:1])
    assert (line.tail, line.head, line.pointed) == (CORNERS[0], beyond, True)


OTHERS = {
    "two pieces": bent()[:2],
    "heads that point to each other": [*bent((True, False, False))[:2], piece(CORNERS[3], CORNERS[2], True)],
    "another line begins at a corner": [*bent(), piece(CORNERS[1], (100.0, 90.0))],
    "another line begins at the beginning": [
        piece((60.0, 0.0), CORNERS[1]), *bent()[1:], piece((60.0, 0.0), (60.0, 90.0)), piece((60.0, 0.0), (0.0, 90.0)),
    ],
    "a gap at a corner": [*bent()[:2], piece((100.0, -66.0), CORNERS[3], True)],
    "a ring": [piece(CORNERS[i], CORNERS[(i + 1) % 4]) for i in range(4)],
    "very many in a row": [piece((5.0 * i, 50.0), (5.0 * i + 5, 50.0)) for i in range(30)],
}  # fmt: skip


@pytest.mark.parametrize("lines", OTHERS.values(), ids=OTHERS)
def test_other_pieces_are_no_edge(lines):
    """Pieces that do not meet, or meet more than one other, or point against each other, are not put together."""
    assert elbows(lines, NODES) == []


def test_lines_that_meet_at_a_node_are_apart():
    """What comes in at a node and what goes out there are two edges."""
    assert len(elbows(bent(), NODES)) == 1
    assert elbows(bent(), [*NODES, Box(95, -5, 105, 5)]) == []


def test_an_elbow_shows_its_edge():
    """It may go round two corners; without a head it has no direction."""
    drawing = hand_made()
    tail, head = drawing.lines[4].tail, drawing.lines[4].head
    corners = [(tail[0] + 50, tail[1]), (tail[0] + 50, tail[1] - 40)]
    drawing.lines[4:5] = [piece(tail, corners[0]), piece(*corners), piece(corners[1], head, True)]

    def judge():
        layout.check_arrows(understand([drawing], 3), layout.Expected(None, 3))

    judge()
    drawing.lines[6].pointed = False
    with pytest.raises(Mistake, match=r"a\(1\) -> a\(2\) has no arrowhead at a\(2\)"):
        judge()
