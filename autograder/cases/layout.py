"""Judging a drawing of the unfolded graph: names, arrows, labels and arrangement (exercise 5)."""

from itertools import combinations, pairwise
from math import dist, hypot
from typing import Any

import networkx as nx

from .calls import Mistake
from .facts import Box, Drawing, Point, Text
from .names import Name, read_label
from .placing import Picture, Placed, contains, understand
from .unfolded import KINDS, Edge, Graph, core_edges, core_nodes, named_edges, read_nodes, read_through

#: Two coordinates that differ by less than this many pixels count as the same.
_PIXELS = 2.0


class Expected:
    """The part of the network that a drawing must show.

    What the returned graph lacks is the business of the cases that look at the graph: where it holds two thirds of
    the nodes and edges or more, the drawing is held against what is there.
    """

    def __init__(self, answer: Any, steps: int) -> None:
        self.nodes = core_nodes(steps)
        self.edges = core_edges(steps)
        if isinstance(answer, nx.Graph) and answer.is_directed():
            returned = {name for name in read_nodes(answer.nodes).values() if name}
            edges = read_through(set(named_edges(answer)))
            nodes = [name for name in self.nodes if name in returned]
            if 3 * len(nodes) >= 2 * len(self.nodes):
                self.nodes = nodes
            known = {edge: label for edge, label in self.edges.items() if edge in edges}
            if 3 * len(known) >= 2 * len(self.edges):
                self.edges = known


def picture_of(drawings: list[Drawing], steps: int) -> Picture:
    """Return the best picture of the network among the drawings.

    Raises:
        Mistake: nothing was drawn, or nothing in it could be understood.
    """
    if not drawings:
        raise Mistake("graph() draws nothing: draw the graph with matplotlib inside of the function.")
    picture = understand(drawings, steps)
    if picture is None:
        raise Mistake("The drawing shows no names: write its name, like x(1), at every node; a legend does not count.")
    return picture


def check_names(picture: Picture, expected: Expected) -> None:
    """Every node is drawn with its name."""
    if missing := [str(name) for name in expected.nodes if name not in picture.nodes]:
        raise Mistake(f"The drawing does not show {', '.join(missing[:6])}: write its name at every node.")


def check_arrows(picture: Picture, expected: Expected) -> None:
    """Every edge is drawn, with an arrowhead at the right end."""
    pointed = {(tail, head) for tail, head, line in picture.arrows if line.pointed}
    joined = {(tail, head) for tail, head, _ in picture.arrows}
    shown, shown_anyhow = read_through(pointed), read_through(joined | {(b, a) for a, b in joined})
    for tail, head in expected.edges:
        if (tail, head) in shown:
            continue
        if (head, tail) in shown:
            raise Mistake(f"The arrow between {tail} and {head} points the wrong way in the drawing.")
        if (tail, head) in shown_anyhow:
            raise Mistake(f"The edge {tail} -> {head} has no arrowhead in the drawing.")
        raise Mistake(f"The drawing does not show the edge {tail} -> {head}.")


def check_labels_seen(picture: Picture, expected: Expected) -> None:
    """Every edge between core nodes has its label beside it, and no label lies under a node."""
    found = find_labels(picture, expected.edges)
    for (tail, head), wanted in expected.edges.items():
        if (tail, head) in _detours(picture):
            continue
        if (tail, head) not in found:
            what = f"the label {wanted}" if wanted else "any label"
            raise Mistake(f"The drawing does not show {what} at the edge {tail} -> {head}.")
        for name, placed in picture.nodes.items():
            if _covers(placed, found[tail, head].box.centre):
                raise Mistake(f"The label of the edge {tail} -> {head} lies under the node {name}.")


def _detours(picture: Picture) -> set[Edge]:
    """Edges that are drawn through an optional node only; they need no label."""
    joined = {(tail, head) for tail, head, _ in picture.arrows}
    return read_through(joined) - joined


def find_labels(picture: Picture, edges: dict[Edge, str | None]) -> dict[Edge, Text]:
    """Give each edge the nearest text that fits: one that names its parameter, or any where none is asked for."""
    pairs = []
    for edge, wanted in edges.items():
        course = _course(picture, edge)
        if course is None:
            continue
        length = sum(dist(a, b) for a, b in pairwise(course))
        middle = _middle(course)
        for i, text in enumerate(picture.labels):
            reach = max(0.3 * length, 1.5 * min(text.box.height, text.box.width))
            fits = read_label(text.text) == {wanted} if wanted else True
            if fits and _distance(text.box, course) <= reach:
                pairs.append((wanted is None, dist(text.box.centre, middle), i, edge))
    found: dict[Edge, Text] = {}
    taken: set[int] = set()
    for _, _, i, edge in sorted(pairs, key=lambda pair: pair[:3]):
        if edge not in found and i not in taken:
            found[edge] = picture.labels[i]
            taken.add(i)
    return found


def _course(picture: Picture, edge: Edge) -> list[Point] | None:
    """The line of an edge, straight if it is not drawn; None if an end is not there."""
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
    """Distance from a box to a line, up to the fineness of the samples; 0 if the line goes through it."""
    gaps = []
    for (ax, ay), (bx, by) in pairwise(course):
        for share in (step / 20 for step in range(21)):
            x, y = ax + share * (bx - ax), ay + share * (by - ay)
            gaps.append(box.gap(Box(x, y, x, y)))
    return min(gaps)


def _to_segment(point: Point, a: Point, b: Point) -> float:
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


def check_arrangement(picture: Picture, expected: Expected) -> None:
    """No node on another, no edge through a third node, time along one axis, the kinds in order along the other."""
    check_names(picture, expected)
    _check_apart(picture)
    _check_free(picture, expected)
    centres = {name: picture.nodes[name].box.centre for name in expected.nodes}
    if not any(_time_runs(centres, axis) and _kinds_ordered(centres, 1 - axis) for axis in (0, 1)):
        raise Mistake(
            "The drawing is not arranged along time: t = 1, 2, ... should run along one axis in one direction for x, "
            "a, z and L, and along the other axis the four kinds should stand in the same order at every t."
        )


def _check_apart(picture: Picture) -> None:
    for (first, one), (second, other) in combinations(picture.nodes.items(), 2):
        (x1, y1), (x2, y2) = one.box.centre, other.box.centre
        width, height = (one.box.width + other.box.width) / 2, (one.box.height + other.box.height) / 2
        overlap = abs(x1 - x2) < width and abs(y1 - y2) < height
        if one.round and other.round:
            overlap = hypot((x1 - x2) / max(width, 1e-9), (y1 - y2) / max(height, 1e-9)) < 1
        if overlap:
            raise Mistake(f"The nodes {first} and {second} lie on top of each other in the drawing.")


def _check_free(picture: Picture, expected: Expected) -> None:
    for edge in expected.edges:
        course = _course(picture, edge)
        if course is None or edge in _detours(picture):
            continue
        for name, placed in picture.nodes.items():
            radius = min(placed.box.width, placed.box.height) / 2
            near = min(_to_segment(placed.box.centre, a, b) for a, b in pairwise(course))
            if name not in edge and near < max(radius / 2, _PIXELS):
                raise Mistake(f"In the drawing the edge {edge[0]} -> {edge[1]} goes through the node {name}.")


def _time_runs(centres: dict[Name, Point], axis: int) -> bool:
    """Whether all four kinds go along the axis in one direction with t."""
    moves = []
    for kind in KINDS:
        places = [
            point[axis] for name, point in sorted(centres.items(), key=lambda i: i[0].t or 0) if name.kind == kind
        ]
        moves += [later - earlier for earlier, later in pairwise(places)]
    return all(move > _PIXELS for move in moves) or all(move < -_PIXELS for move in moves)


def _kinds_ordered(centres: dict[Name, Point], axis: int) -> bool:
    """Whether no two kinds are one way round at one time step and the other way round at another."""
    times = {name.t for name in centres}
    for one, other in combinations(KINDS, 2):
        gaps = []
        for t in times:
            a, b = centres.get(Name(one, t)), centres.get(Name(other, t))
            if a and b:
                gaps.append(a[axis] - b[axis])
        if any(gap > _PIXELS for gap in gaps) and any(gap < -_PIXELS for gap in gaps):
            return False
    return True


def check_label_texts(answer: Graph, picture: Picture | None, expected: Expected) -> None:
    """Each edge says its parameter, in an attribute of the edge or in the drawing.

    Raises:
        Mistake: names the edge and what is expected there.
    """
    names = read_nodes(answer.nodes)
    written: dict[Edge, list[str]] = {}
    for tail, head, *rest in answer.edges(keys=True, data=True) if answer.is_multigraph() else answer.edges(data=True):
        values = [value for part in rest for value in (part.values() if isinstance(part, dict) else [part])]
        texts = [value for value in values if isinstance(value, str)]
        pair = names[tail], names[head]
        if pair[0] and pair[1]:
            written.setdefault((pair[0], pair[1]), []).extend(text for text in texts if text.strip())
    drawn = find_labels(picture, expected.edges) if picture else {}
    for edge, wanted in expected.edges.items():
        if edge not in written and edge not in named_edges(answer):
            continue  # it leads through an optional node, or is missing
        texts = written.get(edge, []) + ([drawn[edge].text] if edge in drawn else [])
        fits = any(read_label(text) == {wanted} for text in texts) if wanted else bool(texts)
        if not fits:
            where = f"{edge[0]} -> {edge[1]}"
            raise Mistake(
                f"The edge {where} should be labelled {wanted}." if wanted else f"The edge {where} has no label."
            )
