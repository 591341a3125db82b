"""Find out whether the names in a drawing are at the wrong nodes, by the lines that join the nodes (exercise 5)."""

from dataclasses import replace
from math import dist, inf

import networkx as nx

from autograder.checking import Line, Text

from .elbows import SAME
from .joining import Picture, Placed, join
from .layout import Expected
from .names import Name
from .sight import hidden_text
from .unfolded import Edge, read_through

#: Connected parts fit each other in any order. With more parts than this, trying all orders would take too long.
_MOST_PARTS = 4


def with_names_in_place(picture: Picture, expected: Expected) -> Picture:
    """Return a drawing with each node named as its lines say, if only the names are at the wrong nodes, or at none.

    Two names may have changed places, or all are in another order, or beside other nodes. Where the lines fit no order,
    nothing changes.
    """
    wanted = nx.Graph(list(expected.edges))
    lines = {(tail, head) for tail, head, _ in picture.arrows}
    joined = nx.Graph(list(read_through(lines | {(head, tail) for tail, head in lines})))
    if all(joined.has_edge(*edge) for edge in wanted.edges):
        return picture
    if nx.number_connected_components(wanted) > _MOST_PARTS:
        return picture
    return _renamed(picture, joined, expected, wanted) or _named_by_lines(picture, expected, wanted) or picture


def _renamed(
    picture: Picture, joined: "nx.Graph[Name]", expected: Expected, wanted: "nx.Graph[Name]"
) -> Picture | None:
    """The drawing with the names in an order that its lines fit; None if there is none."""
    drawn = nx.Graph(edge for edge in joined.edges if all(name in expected.nodes for name in edge))
    match = _match(picture.arrows, drawn, wanted, expected) if set(drawn.nodes) == set(wanted.nodes) else None
    if match is None:
        return None
    moved = {name: node for name, node in match.items() if name != node}
    return replace(
        picture,
        nodes={moved.get(name, name): placed for name, placed in picture.nodes.items()},
        arrows=_with_names(picture.arrows, moved),
        moved=moved,
    )


def _named_by_lines(picture: Picture, expected: Expected, wanted: "nx.Graph[Name]") -> Picture | None:
    """The drawing with its symbols named by the lines between them alone; None if the lines do not fit the network."""
    blank = {Name("", number): Placed(one.box, one.round, None) for number, one in enumerate(picture.symbols)}
    read = {name for name, _ in picture.named if name in expected.nodes}
    if len(blank) != len(expected.nodes) or set(wanted.nodes) != set(expected.nodes) or 2 * len(read) < len(blank):
        return None
    arrows = join(picture.lines, blank, picture.labels)
    match = _match(arrows, nx.Graph([(tail, head) for tail, head, _ in arrows]), wanted, expected)
    if match is None:
        return None
    nodes = {match[number]: placed for number, placed in blank.items()}
    for name, placed in nodes.items():
        texts = [text for read, text in picture.named if read == name]
        placed.text = min(texts, key=lambda text: _apart(placed, text), default=None)
    unnamed = [placed.box for placed in nodes.values() if placed.text is None]
    return replace(picture, nodes=nodes, arrows=_with_names(arrows, match), astray=_astray(nodes), unnamed=unnamed)


def _astray(nodes: dict[Name, Placed]) -> list[Name]:
    """The names that are nearer to another node than to their own, and those that are as far from their own."""
    named = {name: (placed, placed.text) for name, placed in nodes.items() if placed.text}
    lost = {
        name: _apart(placed, text)[1]
        for name, (placed, text) in named.items()
        if any(_apart(other, text) < _apart(placed, text) for other in nodes.values())
    }
    far = min((away for name, away in lost.items() if hidden_text(named[name][1]) is None), default=inf) - SAME
    return sorted(name for name, (placed, text) in named.items() if name in lost or _apart(placed, text)[1] >= far)


def _apart(placed: Placed, text: Text) -> tuple[float, float]:
    """How far a text is from a node, and from its middle."""
    return placed.box.gap(text.box), dist(placed.box.centre, text.box.centre)


def _with_names(arrows: list[tuple[Name, Name, Line]], names: dict[Name, Name]) -> list[tuple[Name, Name, Line]]:
    return [(names.get(tail, tail), names.get(head, head), line) for tail, head, line in arrows]


def _match(
    arrows: list[tuple[Name, Name, Line]], drawn: "nx.Graph[Name]", wanted: "nx.Graph[Name]", expected: Expected
) -> dict[Name, Name] | None:
    """Which nodes the drawn ones are, by the lines between them; None if these do not fit."""
    pointed = {(tail, head) for tail, head, line in arrows if line.pointed}
    matches = nx.algorithms.isomorphism.GraphMatcher(drawn, wanted).isomorphisms_iter()
    # A whole unfolded network looks the same forwards and backwards in time, so it fits in two ways at most.
    return max(matches, key=lambda match: _fit(match, pointed, expected), default=None)


def _fit(match: dict[Name, Name], pointed: set[Edge], expected: Expected) -> tuple[int, int]:
    """How many arrows point the right way, and how many names stay where they are."""
    ways = {(match.get(tail), match.get(head)) for tail, head in pointed}
    return sum(edge in ways for edge in expected.edges), sum(name == node for name, node in match.items())
