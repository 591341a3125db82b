"""Find the network in the facts of a drawing: where each node is, and which nodes each line joins."""

import re
from dataclasses import replace
from math import dist
from typing import Any

import networkx as nx

from autograder.checking import Box, Drawing, Line, Marker, Text

from .frames import alike, contains, is_frame_of_text, tiles
from .heads import is_sign, with_heads
from .joining import Picture, Placed, join, spacing_of, split_at
from .names import Name, read_label, read_name
from .network import Letters, other_letters, read_as
from .sight import hidden_head, hidden_line, hidden_text, is_gone
from .unfolded import KINDS, core_nodes

#: What stands between a name and what explains it, and a word beside a name. Nobody explains a name at greater length.
_EXPLAINS = re.compile(r":=|[=:∈≡–—]|\\in\b|\\equiv\b")
_WORD = re.compile(r"[(\[]?[^\W\d_]{3,}[)\].,:]?")
_LONGEST_EXPLAINED, _MOST_LINES = 200, 20
#: No sensible graph has more nodes; reading the names of more would take too long.
_MOST_NODES = 200


def understand(
    drawings: list[Drawing], steps: int, known: set[Name] | None = None, letters: Letters | None = None
) -> Picture | None:
    """Return the drawing that shows most of the network, or None if none shows any part of it.

    Args:
        drawings: the drawings.
        steps: number of time steps.
        known: names of the nodes in the returned graph, if there is one.
        letters: what letters of the returned graph stand for.
    """
    core = set(core_nodes(steps))
    wanted = core if known is None else known & core
    pictures = [understand_one(drawing, wanted, known, _letters_of(drawing, letters, steps)) for drawing in drawings]
    best = max(pictures, key=lambda picture: _rank(picture, core), default=None)
    return best if best and core & set(best.nodes) else None


def _letters_of(drawing: Drawing, letters: Letters | None, steps: int) -> Letters:
    """What letters stand for in a drawing: as in the graph, and the drawing may have others of its own."""
    return other_letters([text.text for text in drawing.texts], steps) | dict(letters or {})


def _rank(picture: Picture, core: set[Name]) -> tuple[int, ...]:
    """How much of the network a drawing shows. A whole figure wins only if it shows more than its parts."""
    texts = [picture.nodes[name].text for name in core & set(picture.nodes)]
    seen = sum(text is not None and hidden_text(text) is None for text in texts)
    joined = {(tail, head) for tail, head, line in picture.arrows if hidden_line(line) is None}
    pointed = {(tail, head) for tail, head, line in picture.arrows if line.pointed and hidden_head(line) is None}
    labels = [text for text in picture.labels if hidden_text(text) is None]
    said = set().union(*(read_label(text.text) for text in labels))  # labels may be on axes of their own
    return seen, len(texts), len(joined), len(pointed), len(said), 0 if picture.whole else 1, len(labels)


def understand_one(drawing: Drawing, wanted: set[Name], known: set[Name] | None, letters: Letters) -> Picture:
    """Read one drawing.

    Args:
        drawing: the facts.
        wanted: the core nodes that it should show.
        known: the nodes of the returned graph; None if there is none.
        letters: what letters stand for.
    """
    named = _read_names(drawing, wanted, letters)
    core = [(name, text) for name, text in named if _is_core(name)]
    lines, markers = with_heads(drawing)
    markers = _node_markers(drawing, markers, [text for _, text in core])
    names = {id(text) for name, text in named if _is_core(name) or _may_be_node(name, known)}
    boxes = [text.box for text in drawing.texts if id(text) in names]
    others_than_names = [text.box for text in drawing.texts if id(text) not in names]
    symbols = [marker for marker in markers if not is_frame_of_text(marker, others_than_names, boxes, markers)]
    taken = [placed.box for placed in _place(core, symbols, drawing.lines).values()]
    if len(pieces := split_at(drawing.lines, taken)) > len(drawing.lines):
        return understand_one(replace(drawing, lines=pieces), wanted, known, letters)
    others = [
        (name, text)
        for name, text in named
        if not _is_core(name)
        and _may_be_node(name, known)
        and (_ends_at(text.box, drawing.lines, taken) or (name in (known or ()) and _lies_in(text, taken)))
    ]
    nodes = _place(core + others, symbols, drawing.lines)
    unnamed = _add_the_only_unnamed(nodes, wanted, markers, drawing.lines)
    shown = {id(placed.text) for placed in nodes.values()}
    labels = [text for text in drawing.texts if not is_sign(text) and id(text) not in shown]
    blank = not any(
        reason is None
        for reason in (
            *map(hidden_text, drawing.texts),
            *map(hidden_line, drawing.lines),
            *(True if is_gone(marker.sight) or marker.sight.contrast < 1.2 else None for marker in drawing.markers),
        )
    )
    joined = join(lines, nodes, labels)
    return Picture(
        nodes, joined, labels, blank, drawing.whole,
        unnamed=unnamed, drawing=drawing, lines=lines, symbols=symbols, named=core,
    )  # fmt: skip


def _read_names(drawing: Drawing, wanted: set[Name], letters: Letters) -> list[tuple[Name, Text]]:
    """The texts that are names. A text with more than a name in it counts if no other text is that name."""
    named = [(name, text) for text in drawing.texts if (name := read_text(text.text, letters))]
    missing = wanted - {name for name, _ in named}
    if not missing:
        return named
    explained = [(read_with_words(text.text, letters), text) for text in drawing.texts]
    return named + [(name, text) for name, text in explained if name in missing]


def _add_the_only_unnamed(
    nodes: dict[Name, Placed], wanted: set[Name], markers: list[Marker], lines: list[Line]
) -> list[Box]:
    """Return the markers at which lines end and which have no name. If they are one, it may be the one node without.

    It is if the names of all other nodes are there.
    """
    missing = [name for name in wanted if name not in nodes]
    taken = [placed.box.centre for placed in nodes.values()]
    free = [
        marker
        for marker in markers
        if all(dist(marker.box.centre, centre) > 1 for centre in taken) and _ends_at(marker.box, lines, [])
    ]
    if len(missing) == 1 and len(free) == 1:
        nodes[missing[0]] = Placed(free[0].box, free[0].round, None)
    return [marker.box for marker in free]


def _may_be_node(name: Name, known: set[Name] | None) -> bool:
    """Whether a text can be the name of an optional node. W, R, V and y(t) are usually labels of edges."""
    return known is None or name in known or name.kind in {"s", "yhat", "a"}


def read_text(text: str, letters: Letters) -> Name | None:
    """Read a drawn name. Another line may explain it, before or after."""
    if name := read_as(text, letters):
        return name
    lines = [line for line in text.splitlines() if line.strip()]
    found = [name for line in lines if (name := read_as(line, letters))] if 1 < len(lines) <= _MOST_LINES else []
    return found[0] if len(found) == 1 else None


def read_with_words(text: str, letters: Letters) -> Name | None:
    """Read a drawn name that is explained on the same line, as in ``x(1): input`` or ``z(1) = V a(1)``.

    Words may stand before or after it. A label such as ``W x(1)`` is no name: its other part is not a word.
    """
    text = text[:_LONGEST_EXPLAINED]
    before = _EXPLAINS.split(text)[0]
    if before != text and (name := read_as(before.strip("$ "), letters)):
        return name
    parts = text.split()
    if sum(not _WORD.fullmatch(part) for part in parts) > 1:  # one of them is not the name
        return None
    read = [(read_as(part, letters), part) for part in parts]
    found = [name for name, _ in read if name]
    return found[0] if len(found) == 1 and all(name or _WORD.fullmatch(part) for name, part in read) else None


def without_words(answer: Any) -> Any:
    """Return a graph with plain names in place of names that are explained, if no other node has that name."""
    if not isinstance(answer, nx.Graph) or len(answer) > _MOST_NODES:
        return answer
    taken = {read_name(node) for node in answer}
    plain: dict[str, str] = {}
    for node in answer:
        if isinstance(node, str) and read_name(node) is None:
            name = read_text(node, {}) or read_with_words(node, {})
            if name and name not in taken:
                taken.add(name)
                plain[node] = str(name)
    return nx.relabel_nodes(answer, plain) if plain else answer


def _is_core(name: Name) -> bool:
    return name.kind in KINDS and bool(name.t)


def _lies_in(text: Text, boxes: list[Box]) -> bool:
    """Whether a text lies on one of the nodes, so that its own node does, too."""
    return any(contains(box, text.box.centre) for box in boxes)


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


def _node_markers(drawing: Drawing, markers: list[Marker], names: list[Text]) -> list[Marker]:
    """Return the markers that may be nodes.

    Left out are backgrounds (they hold several names, and few have one size, or they are tiles), frames, duplicates,
    and what is not seen.
    """
    found: list[Marker] = []
    covering = tiles([marker.box for marker in markers if not marker.round])
    labels = [text.box.centre for text in drawing.texts if not any(text is name for name in names)]
    for marker in markers:
        if is_gone(marker.sight) or any(marker.box is tile for tile in covering):
            continue
        inside = sum(contains(marker.box, text.box.centre) for text in names)
        framed = any(dist(marker.box.centre, centre) < 2 for centre in labels)
        near = 0.0 if framed else max(marker.box.width, marker.box.height)
        used = inside or not drawing.lines or _ends_at(marker.box, drawing.lines, [], near)
        same = sum(alike(marker.box, other.box) for other in markers)
        twin = any(dist(marker.box.centre, other.box.centre) < 1 for other in found)
        if (inside <= 1 or 2 * same >= len(names)) and used and not twin:
            found.append(marker)
    return found


def nodes_in(drawing: Drawing) -> list[Box]:
    """Return what may be the nodes of a drawing in which no names can be read."""
    lines, markers = with_heads(drawing)
    likely = [marker for marker in _node_markers(drawing, markers, []) if _ends_at(marker.box, lines, [])]
    return [marker.box for marker in likely]


def _place(named: list[tuple[Name, Text]], markers: list[Marker], lines: list[Line]) -> dict[Name, Placed]:
    """Give each name the nearest marker, nearest pairs first. A name far from all markers is a node without one.

    Names that nobody can read come last: the same name may be there once more.
    """
    reach = spacing_of([marker.box.centre for marker in markers]) / 2
    pairs = sorted(
        (hidden_text(text) is not None, marker.box.gap(text.box), dist(marker.box.centre, text.box.centre), i, j)
        for i, (_, text) in enumerate(named)
        for j, marker in enumerate(markers)
        if marker.box.gap(text.box) <= reach
    )
    nodes: dict[Name, Placed] = {} if pairs else _moved_together([one for one in named if _is_core(one[0])], markers)
    taken: set[int] = set()
    for *_, i, j in pairs:
        name, text = named[i]
        if name not in nodes and j not in taken:
            nodes[name] = Placed(markers[j].box, markers[j].round, text)
            taken.add(j)
    for name, text in sorted(named, key=lambda item: (hidden_text(item[1]) is not None, _gap_to_ends(item[1], lines))):
        if name not in nodes:
            nodes[name] = Placed(text.box, False, text)
    return nodes


def _moved_together(named: list[tuple[Name, Text]], markers: list[Marker]) -> dict[Name, Placed]:
    """Return the nodes if all names are equally far from their markers, in the same direction; else none.

    A name that can be seen must be nearer to its own marker than to any other.
    """
    if not len(named) == len(markers) == len(dict(named)) > 2:
        return {}
    centres = [marker.box.centre for marker in markers]
    own_centres = [text.box.centre for _, text in named]
    shift = [(sum(c[axis] for c in own_centres) - sum(c[axis] for c in centres)) / len(named) for axis in (0, 1)]
    near = spacing_of(centres) / 4
    nodes: dict[Name, Placed] = {}
    for name, text in named:
        x, y = (text.box.centre[axis] - shift[axis] for axis in (0, 1))
        own = min(markers, key=lambda marker: dist(marker.box.centre, (x, y)))
        nearest = min(markers, key=lambda marker: marker.box.gap(text.box))
        if dist(own.box.centre, (x, y)) > near or (own is not nearest and hidden_text(text) is None):
            return {}
        nodes[name] = Placed(own.box, own.round, text)
    return nodes if len({placed.box.centre for placed in nodes.values()}) == len(markers) else {}


def _gap_to_ends(text: Text, lines: list[Line]) -> float:
    ends = (end for line in lines for end in (line.tail, line.head))
    return min((text.box.gap(Box(*end, *end)) for end in ends), default=0.0)
