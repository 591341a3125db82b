"""A drawing that has been read, and which nodes its lines join (exercise 5)."""

from dataclasses import dataclass, field, replace
from itertools import pairwise, permutations
from math import dist, hypot, inf

from autograder.checking import Box, Drawing, Line, Marker, Point, Text

from .elbows import SAME, elbows, is_away
from .heads import to_segment
from .names import Name

#: No sensible drawing has more; looking at more would take too long.
_MOST_LEGS, _MOST_AT_ONE_PLACE = 100, 4

#: Between two pieces of an edge and the label that stands between them, there may be a gap of this many label heights.
_WIDEST_GAP = 2.5


@dataclass
class Placed:
    """A node in a drawing."""

    box: Box
    """The box of its marker, or of its name if it has no marker."""
    round: bool
    """Whether its marker is a circle or an ellipse."""
    text: Text | None
    """Its name; None if it has none and is identified by its position."""

    @property
    def radius(self) -> float:
        """Half of its smaller side."""
        return min(self.box.width, self.box.height) / 2

    def distance(self, point: Point, margin: float = 0.0) -> float:
        """How far a point is from the middle, as a share of the way to the border or ``margin`` pixels inside it."""
        (x, y), box = self.box.centre, self.box
        across, up = (
            (here - middle) / max(size / 2 - margin, 1e-9)
            for here, middle, size in ((point[0], x, box.width), (point[1], y, box.height))
        )
        return hypot(across, up) if self.round else max(abs(across), abs(up))


@dataclass
class Picture:
    """A drawing that has been read."""

    nodes: dict[Name, Placed]
    arrows: list[tuple[Name, Name, Line]]
    """Lines between two nodes, from tail to head. A line that ends where two nodes overlap is there for both."""
    labels: list[Text]
    """All texts that are not names of nodes."""
    blank: bool = False
    """Whether nothing in it can be seen."""
    whole: bool = False
    """Whether it is all of a figure with several axes."""
    moved: dict[Name, Name] = field(default_factory=dict)
    """Which names are at the nodes of which others. The nodes are where their edges say."""
    unnamed: list[Box] = field(default_factory=list)
    """Symbols at which lines end, and which have no name."""
    astray: list[Name] = field(default_factory=list)
    """Names that do not stand at their nodes. The nodes are where the lines say."""
    drawing: Drawing | None = None
    """What was read."""
    lines: list[Line] = field(default_factory=list)
    symbols: list[Marker] = field(default_factory=list)
    named: list[tuple[Name, Text]] = field(default_factory=list)
    """Its lines, its symbols, and the texts that are names of nodes of the assignment."""

    def overlap(self, first: Name, second: Name) -> bool:
        """Whether the centres of two nodes are closer than a marker's diameter."""
        one, other = self.nodes[first], self.nodes[second]
        (x1, y1), (x2, y2) = one.box.centre, other.box.centre
        width, height = (one.box.width + other.box.width) / 2, (one.box.height + other.box.height) / 2
        if one.round and other.round:
            return hypot((x1 - x2) / max(width, 1e-9), (y1 - y2) / max(height, 1e-9)) < 1
        return abs(x1 - x2) < width and abs(y1 - y2) < height


def course_of(picture: Picture, edge: tuple[Name, Name]) -> list[Point]:
    """Return the line of an edge between two nodes of the drawing, or a straight one if it is not drawn.

    Of several, it is the longest: the others may be arrowheads on it.
    """
    paths = [line.path for tail, head, line in picture.arrows if {tail, head} == set(edge)]
    return max(paths, key=length_of, default=[picture.nodes[name].box.centre for name in edge])


def length_of(course: list[Point]) -> float:
    """Return how long a line is, in pixels."""
    return sum(dist(a, b) for a, b in pairwise(course))


def middle_of(course: list[Point]) -> Point:
    """Return the point half-way along a line."""
    half = length_of(course) / 2
    for a, b in pairwise(course):
        step = dist(a, b)
        if step and half <= step:
            share = half / step
            return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
        half -= step
    return course[-1]


def spacing_of(centres: list[Point]) -> float:
    """Return how far neighbours are apart. Nodes on top of each other, if they are few, do not count."""
    nearest = sorted(min((d for other in centres if (d := dist(centre, other)) > 1), default=inf) for centre in centres)
    return nearest[len(nearest) // 4] if nearest else inf


def join(lines: list[Line], nodes: dict[Name, Placed], labels: list[Text]) -> list[tuple[Name, Name, Line]]:
    """Return which nodes the lines join, from tail to head.

    A line to a label in the middle of an edge and a line from there on are one line, too, and so is an elbow.
    """
    reach = spacing_of([placed.box.centre for placed in nodes.values()]) / 2
    boxes = [placed.box for placed in nodes.values()]
    lines = [line for line in lines if not _leads_from_label(line, lines, boxes, labels)]
    return [
        (tail, head, line)
        for line in [*lines, *elbows(lines, boxes), *_through_labels(lines, boxes, labels)]
        for tail in _nearest(line.tail, nodes, reach)
        for head in _nearest(line.head, nodes, reach)
        if tail != head
    ]


def _leads_from_label(line: Line, lines: list[Line], boxes: list[Box], labels: list[Text]) -> bool:
    """Whether a line leads from a label to the middle of another line, from one side: it shows what the label is of."""
    if not line.pointed or len(line.path) < 2 or not is_away(line.head, boxes):
        return False
    if not any(begins_at(text, line.tail) for text in labels):
        return False
    length = length_of(line.path)
    return any(
        other is not line
        and length < length_of(other.path)
        and min(dist(line.head, end) for end in (other.tail, other.head)) > 2 * SAME
        and _gap_to(other.path, line.head) <= 2 * SAME
        and _gap_to(other.path, line.tail) > length / 4
        for other in lines
    )


def begins_at(text: Text, point: Point) -> bool:
    """Whether a line that begins at a point begins at a text."""
    return text.box.gap(Box(*point, *point)) <= max(SAME, text.box.height / 2)


def _gap_to(course: list[Point], point: Point) -> float:
    return min((to_segment(point, a, b) for a, b in pairwise(course)), default=inf)


def split_at(lines: list[Line], boxes: list[Box]) -> list[Line]:
    """Split straight lines without a head that run from node to node through the middles of others.

    One line may stand for all edges of a row, with a head at each node.

    Args:
        lines: the lines.
        boxes: the boxes of the nodes.
    """
    found = []
    for line in lines:
        spots = [] if line.pointed or len(line.path) != 2 else _middles_on(line, boxes)
        for a, b in pairwise(spots):
            found.append(replace(line, tail=a, head=b, path=[a, b]))
        found += [] if spots else [line]
    return found


def _middles_on(line: Line, boxes: list[Box]) -> list[Point]:
    """The ends of a line and the middles of the nodes on it, in order; nothing if it joins two neighbours only."""
    at_ends = [box for box in boxes for end in (line.tail, line.head) if box.gap(Box(*end, *end)) == 0]
    others = [box.centre for box in boxes if box not in at_ends]
    between = {centre for centre in others if to_segment(centre, line.tail, line.head) < SAME}
    if len(at_ends) != 2 or not between:
        return []
    return [line.tail, *sorted(between, key=lambda centre: dist(centre, line.tail)), line.head]


def _nearest(point: Point, nodes: dict[Name, Placed], reach: float) -> list[Name]:
    """Return the node nearest to the end of a line, if it is within reach, with those that overlap it there."""
    spot = Box(*point, *point)
    ranked = sorted((placed.box.gap(spot), dist(placed.box.centre, point), name) for name, placed in nodes.items())
    found = [name for gap, _, name in ranked if gap <= reach and (gap == 0 or name == ranked[0][2])]
    return found[:_MOST_AT_ONE_PLACE]


class _Leg:
    """A line from near a node to an end that is away from all nodes."""

    def __init__(self, line: Line, turned: bool, labels: list[Text]) -> None:
        self.line, self.path = line, line.path[::-1] if turned else line.path
        self.near, self.end = (line.head, line.tail) if turned else (line.tail, line.head)
        self.outward = line.pointed and not turned
        self.inward = line.pointed and turned
        spot = Box(*self.end, *self.end)
        # The line may leave some white space around the label, about as much as its letters are high.
        gaps = {number: text.box.gap(spot) / max(SAME, text.box.height) for number, text in enumerate(labels)}
        self.labels = {number for number, gap in gaps.items() if gap <= 1}
        self.labels_ahead = {number for number, gap in gaps.items() if gap <= _WIDEST_GAP}

    def meets(self, other: "_Leg") -> bool:
        """Whether both end at one point or at one label. If they are on one straight line, the gap may be wide."""
        if dist(self.end, other.end) <= SAME or self.labels & other.labels:
            return True
        return bool(self.labels_ahead & other.labels_ahead) and all(
            _ahead(leg.path[-2:], end) for leg, end in ((self, other.end), (other, self.end))
        )


def _ahead(last: list[Point], point: Point) -> bool:
    """Whether a point lies straight ahead of the last piece of a line, up to ten degrees or so."""
    (ax, ay), (bx, by) = last[0], last[-1]
    (dx, dy), (ex, ey) = (bx - ax, by - ay), (point[0] - bx, point[1] - by)
    return dx * ex + dy * ey > 0.98 * hypot(dx, dy) * hypot(ex, ey)


def _through_labels(lines: list[Line], boxes: list[Box], labels: list[Text]) -> list[Line]:
    """Return the lines that consist of two: they meet at one point, or at one label, away from the nodes."""
    lines = [line for line in lines if not line.piece]
    legs = [_Leg(line, False, labels) for line in lines if is_away(line.head, boxes)]
    legs += [_Leg(line, True, labels) for line in lines if is_away(line.tail, boxes)]
    found = []
    for one, other in permutations(legs[:_MOST_LEGS], 2):
        if one.line is other.line or one.inward or other.outward or not one.meets(other):
            continue  # not one line, or one that points the other way or both ways
        tips = [leg.line.tip for leg in (one, other) if leg.line.pointed]
        sight = min(one.line.sight, other.line.sight, key=lambda sight: (sight.contrast, sight.left))
        path = [*one.path, *other.path[::-1]]
        found.append(Line(one.near, other.near, path, bool(tips), sight, *tips[:1]))
    return found[:_MOST_LEGS]
