"""What may be wrong with the arrows in a drawing (exercise 5)."""

from math import dist

from autograder.checking import Box, Line, Point

from ..checks.joining import Picture, Placed
from ..checks.layout import Expected
from ..checks.names import Name
from ..checks.sight import COVERED, INVISIBLE, hidden_head, hidden_line, hidden_text
from ..checks.unfolded import Edge, read_through
from ..checks.watching import Seen
from .arrangement import are_misplaced, arrangement_hint
from .drawings import drawing_hint
from .edges import arrow, ends_in_words
from .hiding import HEADS_OF_A_CALL, HEADS_UNDER_LABELS, HEADS_UNDER_NODES, OF_ARROWS, hiding_hint
from .hint import Hint
from .nodes import UNDIRECTED

NO_HEADS = Hint(
    "no-heads",
    "No edge has exactly one arrowhead, at its end: draw a DiGraph with arrows=True and arrowstyle='-|>'. ax.plot "
    "draws no heads.",
)
HEAD_MISSING = Hint("head-missing", "All other edges have their heads: look at how {edge} is drawn.")
KIND_BARE = Hint(
    "heads-of-a-kind-missing", "The arrows {which} have no head at their end, or two heads; the others are right."
)
NODES_TOO_NEAR = Hint("nodes-too-near", "These nodes are so close together that the edge between them cannot be seen.")
DRAWN_BACKWARDS = Hint("drawn-backwards", "All arrows in the drawing point from the effect back to the cause.")
KIND_TURNED = Hint(
    "kind-drawn-backwards", "In the drawing, all arrows {which} point the wrong way; the others are right."
)
EDGE_BACKWARDS = Hint("edge-drawn-backwards", "All other arrows are right: look at how {edge} is drawn.")
NAMES_TOO_FAR = Hint(
    "names-too-far",
    "There are lines, but none ends at a name: put each name on its node, or right beside it.",
)
EDGES_NOT_DRAWN = Hint(
    "edges-not-drawn",
    "No edge is drawn as a line from node to node: call draw_networkx_edges, or ax.annotate with arrowprops.",
)
DICTS_OVER_LINES = Hint(
    "dicts-over-lines",
    "The labels are dictionaries, whose long texts cover the lines: give draw_networkx_edge_labels "
    "edge_labels=nx.get_edge_attributes(G, 'label').",
)
EDGES_ELSEWHERE = Hint(
    "edges-in-another-figure",
    "The arrows and the names are in different figures: call plt.figure() or plt.subplots() once, at the start.",
)
KIND_NOT_DRAWN = Hint("edges-of-a-kind-not-drawn", "None of the edges {which} is drawn; all others are.")
EDGE_NOT_DRAWN = Hint("edge-not-drawn", "All other edges are drawn: look for the line that draws {edge}.")

_SHOWN, _TURNED, _BARE, _HIDDEN, _ABSENT = range(5)

#: A head counts as whole if more than this share of it is left.
_WHOLE = 0.8

#: How many pixels before its node to look for a head, and how near a label must be to cover it.
_ALONG, _NEAR_LABEL = (0.0, 4.0, 8.0), 4.0


def arrows_hint(seen: Seen) -> Hint | None:
    """Return the likely cause where arrows are missing, point the wrong way, or cannot be seen."""
    if hint := drawing_hint(seen):
        return hint
    states = _states_of_edges(seen.picture, seen.expected)
    bad = {edge: state for edge, state in states.items() if state != _SHOWN}
    hidden = [edge for edge, state in bad.items() if state == _HIDDEN]
    if are_misplaced(seen, hidden, list(states)):
        return arrangement_hint(seen)
    if len(set(bad.values())) != 1:
        return None
    state = next(iter(bad.values()))
    if state == _ABSENT and len(bad) == len(states) and _are_elsewhere(seen, len(states)):
        return EDGES_ELSEWHERE
    bare = _bare(seen.picture)
    if state == _ABSENT and 2 * len(bare) < len(seen.picture.nodes) and any(bare & set(edge) for edge in bad):
        return None
    if state == _ABSENT and len(bad) == len(states) and seen.picture.drawing and seen.picture.drawing.lines:
        return NAMES_TOO_FAR if len(bare) == len(seen.picture.nodes) else None
    if state == _HIDDEN and any(text.text.startswith("{") for text in seen.picture.labels):
        return DICTS_OVER_LINES
    if state == _HIDDEN and are_too_near(seen.picture, hidden):
        return NODES_TOO_NEAR
    if state == _HIDDEN:
        return _hidden_hint(seen.picture, list(states), set(bad))
    if state == _BARE and len(bad) == len(states) and seen.network and not seen.network.directed:
        return UNDIRECTED
    return _arrows_scope_hint(state, set(bad), set(states), seen.steps)


def edges_not_drawn(seen: Seen) -> set[Edge]:
    """Return the edges that are not drawn at all."""
    return {edge for edge, state in _states_of_edges(seen.picture, seen.expected).items() if state == _ABSENT}


def _are_elsewhere(seen: Seen, count: int) -> bool:
    """Whether the edges, or most of them, are likely to be in another figure."""
    own = seen.picture.drawing
    others = [drawing for drawing in seen.drawings if own and drawing.figure != own.figure]
    return any(2 * sum(line.pointed for line in drawing.lines) >= count for drawing in others)


def _bare(picture: Picture) -> set[Name]:
    """The names that are away from all symbols."""
    return {name for name, placed in picture.nodes.items() if placed.text and placed.box is placed.text.box}


def are_too_near(picture: Picture, edges: list[Edge]) -> bool:
    """Whether the ends of all these edges nearly touch."""

    def near(edge: Edge) -> bool:
        one, other = (picture.nodes[name] for name in edge)
        return dist(one.box.centre, other.box.centre) < 1.3 * (one.radius + other.radius)

    return bool(edges) and all(near(edge) for edge in edges)


def _arrows_scope_hint(state: int, bad: set[Edge], every: set[Edge], steps: int) -> Hint | None:
    whole = {_TURNED: DRAWN_BACKWARDS, _BARE: NO_HEADS, _ABSENT: EDGES_NOT_DRAWN}
    kinds = {_TURNED: KIND_TURNED, _BARE: KIND_BARE, _ABSENT: KIND_NOT_DRAWN}
    single = {_TURNED: EDGE_BACKWARDS, _BARE: HEAD_MISSING, _ABSENT: EDGE_NOT_DRAWN}
    if bad == every:
        return whole[state]
    if len(bad) == 1:
        return single[state].about(edge=arrow(next(iter(bad))))
    sorts = {(tail.kind, head.kind) for tail, head in bad}
    if len(sorts) == 1 and bad == {(t, h) for t, h in every if (t.kind, h.kind) in sorts}:
        tail, head = sorts.pop()
        return kinds[state].about(which=ends_in_words(tail, head, 1 if tail == head else 0))
    return None


def _states_of_edges(picture: Picture, expected: Expected) -> dict[Edge, int]:
    """What becomes of each edge in the drawing."""
    lines: dict[Edge, list[Line]] = {}
    for tail, head, line in picture.arrows:
        lines.setdefault((tail, head), []).append(line)
    shown = read_through({edge for edge, found in lines.items() if any(_has_head_seen(line) for line in found)})
    pointed = read_through({edge for edge, found in lines.items() if any(line.pointed for line in found)})
    anyhow = read_through({way for edge in lines for way in (edge, edge[::-1])})
    states = {}
    for edge in expected.told(picture):
        way = edge[::-1] if edge in expected.backwards else edge
        if edge in shown or way in shown:
            states[edge] = _SHOWN
        elif edge[::-1] in shown:
            states[edge] = _TURNED
        elif edge in pointed or way in pointed:
            states[edge] = _HIDDEN
        else:
            states[edge] = _BARE if edge in anyhow else _ABSENT
    return states


def _has_head_seen(line: Line) -> bool:
    return line.pointed and hidden_line(line) is None and hidden_head(line) is None


def _hidden_hint(picture: Picture, every: list[Edge], hidden: set[Edge]) -> Hint | None:
    lines = {frozenset((tail, head)): line for tail, head, line in picture.arrows if line.pointed}
    found = {edge: lines.get(frozenset(edge)) for edge in every}
    reasons = {edge: _why(line) for edge, line in found.items() if line}
    covered = [
        line for edge in hidden if (line := found[edge]) and hidden_head(line) == COVERED and not hidden_line(line)
    ]
    shown = [line for edge in every if edge not in hidden and (line := found[edge]) and line.tip.left > _WHOLE]
    under, perhaps = None, None
    if len(covered) == len(hidden):
        if all(_is_at_a_label(line, picture) for line in covered):
            under = HEADS_UNDER_LABELS
        elif all(_ends_in_a_node(line, picture) for line in covered):
            if len(shown) > len(covered) and _as_deep(picture, covered, shown):
                perhaps = HEADS_OF_A_CALL
            else:
                under = HEADS_UNDER_NODES
    reasons = {edge: reasons.get(edge) if edge in hidden else None for edge in every}
    return hiding_hint(reasons, OF_ARROWS, under, perhaps)


def _why(line: Line) -> str | None:
    return hidden_line(line) or hidden_head(line)


def _ends_in_a_node(line: Line, picture: Picture) -> bool:
    """Whether a line ends in a node that can be seen itself."""
    every = all(placed.text is None or hidden_text(placed.text) for placed in picture.nodes.values())
    inside = [placed for placed in picture.nodes.values() if _is_in_node(line.head, placed)]
    return any(every or placed.text is None or not _is_unseen(hidden_text(placed.text)) for placed in inside)


def _as_deep(picture: Picture, covered: list[Line], shown: list[Line]) -> bool:
    """Whether a head that is seen ends as deep in its node as one that is covered. Then the node is not the cause."""
    return min(_depth(line, picture) for line in covered) <= max(
        (_depth(line, picture) for line in shown), default=-1.0
    )


def _depth(line: Line, picture: Picture) -> float:
    """How far a line goes into a node, in whole pixels."""
    nodes = picture.nodes.values()
    return round(max((placed.radius * (1 - placed.distance(line.head)) for placed in nodes), default=0.0))


def _is_unseen(reason: str | None) -> bool:
    return reason in {COVERED, INVISIBLE}


def _is_in_node(point: Point, placed: Placed) -> bool:
    """Whether a point is inside a node, and not just at its border."""
    return placed.distance(point, margin=1) < 1


def _is_at_a_label(line: Line, picture: Picture) -> bool:
    """Whether a label lies just where the head of a line comes out of its node."""
    inside = [placed.radius for placed in picture.nodes.values() if _is_in_node(line.head, placed)]
    border = min(inside, default=0.0)
    spots = [_behind(line, border + more) for more in _ALONG]
    return any(text.box.gap(Box(*spot, *spot)) <= _NEAR_LABEL for text in picture.labels for spot in spots)


def _behind(line: Line, length: float) -> tuple[float, float]:
    """The point on a straight line at this distance behind its head."""
    (x0, y0), (x1, y1) = line.tail, line.head
    share = length / max(dist(line.tail, line.head), 1e-9)
    return x1 + share * (x0 - x1), y1 + share * (y0 - y1)
