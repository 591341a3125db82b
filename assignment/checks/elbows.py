"""Put edges together that are drawn in three pieces or more, as elbows are: line, line, arrow (exercise 5)."""

from itertools import pairwise
from math import dist

from autograder.checking import Box, Line, Point

#: Ends of two lines that are this close, in pixels, are one point.
SAME = 3.0
#: No sensible drawing has more such pieces, in all or in one edge; looking at more would take too long.
_MOST_LOOSE, _MOST_IN_A_ROW = 100, 6


class _Way:
    """A line, followed from one of its ends to the other."""

    def __init__(self, line: Line, back: bool) -> None:
        self.line, self.path = line, line.path[::-1] if back else line.path
        self.against = line.pointed and back
        self.rank = line.pointed, sum(dist(a, b) for a, b in pairwise(line.path))
        self.after: _Way | None = None
        """The way that goes on where this one ends."""
        self.forks = False
        """Whether several do."""

    def begins_as(self, other: "_Way") -> bool:
        """Whether both begin with the same straight piece: a line may be there as a whole and in pieces, too."""
        return dist(self.path[0], other.path[0]) <= SAME and dist(self.path[1], other.path[1]) <= SAME


def elbows(lines: list[Line], boxes: list[Box]) -> list[Line]:
    """Return the edges that consist of three lines or more. Each begins where the one before it ends.

    That must be away from the nodes. Where more than two lines meet, nobody can tell which belong together.

    Args:
        lines: the lines.
        boxes: the boxes of the nodes.
    """
    likely = [line for line in lines if not line.piece and dist(line.tail, line.head) > SAME]
    likely = [line for line in likely if is_away(line.tail, boxes) or is_away(line.head, boxes)][:_MOST_LOOSE]
    pairs = [(_Way(line, False), _Way(line, True)) for line in likely]
    loose = [way for pair in pairs for way in pair if is_away(way.path[0], boxes)]
    for one, other in pairs:
        _go_on(one, other, loose)
        _go_on(other, one, loose)
    begins = [way for pair in pairs for way, turned in (pair, pair[::-1]) if not (turned.after or turned.forks)]
    found: dict[frozenset[int], Line] = {}
    for way in begins:
        chain = _chain(way)
        if len(chain) > 2 and not any(step.against for step in chain):
            found.setdefault(frozenset(id(step.line) for step in chain), _as_one(chain))
    return list(found.values())


def is_away(point: Point, boxes: list[Box]) -> bool:
    """Whether a point is outside of all nodes."""
    return all(box.gap(Box(*point, *point)) > SAME for box in boxes)


def _go_on(way: _Way, turned: _Way, loose: list[_Way]) -> None:
    """Find what goes on where a way ends: what begins there, except for the same way turned round."""
    if any(turned is other for other in loose):
        others = [other for other in loose if dist(other.path[0], turned.path[0]) <= SAME]
        others = [other for other in others if not other.begins_as(turned)]
        best = max(others, key=lambda other: other.rank, default=None)
        way.forks = best is not None and not all(other.begins_as(best) for other in others)
        way.after = None if way.forks else best


def _chain(way: _Way) -> list[_Way]:
    """A way with all that follow it; nothing if they are too many, or if it is not clear which follow."""
    chain = [way]
    while (step := chain[-1].after) and len(chain) <= _MOST_IN_A_ROW:
        chain.append(step)
    return chain if len(chain) <= _MOST_IN_A_ROW and not chain[-1].forks else []


def _as_one(chain: list[_Way]) -> Line:
    path = [point for way in chain for point in way.path]
    sight = min((way.line.sight for way in chain), key=lambda sight: (sight.contrast, sight.left))
    tips = [way.line.tip for way in chain if way.line.pointed]
    return Line(path[0], path[-1], path, bool(tips), sight, *tips[:1])
