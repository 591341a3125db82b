"""Judge a drawing of the unfolded graph: names, arrows and arrangement (exercise 5)."""

from itertools import combinations, pairwise

from autograder.checking import Drawing, Line, Mistake, Point

from .heads import to_segment
from .joining import Picture, Placed
from .labels import course_of, detours
from .names import Name, read_name
from .network import Returned
from .sight import hidden_head, hidden_line, hidden_text
from .unfolded import KINDS, Edge, core_edges, core_nodes, read_through

#: Two coordinates that differ by less than this many pixels count as the same.
_PIXELS = 2.0


class Expected:
    """The part of the network that a drawing must show.

    Other cases judge what the returned graph lacks. So the drawing has to show only the nodes and edges that are there,
    if these are at least those of one time step.
    """

    def __init__(self, network: Returned | None, steps: int) -> None:
        self.nodes = core_nodes(steps)
        self.edges = core_edges(steps)
        self.backwards: set[Edge] = set()
        """Edges that the graph has the wrong way round. The drawing may show them so."""
        if network:
            edges = read_through(network.edges)
            turned = {(head, tail) for tail, head in edges}
            nodes = [name for name in self.nodes if name in network.names]
            known = {edge: label for edge, label in self.edges.items() if edge in edges or edge in turned}
            self.nodes = nodes if len(nodes) >= len(KINDS) else self.nodes
            self.edges = known if len(known) >= len(KINDS) - 1 else self.edges
            self.backwards = {edge for edge in self.edges if edge not in edges and edge in turned}

    def told(self, picture: Picture) -> dict[Edge, str | None]:
        """Return the edges that can be judged in a drawing: those between nodes that can be told and do not overlap.

        Raises:
            Mistake: fewer than half of the nodes can be told, or none of the edges.
        """
        if 2 * sum(name in picture.nodes for name in self.nodes) < len(self.nodes):
            raise Mistake("The drawing names fewer than half of the nodes, so nobody can tell what it shows.")
        told = {edge: label for edge, label in self.edges.items() if all(name in picture.nodes for name in edge)}
        told = {edge: label for edge, label in told.items() if not picture.overlap(*edge)}
        if not told:
            raise Mistake("All nodes that an edge joins overlap or have no name, so nobody can tell the edges.")
        return told


def picture_of(drawings: list[Drawing], understood: Picture | None) -> Picture:
    """Return the drawing that was read.

    Raises:
        Mistake: nothing was drawn, no part of the drawing could be read, or nothing in it can be seen.
    """
    if not drawings:
        raise Mistake(
            "graph() draws nothing: draw the graph with matplotlib inside the function, at every call. A graph that is "
            "drawn at the first call only, or in another cell, does not count."
        )
    if understood is None:
        raise Mistake(
            "The drawing shows no names: label every node with its name, such as x(1). A legend does not count."
        )
    if understood.blank:
        raise Mistake("Nothing can be seen in the drawing: all of it is invisible, covered, or has the same colour.")
    return understood


def check_names(picture: Picture, expected: Expected) -> None:
    """Every node is drawn with its name, and the name can be read."""
    if missing := [str(name) for name in expected.nodes if name not in picture.nodes or not picture.nodes[name].text]:
        raise Mistake(f"The drawing does not show {', '.join(missing[:6])}: label every node with its name.")
    if picture.moved:
        raise Mistake(_wrong_places(picture.moved))
    for name in expected.nodes:
        text = picture.nodes[name].text
        lies_under = any(picture.overlap(name, other) for other in picture.nodes if other != name)
        if text and not lies_under and (reason := hidden_text(text)):  # nodes that overlap are badly arranged
            raise Mistake(f"The name {name} cannot be seen in the drawing: {reason}.")
        if text and not any(_is_called(line, name) for line in [text.text, *text.text.splitlines()]):
            raise Mistake(f"The drawing calls {name} {text.text.strip()[:40]!r}: use the name of the assignment.")


def _wrong_places(moved: dict[Name, Name]) -> str:
    shown, node = min(moved.items(), key=lambda pair: str(pair[0]))
    if len(moved) == 2:
        return f"The names {shown} and {node} are swapped in the drawing: each is at the other's node."
    return f"The drawing has names at the wrong nodes: {shown} stands where the edges of {node} are, for example."


def _is_called(text: str, name: Name) -> bool:
    """Whether a text is the name itself, or y(t) for the prediction."""
    read = read_name(text)
    return read == name or (read is not None and (read.kind, name.kind) == ("y", "yhat"))


def check_arrows(picture: Picture, expected: Expected) -> None:
    """Every edge is drawn, with an arrowhead at the right end, and both can be seen."""
    seen = [(tail, head, line) for tail, head, line in picture.arrows if hidden_line(line) is None]
    lines = {edge for tail, head, _ in seen for edge in ((tail, head), (head, tail))}
    drawn = read_through({(tail, head) for tail, head, line in picture.arrows if line.pointed})
    pointed = {(tail, head) for tail, head, line in picture.arrows if line.pointed and hidden_head(line) is None}
    shown = read_through({edge for edge in pointed if edge in lines})
    anyhow = read_through({edge for tail, head, _ in picture.arrows for edge in ((tail, head), (head, tail))})
    for tail, head in expected.told(picture):
        turned = (tail, head) in expected.backwards
        if (tail, head) in shown or (turned and (head, tail) in shown):
            continue
        if (head, tail) in shown and not turned:
            raise Mistake(f"The arrow between {tail} and {head} points the wrong way in the drawing.")
        if (tail, head) in drawn or (turned and (head, tail) in drawn):
            raise Mistake(_why_hidden(picture, (head, tail) if turned else (tail, head)))
        if (tail, head) in anyhow:
            raise Mistake(f"The edge {tail} -> {head} is drawn without an arrowhead at {head}, or with two.")
        raise Mistake(f"The drawing does not show the edge {tail} -> {head}.")


def _why_hidden(picture: Picture, edge: Edge) -> str:
    """Why an arrow cannot be seen though it is drawn, and what to do."""
    where = f"{edge[0]} -> {edge[1]}"
    lines: list[Line] = [line for tail, head, line in picture.arrows if (tail, head) == edge]
    for line in lines:
        if reason := hidden_line(line):
            return f"The line of {where} cannot be seen in the drawing: {reason}."
        if reason := hidden_head(line):
            return f"The arrowhead of {where} cannot be seen in the drawing: {reason}."
    return f"The arrow {where} cannot be seen in the drawing, or only in part."


def check_arrangement(picture: Picture, expected: Expected) -> None:
    """Nodes do not overlap, no edge crosses a third node, time runs along one axis, the kinds along the other."""
    _check_apart(picture)
    _check_free(picture, expected.told(picture))
    centres = {name: picture.nodes[name].box.centre for name in expected.nodes if name in picture.nodes}
    if len({name.t for name in centres}) < 2:
        raise Mistake("The drawing has only one time step, so nobody can tell how time runs in it.")
    if not any(_time_runs(centres, axis) and _kinds_ordered(centres, 1 - axis) for axis in (0, 1)):
        raise Mistake(
            "The drawing is not arranged by time: for x, a, z and L, t = 1, 2, ... should run in one direction along "
            "one axis. Along the other axis, the four kinds should be in the same order at every t."
        )


def _check_apart(picture: Picture) -> None:
    for first, second in combinations(picture.nodes, 2):
        if picture.overlap(first, second):
            raise Mistake(f"The nodes {first} and {second} overlap in the drawing.")


def _check_free(picture: Picture, edges: dict[Edge, str | None]) -> None:
    for edge in edges:
        course = course_of(picture, edge)
        if course is None or edge in detours(picture):
            continue
        for name, placed in picture.nodes.items():
            if name not in edge and _goes_through(course, placed):
                raise Mistake(f"In the drawing the edge {edge[0]} -> {edge[1]} goes through the node {name}.")


def _goes_through(course: list[Point], placed: Placed) -> bool:
    near = min(to_segment(placed.box.centre, a, b) for a, b in pairwise(course))
    return near < max(placed.radius / 2, _PIXELS)


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
