"""Find out whether the names in a drawing are at the wrong nodes, by the lines that join the nodes (exercise 5)."""

from dataclasses import replace

import networkx as nx

from .joining import Picture
from .layout import Expected
from .names import Name
from .unfolded import Edge, read_through

#: Parts that hang together fit each other in any order. With more parts than this, trying all orders would take long.
_MOST_PARTS = 4


def with_names_in_place(picture: Picture, expected: Expected) -> Picture:
    """Return a drawing with each node named as its lines say, if only the names are at the wrong nodes.

    Two names may have changed places, or all are in another order. Where the lines fit no order, nothing changes.
    """
    lines = {(tail, head) for tail, head, _ in picture.arrows}
    joined = read_through(lines | {(head, tail) for tail, head in lines})
    drawn = nx.Graph(edge for edge in joined if all(name in expected.nodes for name in edge))
    wanted = nx.Graph(list(expected.edges))
    if set(drawn.nodes) != set(wanted.nodes) or all(drawn.has_edge(*edge) for edge in wanted.edges):
        return picture
    if nx.number_connected_components(wanted) > _MOST_PARTS:
        return picture
    pointed = {(tail, head) for tail, head, line in picture.arrows if line.pointed}
    matches = nx.algorithms.isomorphism.GraphMatcher(drawn, wanted).isomorphisms_iter()
    # A whole unfolded network looks the same forwards and backwards in time, so it fits in two ways at most.
    best = max(matches, key=lambda match: _fit(match, pointed, expected), default=None)
    if best is None:
        return picture
    moved = {name: node for name, node in best.items() if name != node}
    return replace(
        picture,
        nodes={moved.get(name, name): placed for name, placed in picture.nodes.items()},
        arrows=[(moved.get(tail, tail), moved.get(head, head), line) for tail, head, line in picture.arrows],
        moved=moved,
    )


def _fit(match: dict[Name, Name], pointed: set[Edge], expected: Expected) -> tuple[int, int]:
    """How many arrows point the right way, and how many names stay where they are."""
    ways = {(match.get(tail), match.get(head)) for tail, head in pointed}
    return sum(edge in ways for edge in expected.edges), sum(name == node for name, node in match.items())
