"""Find arrowheads that are drawn by hand: triangles, polygons, and two short lines that meet (exercise 5)."""

from dataclasses import replace
from itertools import combinations, pairwise
from math import cos, dist, hypot, radians, sin

from autograder.checking import Drawing, Line, Marker, Point, Sight, Text

from .rows import rows_of_pieces

#: Points of different lines that are this close, in pixels, are one point.
_CLOSE_ENDS = 1.5
#: A head may take this share of its line.
_LARGEST = 0.7
#: No sensible drawing has more short lines, more heads, or lines of more pieces; looking at more is too slow.
_MOST_SIDES, _MOST_HEADS, _MOST_PIECES = 80, 100, 30
#: A curve may turn where its head begins; the head then points as the curve runs within this many head sizes.
_AHEAD = 2.0


class Head:
    """A small outline that may be an arrowhead."""

    def __init__(self, corners: list[Point], sight: Sight, marker: Marker | None = None) -> None:
        self.corners, self.sight, self.marker = corners, sight, marker
        self.middle = sum(x for x, _ in corners) / len(corners), sum(y for _, y in corners) / len(corners)
        self.size = max(dist(a, b) for a, b in combinations(corners, 2))


#: Letters that are arrowheads: which way they point, to the right and upwards.
_SIGNS = {
    **dict.fromkeys("▲△▴▵↑⇑^⌃", (0, 1)),
    **dict.fromkeys("▼▽▾▿↓⇓⌄", (0, -1)),
    **dict.fromkeys("▶►▷▸▹→⇒➔➤>›⟩", (1, 0)),
    **dict.fromkeys("◀◄◁◂◃←⇐<‹⟨", (-1, 0)),
}


def is_sign(text: Text) -> bool:
    """Whether a text is an arrowhead."""
    return text.text.strip() in _SIGNS


def _from_signs(texts: list[Text]) -> list[Head]:
    """The heads that are letters."""
    heads = []
    for text in filter(is_sign, texts):
        right, up = _rotated(_SIGNS[text.text.strip()], text.angle)
        (x, y), half = text.box.centre, min(text.box.width, text.box.height) / 2
        tip = x + half * right, y + half * up
        sides = [(x - half * (right - s * up), y - half * (up + s * right)) for s in (1, -1)]
        heads.append(Head([sides[0], tip, sides[1]], text.sight))
    return heads


def _rotated(way: tuple[int, int], degrees: float) -> Point:
    along, across = cos(radians(degrees)), sin(radians(degrees))
    return way[0] * along - way[1] * across, way[0] * across + way[1] * along


def with_heads(drawing: Drawing) -> tuple[list[Line], list[Marker]]:
    """Return the lines of a drawing, with the heads that are drawn by hand, and the markers that are not heads."""
    plain = [line for line in drawing.lines if not line.pointed]
    rows, pieces = rows_of_pieces(plain)
    plain += rows
    heads = [Head(m.corners, m.sight, m) for m in drawing.markers if m.corners and not _holds_text(m, drawing.texts)]
    heads += _from_sides(plain)
    heads = [*_from_signs(drawing.texts), *heads][:_MOST_HEADS]
    forward: dict[int, list[Sight]] = {}
    backward: dict[int, list[Sight]] = {}
    used: list[Marker] = []
    for head in heads:
        near = [(gap, line) for line in plain if (gap := _gap(head, line)) is not None]
        closest = min((gap for gap, _ in near), default=0.0)
        for line in (line for gap, line in near if gap <= closest + _CLOSE_ENDS):
            if (sense := _sense(head, line)) != 0:
                (forward if sense > 0 else backward).setdefault(id(line), []).append(head.sight)
                used += [head.marker] if head.marker else []
    for arrow, line in ((a, b) for a in drawing.lines if a.pointed for b in plain):
        if (sense := _sense_of_arrow(arrow, line)) != 0:
            (forward if sense > 0 else backward).setdefault(id(line), []).append(arrow.tip)
    lines = [_pointed(line, forward.get(id(line), []), backward.get(id(line), [])) for line in [*drawing.lines, *rows]]
    parts = set(map(id, pieces))
    lines = [replace(line, piece=True) if id(line) in parts else line for line in lines]
    return lines, [marker for marker in drawing.markers if not any(marker is other for other in used)]


def _holds_text(marker: Marker, texts: list[Text]) -> bool:
    """Whether a symbol is the shape of a node: a text that fits into it stands in its middle."""
    return any(
        dist(marker.box.centre, text.box.centre) < min(marker.box.width, marker.box.height) / 4
        and text.box.height < marker.box.height
        and text.box.width < marker.box.width
        and not is_sign(text)
        for text in texts
    )


def _pointed(line: Line, forward: list[Sight], backward: list[Sight]) -> Line:
    if bool(forward) == bool(backward):
        return line
    tip = max(forward or backward, key=lambda sight: (sight.contrast > 1.2, sight.left))
    if forward:
        return replace(line, pointed=True, tip=tip)
    return replace(line, tail=line.head, head=line.tail, path=line.path[::-1], pointed=True, tip=tip)


def _from_sides(lines: list[Line]) -> list[Head]:
    """The heads that consist of two short lines that meet in a point."""
    straight = [line for line in lines if len(line.path) == 2 and not line.piece]
    longest = max(map(_length, lines), default=0.0)
    short = [line for line in straight if 1 < _length(line) < _LARGEST * longest][:_MOST_SIDES]
    heads = []
    for one, other in combinations(short, 2):
        if not 0.5 < dist(one.tail, one.head) / dist(other.tail, other.head) < 2:
            continue
        for (a, tip), (b, end) in ((e, f) for e in _both_ways(one) for f in _both_ways(other)):
            if dist(tip, end) <= _CLOSE_ENDS and dist(a, b) > 2 * _CLOSE_ENDS:
                sight = min((one.sight, other.sight), key=lambda sight: (sight.contrast, sight.left))
                heads.append(Head([a, tip, b], replace(sight, size=10.0)))
    return heads


def _both_ways(line: Line) -> list[tuple[Point, Point]]:
    return [(line.tail, line.head), (line.head, line.tail)]


def _length(line: Line) -> float:
    return sum(dist(a, b) for a, b in _pieces(line))


def _gap(head: Head, line: Line) -> float | None:
    """How far a head is from a line; None if it cannot belong to it."""
    if head.size > _LARGEST * _length(line):
        return None
    gap = min(to_segment(head.middle, a, b) for a, b in _pieces(line))
    return gap if gap <= max(2.0, 0.6 * head.size) else None


def _pieces(line: Line) -> list[tuple[Point, Point]]:
    """The straight pieces of a line; a curve of many points is cut into fewer, longer pieces."""
    step = max(1, len(line.path) // _MOST_PIECES)
    return list(pairwise([*line.path[:-1:step], line.path[-1]]))


def _sense(head: Head, line: Line) -> int:
    """1 if a head points along a line, -1 if it points the other way, 0 if neither."""
    pieces = _pieces(line)
    at = min(range(len(pieces)), key=lambda number: to_segment(head.middle, *pieces[number]))
    return _sense_along(head, *pieces[at]) or _sense_along(head, *_stretch(pieces, at, _AHEAD * head.size))


def _stretch(pieces: list[tuple[Point, Point]], at: int, reach: float) -> tuple[Point, Point]:
    """The ends of the part of a line that reaches this far to both sides of a piece, or to the line's end."""
    first = last = at
    while first > 0 and dist(pieces[first][0], pieces[at][0]) < reach:
        first -= 1
    while last < len(pieces) - 1 and dist(pieces[last][1], pieces[at][1]) < reach:
        last += 1
    return pieces[first][0], pieces[last][1]


def _sense_along(head: Head, a: Point, b: Point) -> int:
    length = max(dist(a, b), 1e-9)
    along = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    places = [((x - a[0]) * along[0] + (y - a[1]) * along[1]) for x, y in head.corners]
    sides = [((y - a[1]) * along[0] - (x - a[0]) * along[1]) for x, y in head.corners]
    if _narrows(places, sides):
        return 1
    return -1 if _narrows([-place for place in places], sides) else 0


def _sense_of_arrow(arrow: Line, line: Line) -> int:
    """1 if a short arrow lies on a longer line and points along it, -1 if it points the other way, 0 if neither."""
    if arrow.head == arrow.tail or dist(arrow.tail, arrow.head) > _LARGEST * dist(line.tail, line.head):
        return 0
    pieces = _pieces(line)
    if any(min(to_segment(end, a, b) for a, b in pieces) > 2 * _CLOSE_ENDS for end in (arrow.tail, arrow.head)):
        return 0
    a, b = min(pieces, key=lambda piece: to_segment(arrow.head, *piece))
    along = (arrow.head[0] - arrow.tail[0]) * (b[0] - a[0]) + (arrow.head[1] - arrow.tail[1]) * (b[1] - a[1])
    return (along > 0) - (along < 0)


def _narrows(places: list[float], sides: list[float]) -> bool:
    """Whether an outline is wide at the back and comes to a point on the line at the front."""
    front, back = max(places), min(places)
    length = front - back
    if length <= 1:
        return False
    tip = [side for place, side in zip(places, sides, strict=True) if place > front - 0.2 * length]
    rear = [side for place, side in zip(places, sides, strict=True) if place < front - 0.5 * length]
    width = max(rear) - min(rear)
    straight = abs(sum(tip) / len(tip)) <= 0.3 * width + 1 and min(rear) < 1 and max(rear) > -1
    return straight and width > 1 and max(tip) - min(tip) <= 0.4 * width


def to_segment(point: Point, a: Point, b: Point) -> float:
    """Return the distance from a point to the straight line between two points."""
    (px, py), (ax, ay), (bx, by) = point, a, b
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    share = 0.0 if square == 0 else max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / square))
    return hypot(px - ax - share * dx, py - ay - share * dy)
