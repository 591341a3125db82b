"""Point at what is wrong in a drawing (exercise 5): the marks that results show on the student's own picture."""

from collections.abc import Iterable
from math import dist

from autograder.checking import Box, Mark, Parts, Point, cross, gap, hole, ring

from .joining import Picture, Placed, course_of, middle_of
from .names import Edge, Name

#: A node or an edge, or what stands in place of one.
GraphPart = Name | Edge | str

#: In pixels: half the side of what a ring round a head goes round, and the size of a ring where a label is missing.
_NEAR_HEAD, _NO_LABEL = 5.0, 24.0

#: What the parts of a graph are called in results.
NODES, EDGES = "nodes of the graph", "edges of the graph"


def spell(edge: Edge) -> str:
    """Write an edge."""
    return f"{edge[0]} -> {edge[1]}"


def parts_of(
    what: str, wanted: Iterable[GraphPart], missing: Iterable[GraphPart], surplus: Iterable[GraphPart] = ()
) -> Parts:
    """Sort what is wanted into what is right and what is missing."""
    lacks = [_spell_part(thing) for thing in missing]
    return Parts(
        what,
        right=[text for thing in wanted if (text := _spell_part(thing)) not in lacks],
        missing=lacks,
        surplus=[_spell_part(thing) for thing in surplus],
    )


def _spell_part(part: GraphPart) -> str:
    return str(part) if isinstance(part, (Name, str)) else spell(part)


def at_name(picture: Picture, name: Name) -> list[Mark]:
    """A ring round a name, or round its node if it has none."""
    placed = picture.nodes[name]
    return [ring(placed.text.box if placed.text else placed.box, str(name))]


def at_unnamed(picture: Picture) -> list[Mark]:
    """A ring round each symbol without a name."""
    return [ring(box, "a node without a name") for box in picture.unnamed]


def at_head(picture: Picture, edge: Edge) -> list[Mark]:
    """A ring where the head of an arrow is, or should be: at the rim of the node that it leads to."""
    course = course_of(picture, edge)
    target = picture.nodes[edge[1]]
    if dist(course[0], target.box.centre) < dist(course[-1], target.box.centre):
        course = course[::-1]
    x, y = _rim(course, target)
    return [ring(Box(x - _NEAR_HEAD, y - _NEAR_HEAD, x + _NEAR_HEAD, y + _NEAR_HEAD), f"the head of {spell(edge)}")]


def at_missing(picture: Picture, edge: Edge) -> list[Mark]:
    """A dashed line where an edge is missing, between the rims of its nodes."""
    course = course_of(picture, edge)
    first, last = (picture.nodes[name] for name in edge)
    if dist(course[0], first.box.centre) > dist(course[0], last.box.centre):
        course = course[::-1]
    inner = [point for point in course[1:-1] if not _is_within(point, first) and not _is_within(point, last)]
    return [gap([_rim(course[::-1], first), *inner, _rim(course, last)], spell(edge))]


def at_surplus(picture: Picture, edge: Edge) -> list[Mark]:
    """A cross in the middle of an edge that should not be there, if it is drawn."""
    for tail, head, line in picture.arrows:
        if {tail, head} == set(edge):
            return [cross(middle_of(line.path), spell(edge))]
    return []


def at_no_label(picture: Picture, edge: Edge) -> list[Mark]:
    """A dashed ring in the middle of an edge without a label, if the drawing shows both of its nodes."""
    if not picture.nodes.keys() >= set(edge):
        return []
    return [hole(middle_of(course_of(picture, edge)), _NO_LABEL, f"the label of {spell(edge)}")]


def marks_of(picture: Picture, parts: Parts) -> list[Mark]:
    """Marks for what is missing and surplus in the returned graph, as far as its drawing shows where."""
    names = {str(name): name for name in picture.nodes}
    if parts.what == NODES:
        found = [mark for text in parts.surplus if text in names for mark in at_name(picture, names[text])]
        texts = [*picture.labels, *(placed.text for placed in picture.nodes.values() if placed.text)]
        unread = [text for text in texts if text.text.strip() in parts.surplus and text.text.strip() not in names]
        return found + [ring(text.box, text.text.strip()) for text in unread]
    missing, surplus = (
        [(names[tail], names[head]) for tail, _, head in (text.partition(" -> ") for text in texts) if
         tail in names and head in names]
        for texts in (parts.missing, parts.surplus)
    )  # fmt: skip
    turned = {(head, tail) for tail, head in surplus}
    marks = [mark for edge in surplus for mark in at_surplus(picture, edge)]
    return marks + [mark for edge in missing if edge not in turned for mark in at_missing(picture, edge)]


def _is_within(point: Point, placed: Placed) -> bool:
    return placed.distance(point) < 1


def _rim(course: list[Point], placed: Placed) -> Point:
    """Where a line that ends at a node comes to its rim; its end, if that is outside of the node."""
    for here, before in zip(course[::-1], [*course[-2::-1], course[0]], strict=True):
        if _is_within(before, placed):
            continue
        out, inside = before, here
        for _ in range(12):
            middle = (out[0] + inside[0]) / 2, (out[1] + inside[1]) / 2
            out, inside = (out, middle) if _is_within(middle, placed) else (middle, inside)
        return inside if _is_within(here, placed) else here
    return course[-1]
