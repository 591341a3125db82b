"""Judge the labels of the edges: what they say, and whether the drawing shows them (exercise 5)."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import dist

from autograder.checking import Box, Mark, Mistake, Point, Text, ring

from .elbows import SAME, is_away
from .joining import Picture, begins_at, course_of, length_of, middle_of
from .names import read_label
from .network import Returned
from .pointing import at_no_label, spell
from .sight import hidden_text
from .unfolded import Edge, read_through

#: Rank of a text next to an edge: it names the edge's parameter, any text will do, or it says something else.
_FITS, _ANY, _OTHER = range(3)
#: Labels that have more than this share of the larger box in common cannot be read.
_BLOT = 0.6
#: No sensible drawing has more lines; looking at more would take too long.
_MOST_LEADERS = 300
#: A text that is turned by fewer degrees is not slanted.
_LEVEL = 5.0


def find_labels(picture: Picture, edges: dict[Edge, str | None]) -> dict[Edge, Text]:
    """Give each edge a text next to it. No text is given to two edges.

    Texts that name the parameter of an edge come first, then those that can be read, then those nearest to its line.
    """
    pairs = []
    leads = _leads(picture)
    for edge, wanted in edges.items():
        if not picture.nodes.keys() >= set(edge):
            continue
        course = course_of(picture, edge)
        ends = (picture.nodes[name].box.centre for name in edge)
        length = max(length_of(course), dist(*ends))  # a short arrow may leave out what is around the nodes
        middle = middle_of(course)
        xs, ys = zip(*course, strict=True)
        around = Box(min(xs), min(ys), max(xs), max(ys))
        for i, text in enumerate(picture.labels):
            spot = next((end for end in leads.get(i, []) if _distance(Box(*end, *end), course) <= 2 * SAME), None)
            reach = max(0.3 * length, 1.5 * min(text.box.height, text.box.width))
            if spot or (text.box.gap(around) <= reach and _distance(text.box, course) <= reach):
                fits = wanted is not None and read_label(text.text) == {wanted}
                rank = _FITS if fits else _ANY if wanted is None else _OTHER
                hidden = hidden_text(text) is not None
                x, y = spot or text.box.centre
                away = _distance(Box(x, y, x, y), course) + dist((x, y), middle) / 4
                pairs.append((rank, hidden, away, i, edge))
    found: dict[Edge, Text] = {}
    taken: set[int] = set()
    for *_, i, edge in sorted(pairs, key=lambda pair: pair[:4]):
        if edge not in found and i not in taken:
            found[edge] = picture.labels[i]
            taken.add(i)
    return found


def _leads(picture: Picture) -> dict[int, list[Point]]:
    """Where lines lead that begin at a label and end away from all nodes, by the label's number."""
    boxes = [placed.box for placed in picture.nodes.values()]
    found: dict[int, list[Point]] = {}
    for line in picture.lines[:_MOST_LEADERS]:
        for start, end in ((line.tail, line.head), (line.head, line.tail)):
            if not (is_away(start, boxes) and is_away(end, boxes)) or dist(start, end) <= SAME:
                continue
            for number, text in enumerate(picture.labels):
                if begins_at(text, start):
                    found.setdefault(number, []).append(end)
    return found


def _written(network: Returned | None, edge: Edge) -> list[str]:
    """Return the texts in the attributes of an edge, whichever way it points."""
    tail, head = edge
    return [t for e in (edge, (head, tail)) for t in (network.texts.get(e, []) if network else []) if t.strip()]


def _is_there(network: Returned | None, edge: Edge) -> bool:
    """Whether the graph has an edge, whichever way it points. Without any edges, the drawing alone counts."""
    return not (network and network.edges) or edge in network.edges or edge[::-1] in network.edges


def check_label_texts(network: Returned | None, picture: Picture | None, edges: dict[Edge, str | None]) -> None:
    """Check that each edge names its parameter, in an attribute of the edge or in the drawing.

    Args:
        network: the returned graph, if it is one.
        picture: the drawing, if it could be read.
        edges: the expected edges with their parameters; None if any label will do.

    Raises:
        Mistake: one does not, or there are none. The message names the edge and what is expected there.
    """
    drawn = find_labels(picture, edges) if picture else {}
    own = [edge for edge in edges if _is_there(network, edge)]  # others lead through an optional node, or are missing
    if not own and not (network and read_through(network.edges) & edges.keys()):
        raise Mistake(
            "There are no labels to check: the graph has none of the edges in the table of exercise 5. Correct the "
            "edges first."
        )
    wrong = []
    for edge in own:
        wanted = edges[edge]
        texts = _written(network, edge) + ([drawn[edge].text] if edge in drawn else [])
        fits = any(read_label(text) == {wanted} for text in texts) if wanted else any(map(_says_something, texts))
        if not fits:
            wrong.append(edge)
    if wrong:
        demand = f"should be labelled {edges[wrong[0]]}" if edges[wrong[0]] else "has no label"
        mistake = Mistake(f"The edge {spell(wrong[0])} {demand}.")
        raise mistake.about(picture.drawing, _at_labels(picture, wrong, drawn)) if picture else mistake


def _says_something(text: str) -> bool:
    """Whether a label is more than Python's word for a missing one, which networkx draws like any other."""
    return text.strip().lower() not in {"none", "nan"}


def check_labels_seen(network: Returned | None, picture: Picture, edges: dict[Edge, str | None]) -> None:
    """Check that every edge has its label from the graph next to it, and that it can be seen.

    Whether the label is right is for ``check_label_texts`` to check.

    Raises:
        Mistake: one does not. The message names the edge.
    """
    said = {edge: wanted and _said(_written(network, edge)) for edge, wanted in edges.items()}
    found = find_labels(picture, {edge: wanted and (said[edge] or wanted) for edge, wanted in edges.items()})
    through = detours(picture)
    faults: dict[Edge, str] = {}
    for edge, wanted in edges.items():
        if edge in through or (any(said.values()) and not _written(network, edge) and edge not in found):
            continue  # it needs no label, or the graph has none for it, which is for the other case to judge
        if fault := _fault_of(edge, found.get(edge), said[edge], wanted) or blot(edge, found):
            faults[edge] = fault
    if faults:
        marks = _at_labels(picture, faults, found)
        raise Mistake(next(iter(faults.values()))).about(picture.drawing, marks)


def _fault_of(edge: Edge, text: Text | None, said: str | None, wanted: str | None) -> str | None:
    """What is wrong with the label of an edge in the drawing."""
    where = f"the edge {spell(edge)}"
    if text is None:
        return f"The drawing shows no label on {where}."
    if said and read_label(text.text) not in ({said}, {wanted}):
        return f"The drawing does not show the label {said} on {where}."
    if reason := hidden_text(text):
        return f"The label of {where} cannot be seen: {reason}."
    return None


def blot(edge: Edge, found: Mapping[Edge, Text]) -> str | None:
    """What is wrong with a label if another one is printed on it, so that nobody can read either."""
    own = found[edge]
    for other, text in found.items():
        if other != edge and text.text.strip() != own.text.strip() and are_one_place(own, text):
            both = f"{spell(edge)} and {spell(other)}"
            return f"The labels of the edges {both} are printed on top of each other: move one of them."
    return None


def are_one_place(one: Text, other: Text) -> bool:
    """Whether two texts are in the same place. The box of a slanted text is mostly empty, so it tells nothing."""
    if any(abs(text.angle % 90 - 45) < 45 - _LEVEL for text in (one, other)):
        return False
    width = min(one.box.x1, other.box.x1) - max(one.box.x0, other.box.x0)
    height = min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0)
    larger = max(text.box.width * text.box.height for text in (one, other))
    return width > 0 and height > 0 and width * height > _BLOT * larger


def _at_labels(picture: Picture, edges: Iterable[Edge], found: Mapping[Edge, Text]) -> list[Mark]:
    """Marks at the labels of edges, or where they are missing."""
    marks = []
    for edge in edges:
        text = found.get(edge)
        marks += [ring(text.box, f"the label of {spell(edge)}")] if text else at_no_label(picture, edge)
    return marks


def _said(texts: list[str]) -> str | None:
    """Return the parameter that the texts name, if they name exactly one."""
    said = {frozenset(labels) for text in texts if (labels := read_label(text))}
    return next(iter(said.pop())) if len(said) == 1 and len(next(iter(said))) == 1 else None


def detours(picture: Picture) -> set[Edge]:
    """Return the edges that are drawn only through an optional node. They need no label."""
    joined = {(tail, head) for tail, head, _ in picture.arrows}
    return read_through(joined) - joined


def _distance(box: Box, course: list[Point]) -> float:
    """Return the distance from a box to a line, measured at sample points; 0 if the line goes through the box."""
    gaps = []
    for (ax, ay), (bx, by) in pairwise(course):
        for share in (step / 20 for step in range(21)):
            x, y = ax + share * (bx - ax), ay + share * (by - ay)
            gaps.append(box.gap(Box(x, y, x, y)))
    return min(gaps)
