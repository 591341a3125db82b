"""Put lines together that are drawn as a row of short pieces: in changing colours, or as dashes (exercise 5)."""

from collections.abc import Iterator
from math import dist

from autograder.checking import Line, Point

#: A line in fewer pieces may be a row of edges from node to node. No sensible drawing has more pieces in all.
_FEWEST_PIECES, _MOST_IN_ALL = 5, 3000
#: The next piece begins where the last one ends, in pixels, or straight ahead, after at most this many lengths.
_TOUCHING, _LEAP = 0.5, 1.6
#: The cosine of the largest angle between a piece and the next: some 25 degrees where they meet, 8 over a gap.
_BEND, _STRAIGHT = 0.9, 0.99


def rows_of_pieces(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Find the lines that consist of five or more pieces which are drawn one after another, none much longer.

    Args:
        lines: lines without heads, in the order in which they are drawn.

    Returns:
        These lines, and their pieces.
    """
    pieces = [line for line in lines[:_MOST_IN_ALL] if len(line.path) == 2 and not line.piece]
    rows = [row for row in _in_rows(pieces) if len(row) >= _FEWEST_PIECES and _are_short(row)]
    return [_joined_row(row) for row in rows], [piece for row in rows for piece in row]


def _in_rows(pieces: list[Line]) -> Iterator[list[Line]]:
    row: list[Line] = []
    for piece in pieces:
        if row and not _goes_on(row[-1], piece):
            yield row
            row = []
        row.append(piece)
    if row:
        yield row


def _goes_on(one: Line, other: Line) -> bool:
    gap = dist(one.head, other.tail)
    if gap > _TOUCHING and gap > _LEAP * min(dist(one.tail, one.head), dist(other.tail, other.head)):
        return False
    way = _way_of(one.tail, one.head)
    bend = _cosine(way, _way_of(other.tail, other.head))
    return bend > _BEND if gap <= _TOUCHING else min(bend, _cosine(way, _way_of(one.head, other.tail))) > _STRAIGHT


def _way_of(a: Point, b: Point) -> Point:
    length = max(dist(a, b), 1e-9)
    return (b[0] - a[0]) / length, (b[1] - a[1]) / length


def _cosine(one: Point, other: Point) -> float:
    return one[0] * other[0] + one[1] * other[1]


def _are_short(row: list[Line]) -> bool:
    lengths = [dist(piece.tail, piece.head) for piece in row]
    return max(lengths) < sum(lengths) / 3


def _joined_row(row: list[Line]) -> Line:
    path = [row[0].tail, *(piece.head for piece in row)]
    sights = sorted((piece.sight for piece in row), key=lambda sight: (sight.left, sight.contrast))
    sight = sights[len(sights) // 2]  # a node or a label may cover some of the pieces
    return Line(path[0], path[-1], path, pointed=False, sight=sight)
