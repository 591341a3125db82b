"""Judge a drawing of the unfolded graph: names, arrows and arrangement (exercise 5)."""

from itertools import combinations, pairwise
from math import hypot
from typing import Any

import networkx as nx

from autograder.checking import Drawing, Mistake, Point

from .labels import course_of, detours, to_segment
from .names import Name
from .placing import Picture
from .unfolded import KINDS, core_edges, core_nodes, named_edges, read_nodes, read_through

#: Two coordinates that differ by less than this many pixels count as the same.
_PIXELS = 2.0


class Expected:
    """The part of the network that a drawing must show.

    Other cases judge what the returned graph lacks. So if it has at least two thirds of the nodes or of the edges, the
    drawing has to show only those that are there.
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


def picture_of(drawings: list[Drawing], understood: Picture | None) -> Picture:
    """Return the drawing that was read.

    Raises:
        Mistake: nothing was drawn, or no part of the drawing could be read.
    """
    if not drawings:
        raise Mistake("graph() draws nothing: draw the graph with matplotlib inside the function.")
    if understood is None:
        raise Mistake(
            "The drawing shows no names: label every node with its name, such as x(1). A legend does not count."
        )
    return understood


def check_names(picture: Picture, expected: Expected) -> None:
    """Every node is drawn with its name."""
    if missing := [str(name) for name in expected.nodes if name not in picture.nodes]:
        raise Mistake(f"The drawing does not show {', '.join(missing[:6])}: label every node with its name.")


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
            raise Mistake(f"The edge {tail} -> {head} is drawn without an arrowhead at {head}, or with two.")
        raise Mistake(f"The drawing does not show the edge {tail} -> {head}.")


def check_arrangement(picture: Picture, expected: Expected) -> None:
    """Nodes do not overlap, no edge crosses a third node, time runs along one axis, the kinds along the other."""
    check_names(picture, expected)
    _check_apart(picture)
    _check_free(picture, expected)
    centres = {name: picture.nodes[name].box.centre for name in expected.nodes}
    if not any(_time_runs(centres, axis) and _kinds_ordered(centres, 1 - axis) for axis in (0, 1)):
        raise Mistake(
            "The drawing is not arranged by time: for x, a, z and L, t = 1, 2, ... should run in one direction along "
            "one axis. Along the other axis, the four kinds should be in the same order at every t."
        )


def _check_apart(picture: Picture) -> None:
    for (first, one), (second, other) in combinations(picture.nodes.items(), 2):
        (x1, y1), (x2, y2) = one.box.centre, other.box.centre
        width, height = (one.box.width + other.box.width) / 2, (one.box.height + other.box.height) / 2
        overlap = abs(x1 - x2) < width and abs(y1 - y2) < height
        if one.round and other.round:
            overlap = hypot((x1 - x2) / max(width, 1e-9), (y1 - y2) / max(height, 1e-9)) < 1
        if overlap:
            raise Mistake(f"The nodes {first} and {second} overlap in the drawing.")


def _check_free(picture: Picture, expected: Expected) -> None:
    for edge in expected.edges:
        course = course_of(picture, edge)
        if course is None or edge in detours(picture):
            continue
        for name, placed in picture.nodes.items():
            radius = min(placed.box.width, placed.box.height) / 2
            near = min(to_segment(placed.box.centre, a, b) for a, b in pairwise(course))
            if name not in edge and near < max(radius / 2, _PIXELS):
                raise Mistake(f"In the drawing the edge {edge[0]} -> {edge[1]} goes through the node {name}.")


def _time_runs(centres: dict[Name, Point], axis: int) -> bool:
    """Whether all four kinds move in one direction along the axis as t grows."""
    moves = []
    for kind in KINDS:
        places = [
            point[axis] for name, point in sorted(centres.items(), key=lambda i: i[0].t or 0) if name.kind == kind
        ]
        moves += [later - earlier for earlier, later in pairwise(places)]
    return all(move > _PIXELS for move in moves) or all(move < -_PIXELS for move in moves)


def _kinds_ordered(centres: dict[Name, Point], axis: int) -> bool:
    """Whether the kinds are apart, and any two of them are in the same order at every time step."""
    times = {name.t for name in centres}
    for t in times:
        places = [point[axis] for name, point in centres.items() if name.t == t]
        if max(places) - min(places) <= _PIXELS:
            return False
    for one, other in combinations(KINDS, 2):
        gaps = []
        for t in times:
            a, b = centres.get(Name(one, t)), centres.get(Name(other, t))
            if a and b:
                gaps.append(a[axis] - b[axis])
        if any(gap > _PIXELS for gap in gaps) and any(gap < -_PIXELS for gap in gaps):
            return False
    return True
