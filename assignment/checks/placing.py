"""Find the network in the facts of a drawing: where each node is, and which nodes each line joins."""

from dataclasses import dataclass
from itertools import combinations
from math import dist, inf
from typing import Any

import networkx as nx

from autograder.checking import Box, Drawing, Line, Marker, Text

from .names import Name, read_name
from .unfolded import KINDS, core_nodes, read_nodes


@dataclass
class Placed:
    """A node in a drawing."""

    box: Box
    """The box of its marker, or of its name if it has no marker."""
    round: bool
    """Whether its marker is a circle or an ellipse."""
    text: Text
    """Its name."""


@dataclass
class Picture:
    """A drawing that has been read."""

    nodes: dict[Name, Placed]
    arrows: list[tuple[Name, Name, Line]]
    """Lines between two nodes, from tail to head."""
    labels: list[Text]
    """All texts that are not names of nodes."""


def understand(drawings: list[Drawing], steps: int, known: set[Name] | None = None) -> Picture | None:
    """Return the drawing that shows most of the network, or None if none shows any part of it.

    Args:
        drawings: the drawings.
        steps: number of time steps.
        known: names of the nodes in the returned graph, if there is one.
    """
    pictures = [_understand(drawing, known) for drawing in drawings]
    core = set(core_nodes(steps))
    best = max(pictures, key=lambda p: (len(core & set(p.nodes)), len(p.arrows), len(p.labels)), default=None)
    return best if best and core & set(best.nodes) else None


def _understand(drawing: Drawing, known: set[Name] | None) -> Picture:
    named = [(name, text) for text in drawing.texts if (name := read_text(text.text))]
    core = [(name, text) for name, text in named if _is_core(name)]
    markers = _node_markers(drawing, [text for _, text in core])
    taken = [placed.box for placed in _place(core, markers, drawing.lines).values()]
    others = [
        (name, text)
        for name, text in named
        if not _is_core(name) and _may_be_node(name, known) and _ends_at(text.box, drawing.lines, taken)
    ]
    nodes = _place(core + others, markers, drawing.lines)
    names = [placed.text for placed in nodes.values()]
    labels = [text for text in drawing.texts if not any(text is name for name in names)]
    return Picture(nodes, _join(drawing.lines, nodes), labels)


def _may_be_node(name: Name, known: set[Name] | None) -> bool:
    """Whether a text can be the name of an optional node. W, R, V and y(t) are usually labels of edges."""
    return known is None or name in known or name.kind in {"s", "yhat", "a"}


def known_names(answer: Any) -> set[Name] | None:
    """Return the names of the nodes of a returned graph; None if it is not a graph."""
    if not isinstance(answer, nx.Graph):
        return None
    return {name for name in read_nodes(answer.nodes).values() if name}


def read_text(text: str) -> Name | None:
    """Read a drawn name. Another line may explain it, before or after."""
    if name := read_name(text):
        return name
    lines = [line for line in text.splitlines() if line.strip()]
    found = [name for line in lines if (name := read_name(line))] if len(lines) > 1 else []
    return found[0] if len(found) == 1 else None


def _is_core(name: Name) -> bool:
    return name.kind in KINDS and bool(name.t)


def _ends_at(box: Box, lines: list[Line], taken: list[Box], near: float | None = None) -> bool:
    """Whether a line begins or ends at a box rather than at one of the known nodes.

    No line ends at a label. So W, or y(1) next to z -> L, is not taken for a node.
    """
    near = max(box.width, box.height) if near is None else near
    for spot in (Box(*end, *end) for line in lines for end in (line.tail, line.head)):
        gap = box.gap(spot)
        if gap <= near and all(gap < other.gap(spot) for other in taken):
            return True
    return False


def _node_markers(drawing: Drawing, names: list[Text]) -> list[Marker]:
    """Return the markers without backgrounds (they hold several names, few have one size), frames and duplicates."""
    found: list[Marker] = []
    labels = [text.box.centre for text in drawing.texts if not any(text is name for name in names)]
    for marker in drawing.markers:
        inside = sum(contains(marker.box, text.box.centre) for text in names)
        framed = any(dist(marker.box.centre, centre) < 2 for centre in labels)
        near = 0.0 if framed else max(marker.box.width, marker.box.height)
        used = inside or not drawing.lines or _ends_at(marker.box, drawing.lines, [], near)
        alike = sum(_alike(marker.box, other.box) for other in drawing.markers)
        twin = any(dist(marker.box.centre, other.box.centre) < 1 for other in found)
        if (inside <= 1 or 2 * alike >= len(names)) and used and not twin:
            found.append(marker)
    return found


def _alike(one: Box, other: Box) -> bool:
    return abs(one.width - other.width) < 1 and abs(one.height - other.height) < 1


def contains(box: Box, point: tuple[float, float]) -> bool:
    """Whether a point lies in a box."""
    return box.x0 <= point[0] <= box.x1 and box.y0 <= point[1] <= box.y1


def _place(named: list[tuple[Name, Text]], markers: list[Marker], lines: list[Line]) -> dict[Name, Placed]:
    """Give each name the nearest marker, nearest pairs first. A name far from all markers is a node without one."""
    centres = [marker.box.centre for marker in markers]
    spacing = min((dist(a, b) for a, b in combinations(centres, 2)), default=inf)
    pairs = sorted(
        (marker.box.gap(text.box), dist(marker.box.centre, text.box.centre), i, j)
        for i, (_, text) in enumerate(named)
        for j, marker in enumerate(markers)
        if marker.box.gap(text.box) <= spacing / 2
    )
    nodes: dict[Name, Placed] = {}
    taken: set[int] = set()
    for _, _, i, j in pairs:
        name, text = named[i]
        if name not in nodes and j not in taken:
            nodes[name] = Placed(markers[j].box, markers[j].round, text)
            taken.add(j)
    for name, text in sorted(named, key=lambda item: _gap_to_ends(item[1], lines)):
        if name not in nodes:
            nodes[name] = Placed(text.box, False, text)
    return nodes


def _gap_to_ends(text: Text, lines: list[Line]) -> float:
    ends = (end for line in lines for end in (line.tail, line.head))
    return min((text.box.gap(Box(*end, *end)) for end in ends), default=0.0)


def _join(lines: list[Line], nodes: dict[Name, Placed]) -> list[tuple[Name, Name, Line]]:
    arrows = []
    centres = [placed.box.centre for placed in nodes.values()]
    spacing = min((d for a, b in combinations(centres, 2) if (d := dist(a, b)) > 1), default=inf)
    for line in lines:
        tail, head = (_nearest(end, nodes, spacing / 2) for end in (line.tail, line.head))
        if tail and head and tail != head:
            arrows.append((tail, head, line))
    return arrows


def _nearest(point: tuple[float, float], nodes: dict[Name, Placed], reach: float) -> Name | None:
    """Return the node nearest to the end of a line, if it is within reach."""
    spot = Box(*point, *point)
    ranked = ((placed.box.gap(spot), dist(placed.box.centre, point), name) for name, placed in nodes.items())
    gap, _, name = min(ranked, default=(inf, inf, None))
    return name if gap <= reach else None
