"""Judge a drawing of the unfolded graph: names, arrows and arrangement (exercise 5)."""

from itertools import combinations, pairwise

from autograder.checking import Drawing, Mistake, Point, Text, frame, ring

from .arrows import Arrows
from .astray import astray
from .heads import to_segment
from .joining import Picture, Placed, course_of
from .labels import are_one_place, detours
from .names import Name, read_name
from .network import Returned
from .placing import nodes_in, read_with_words
from .pointing import at_name, at_unnamed, parts_of, spell
from .sight import hidden_text
from .unfolded import KINDS, Edge, core_edges, core_nodes, read_through

#: What the parts of a drawing are called in results.
NAMES, ARROWS = "names in the drawing", "arrows in the drawing"

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
        self.both: set[Edge] = set()
        """Edges that the graph has in both directions."""
        if network:
            edges = read_through(network.edges)
            turned = {(head, tail) for tail, head in edges}
            nodes = [name for name in self.nodes if name in network.names]
            known = {edge: label for edge, label in self.edges.items() if edge in edges or edge in turned}
            self.nodes = nodes if len(nodes) >= len(KINDS) else self.nodes
            self.edges = known if len(known) >= len(KINDS) - 1 else self.edges
            self.backwards = {edge for edge in self.edges if edge not in edges and edge in turned}
            self.both = {edge for edge in self.edges if edge in edges and edge in turned}

    def told(self, picture: Picture) -> dict[Edge, str | None]:
        """Return the edges that can be judged in a drawing: those between nodes that are identified and do not overlap.

        Raises:
            Mistake: fewer than half of the nodes can be identified, or no edge can be judged.
        """
        if 2 * sum(name in picture.nodes for name in self.nodes) < len(self.nodes):
            mistake = Mistake(
                "In the drawing, fewer than half of the nodes have a name that can be read, so nothing else in it can "
                "be checked. Write a name at every node."
            )
            raise mistake.about(picture.drawing, at_unnamed(picture))
        told = {edge: label for edge, label in self.edges.items() if all(name in picture.nodes for name in edge)}
        told = {edge: label for edge, label in told.items() if not picture.overlap(*edge)}
        if not told:
            mistake = Mistake(
                "No edge can be checked in the drawing: for every edge, its nodes overlap or one has no name."
            )
            raise mistake.about(picture.drawing, at_unnamed(picture))
        return told


def picture_of(drawings: list[Drawing], understood: Picture | None, broken: str = "") -> Picture:
    """Return the drawing that was read.

    Raises:
        Mistake: nothing was drawn, no part of the drawing could be read, or nothing in it can be seen.
    """
    if not drawings and broken:
        hint = " Text between dollar signs is a formula: is a brace missing in it?" if "Parse" in broken else ""
        raise Mistake(
            f"The figure cannot be shown, because matplotlib raised an error while drawing it: {broken}.{hint}"
        )
    if not drawings:
        raise Mistake(
            "graph() draws nothing: draw the graph with matplotlib inside the function, on every call. A graph that is "
            "drawn only on the first call, or in another cell, does not count."
        )
    if understood is None:
        mistake = Mistake("The drawing has no text that is the name of a node, such as x(1). A legend does not count.")
        best = max(drawings, key=lambda drawing: len(drawing.markers))
        raise mistake.about(best, [ring(box, "a node without a name") for box in nodes_in(best)])
    if understood.blank:
        mistake = Mistake(
            "Nothing can be seen in the drawing: all of it is invisible or covered, or has the background's colour."
        )
        raise mistake.about(understood.drawing)
    return understood


def check_names(picture: Picture, expected: Expected) -> None:
    """Every node is drawn with its name, and the name can be read."""
    missing = [name for name in expected.nodes if name not in picture.nodes or not picture.nodes[name].text]
    if missing:
        texts = picture.drawing.texts if picture.drawing else []
        read = {read_name(text.text.strip()) for text in texts}
        absent = [name for name in expected.nodes if name not in read]
        if len(absent) == len(missing):  # a node that has another node's name is not the one whose name is missing
            missing = absent
        text = f"The drawing does not show {', '.join(map(str, missing[:6]))}: label every node with its name."
        raise Mistake(text).about(picture.drawing, at_unnamed(picture), [parts_of(NAMES, expected.nodes, missing)])
    if picture.moved:
        marks = [mark for name in picture.moved.values() for mark in at_name(picture, name)]
        raise Mistake(_wrong_places(picture.moved)).about(picture.drawing, marks)
    faults = {name: fault for name in expected.nodes if (fault := _fault_of_name(picture, name))}
    if astray := [name for name in picture.astray if _is_seen(picture.nodes[name])]:
        more = f" and {len(astray) - 6} more" if len(astray) > 6 else ""
        text = f"In the drawing these names are not at their nodes: {', '.join(map(str, astray[:6]))}{more}."
        marks = [mark for name in astray for mark in at_name(picture, name)]
        raise Mistake(text).about(
            picture.drawing, marks, [parts_of(NAMES, expected.nodes, dict.fromkeys([*astray, *faults]))]
        )
    if faults:
        marks = [mark for name in faults for mark in at_name(picture, name)]
        mistake = Mistake(next(iter(faults.values())))
        raise mistake.about(picture.drawing, marks, [parts_of(NAMES, expected.nodes, faults)])


def _is_seen(placed: Placed) -> bool:
    return placed.text is not None and hidden_text(placed.text) is None


def _fault_of_name(picture: Picture, name: Name) -> str | None:
    """Why nobody can read a name in the drawing, or that it is another one."""
    text = picture.nodes[name].text
    lies_under = any(picture.overlap(name, other) for other in picture.nodes if other != name)
    if text and not lies_under and (reason := hidden_text(text)):  # nodes that overlap are badly arranged
        return f"The name {name} cannot be seen in the drawing: {reason}."
    if text and not lies_under and (other := _printed_on(picture, name, text)):
        return f"In the drawing, the text {other[:40]!r} is printed on the name {name}: move one of them."
    if text and not any(_is_called(line, name) for line in [text.text, *text.text.splitlines()]):
        return f"In the drawing, {name} is called {text.text.strip()[:40]!r}. Use the name from the assignment."
    return None


def _printed_on(picture: Picture, name: Name, text: Text) -> str | None:
    """The text that is printed on a name or under it, so that nobody can read either. The name itself may be there."""
    for other in picture.drawing.texts if picture.drawing else ():
        own = other is text or other.text.strip() == text.text.strip() or _is_called(other.text, name)
        if not own and hidden_text(other) is None and are_one_place(text, other):
            return other.text.strip()
    return None


def _wrong_places(moved: dict[Name, Name]) -> str:
    shown, node = min(moved.items(), key=lambda pair: str(pair[0]))
    if len(moved) == 2:
        return f"The names {shown} and {node} are swapped in the drawing: each is at the other's node."
    return f"The drawing has names at the wrong nodes: {shown} stands where the edges of {node} are, for example."


def _is_called(text: str, name: Name) -> bool:
    """Whether a text is the name itself, or y(t) for the prediction."""
    read = read_name(text) or read_with_words(text, {})
    return read == name or (read is not None and (read.kind, name.kind) == ("y", "yhat"))


def check_arrows(picture: Picture, expected: Expected) -> None:
    """Every edge is drawn, with an arrowhead at the right end, and both can be seen."""
    arrows = Arrows(picture)
    told = {edge: edge[::-1] if edge in expected.backwards else edge for edge in expected.told(picture)}
    faults = {
        told[edge]: fault
        for edge in told
        if (fault := arrows.fault_of(edge, edge in expected.backwards, edge in expected.both))
    }
    if faults:
        marks = [mark for _, found in faults.values() for mark in found]
        mistake = Mistake(next(iter(faults.values()))[0])
        raise mistake.about(picture.drawing, marks, [parts_of(ARROWS, told.values(), faults)])


def check_arrangement(picture: Picture, expected: Expected) -> None:
    """Nodes do not overlap, no edge crosses a third node, time runs along one axis, the kinds along the other.

    If the returned graph has only one time step, nothing can be said about time.
    """
    _check_apart(picture)
    _check_free(picture, expected.told(picture))
    centres = {name: picture.nodes[name].box.centre for name in expected.nodes if name in picture.nodes}
    if len({name.t for name in centres}) < 2 <= len({name.t for name in expected.nodes}):
        mistake = Mistake("The drawing has only one time step, so nobody can tell how time runs in it.")
        raise mistake.about(picture.drawing)
    if not any(_time_runs(centres, axis) and _kinds_ordered(centres, 1 - axis) for axis in (0, 1)):
        mistake = Mistake(
            "The drawing is not arranged by time: for x, a, z and L, t = 1, 2, ... should run in one direction along "
            "one axis. Along the other axis, the four kinds should be in the same order at every t."
        )
        rows = astray(centres, _PIXELS)
        raise mistake.about(
            picture.drawing, [frame([picture.nodes[name].box for name in names], text) for text, names in rows]
        )


def _check_apart(picture: Picture) -> None:
    pairs = [pair for pair in combinations(picture.nodes, 2) if picture.overlap(*pair)]
    if pairs:
        mistake = Mistake(f"The nodes {pairs[0][0]} and {pairs[0][1]} overlap in the drawing.")
        marks = [frame([picture.nodes[name].box for name in pair], " and ".join(map(str, pair))) for pair in pairs]
        raise mistake.about(picture.drawing, marks)


def _check_free(picture: Picture, edges: dict[Edge, str | None]) -> None:
    through = detours(picture)
    crossings = [
        (edge, name)
        for edge in edges
        if edge not in through
        for course in [course_of(picture, edge)]
        for name, placed in picture.nodes.items()
        if name not in edge and _goes_through(course, placed)
    ]
    if crossings:
        edge, name = crossings[0]
        mistake = Mistake(f"In the drawing the edge {spell(edge)} goes through the node {name}.")
        marks = [ring(picture.nodes[name].box, f"{name}, which {spell(edge)} goes through") for edge, name in crossings]
        raise mistake.about(picture.drawing, marks)


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
