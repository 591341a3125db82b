"""Judge the labels of the edges: what they say, and whether the drawing shows them (exercise 5)."""

import re
from itertools import pairwise
from math import dist, hypot
from typing import Any

import networkx as nx

from autograder.checking import Box, Mistake, Point, Text

from .names import read_label
from .placing import Picture, Placed, contains
from .unfolded import Edge, read_nodes, read_through

#: Rank of a text next to an edge: it names the edge's parameter, any text will do, or it says something else.
_FITS, _ANY, _OTHER = range(3)


def find_labels(picture: Picture, edges: dict[Edge, str | None]) -> dict[Edge, Text]:
    """Give each edge a text next to it. Texts that name its parameter come first, then the nearest ones.

    No text is given to two edges.
    """
    pairs = []
    for edge, wanted in edges.items():
        course = course_of(picture, edge)
        if course is None:
            continue
        length = sum(dist(a, b) for a, b in pairwise(course))
        middle = _middle(course)
        xs, ys = zip(*course, strict=True)
        around = Box(min(xs), min(ys), max(xs), max(ys))
        for i, text in enumerate(picture.labels):
            reach = max(0.3 * length, 1.5 * min(text.box.height, text.box.width))
            if text.box.gap(around) <= reach and _distance(text.box, course) <= reach:
                fits = wanted is not None and read_label(text.text) == {wanted}
                rank = _FITS if fits else _ANY if wanted is None else _OTHER
                pairs.append((rank, dist(text.box.centre, middle), i, edge))
    found: dict[Edge, Text] = {}
    taken: set[int] = set()
    for _, _, i, edge in sorted(pairs, key=lambda pair: pair[:3]):
        if edge not in found and i not in taken:
            found[edge] = picture.labels[i]
            taken.add(i)
    return found


def written_labels(answer: Any) -> dict[Edge, list[str]]:
    """Return the texts in the attributes of a graph's edges; empty if it is not a directed graph."""
    written: dict[Edge, list[str]] = {}
    if not isinstance(answer, nx.Graph) or not answer.is_directed():
        return written
    names = read_nodes(answer.nodes)
    graph: Any = answer
    edges = graph.edges(keys=True, data=True) if graph.is_multigraph() else graph.edges(data=True)
    for tail, head, *rest in edges:
        values = [value for part in rest for value in (_label_values(part) if isinstance(part, dict) else [part])]
        first, second = names[tail], names[head]
        if first and second:
            texts = written.setdefault((first, second), [])
            texts += [value for value in values if isinstance(value, str) and value.strip()]
    return written


def _label_values(attributes: dict[Any, Any]) -> list[Any]:
    """Return the values of all attributes except those of the line: ``color="r"`` does not mean R."""
    return [
        value for key, value in attributes.items() if not re.search("colou?r|style|^c$|^ls$|^arrow", str(key).lower())
    ]


def check_label_texts(answer: Any, picture: Picture | None, edges: dict[Edge, str | None]) -> None:
    """Check that each edge names its parameter, in an attribute of the edge or in the drawing.

    Args:
        answer: what ``graph()`` returned.
        picture: the drawing, if it could be read.
        edges: the expected edges with their parameters; None if any label will do.

    Raises:
        Mistake: one does not. The message names the edge and what is expected there.
    """
    written = written_labels(answer)
    drawn = find_labels(picture, edges) if picture else {}
    for edge, wanted in edges.items():
        if written and edge not in written:
            continue  # it leads through an optional node, or is missing
        texts = written.get(edge, []) + ([drawn[edge].text] if edge in drawn else [])
        fits = any(read_label(text) == {wanted} for text in texts) if wanted else bool(texts)
        if not fits:
            demand = f"should be labelled {wanted}" if wanted else "has no label"
            raise Mistake(f"The edge {edge[0]} -> {edge[1]} {demand}.")


def check_labels_seen(answer: Any, picture: Picture, edges: dict[Edge, str | None]) -> None:
    """Check that every edge between core nodes has its label from the graph next to it, and not under a node.

    Whether the label is right is for ``check_label_texts`` to check.

    Raises:
        Mistake: one does not. The message names the edge.
    """
    written = written_labels(answer)
    own = {edge: wanted and (_said(written.get(edge, [])) or wanted) for edge, wanted in edges.items()}
    found = find_labels(picture, own)
    for edge, wanted in edges.items():
        where = f"the edge {edge[0]} -> {edge[1]}"
        if edge in detours(picture):
            continue
        if edge not in found:
            raise Mistake(f"The drawing does not show a label at {where}.")
        said = wanted and _said(written.get(edge, []))
        if said and read_label(found[edge].text) not in ({said}, {wanted}):
            raise Mistake(f"The drawing does not show the label {said} at {where}.")
        for name, placed in picture.nodes.items():
            if _covers(placed, found[edge].box.centre):
                raise Mistake(f"The node {name} covers the label of {where}.")


def _said(texts: list[str]) -> str | None:
    """Return the parameter that the texts name, if they name exactly one."""
    said = {frozenset(labels) for text in texts if (labels := read_label(text))}
    return next(iter(said.pop())) if len(said) == 1 and len(next(iter(said))) == 1 else None


def detours(picture: Picture) -> set[Edge]:
    """Return the edges that are drawn only through an optional node. They need no label."""
    joined = {(tail, head) for tail, head, _ in picture.arrows}
    return read_through(joined) - joined


def course_of(picture: Picture, edge: Edge) -> list[Point] | None:
    """Return the line of an edge, or a straight one if it is not drawn; None if one of its nodes is missing."""
    for tail, head, line in picture.arrows:
        if {tail, head} == set(edge):
            return line.path
    ends = [picture.nodes[name].box.centre for name in edge if name in picture.nodes]
    return ends if len(ends) == 2 else None


def _middle(course: list[Point]) -> Point:
    half = sum(dist(a, b) for a, b in pairwise(course)) / 2
    for a, b in pairwise(course):
        step = dist(a, b)
        if step and half <= step:
            share = half / step
            return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
        half -= step
    return course[-1]


def _distance(box: Box, course: list[Point]) -> float:
    """Return the distance from a box to a line, measured at sample points; 0 if the line goes through the box."""
    gaps = []
    for (ax, ay), (bx, by) in pairwise(course):
        for share in (step / 20 for step in range(21)):
            x, y = ax + share * (bx - ax), ay + share * (by - ay)
            gaps.append(box.gap(Box(x, y, x, y)))
    return min(gaps)


def to_segment(point: Point, a: Point, b: Point) -> float:
    """Return the distance from a point to the straight line between two points."""
    (px, py), (ax, ay), (bx, by) = point, a, b
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    share = 0.0 if square == 0 else max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / square))
    return hypot(px - ax - share * dx, py - ay - share * dy)


def _covers(placed: Placed, point: Point) -> bool:
    if not contains(placed.box, point):
        return False
    if not placed.round:
        return True
    (cx, cy), (px, py) = placed.box.centre, point
    return ((px - cx) / (placed.box.width / 2)) ** 2 + ((py - cy) / (placed.box.height / 2)) ** 2 <= 1
