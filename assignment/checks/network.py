"""Read a returned graph as what it means: names for nodes, edges in the direction of the assignment (exercise 5).

Some mistakes cost one case. The others read the graph as if it were right there: an undirected graph, a kind of nodes
that has another letter everywhere. Then there is y(t), which may be the prediction on the way from z(t) to L(t).
"""

from collections.abc import Hashable, Iterable, Mapping
from itertools import permutations
from typing import Any

import networkx as nx

from .names import Name, read_name, read_other
from .unfolded import KINDS, Edge, allowed_edges, core_edges

#: What letters stand for in names that this network does not use: letters to kinds.
Letters = Mapping[str, str]

#: More texts at the edges of a graph are not looked at. A graph that is right has some 20.
_MOST_TEXTS = 500


class Returned:
    """A returned graph."""

    def __init__(self, graph: Any, steps: int) -> None:
        self.directed = bool(graph.is_directed())
        nodes = list(graph.nodes)
        pairs = [(edge[0], edge[1]) for edge in graph.edges()]
        self.letters = _letters(nodes, pairs, steps)
        names = {node: read_as(node, self.letters) for node in nodes}
        self.names = {name for name in names.values() if name}
        self.edges: set[Edge] = set()
        self.texts: dict[Edge, list[str]] = {}
        allowed, room = allowed_edges(steps), _MOST_TEXTS
        for first, second, values in edges_with_values(graph):
            tail, head = names[first], names[second]
            if tail is None or head is None:
                continue
            edge = (head, tail) if not self.directed and (tail, head) not in allowed else (tail, head)
            self.edges.add(edge)
            texts = [value for value in values if isinstance(value, str)][:room]
            self.texts.setdefault(edge, []).extend(texts)
            room -= len(texts)


def network_of(answer: Any, steps: int) -> Returned | None:
    """Return the network that a returned value is; None if it is not a graph."""
    return Returned(answer, steps) if isinstance(answer, nx.Graph) else None


def read_as(node: Any, letters: Letters) -> Name | None:
    """Read a node's name, where letters may stand for kinds that have another name in the assignment."""
    name = read_name(node)
    return _with_letters(name, None if name or not letters else read_other(node), letters)


def _with_letters(name: Name | None, other: tuple[str, int] | None, letters: Letters) -> Name | None:
    if name:
        return Name(letters.get(name.kind, name.kind), name.t)
    return Name(letters[other[0]], other[1]) if other and other[0] in letters else None


def other_letters(nodes: Iterable[Any], steps: int, score: Any = None) -> dict[str, str]:
    """Return which letters stand for kinds that have no node at all.

    A letter stands for a kind if it has every time step, as s(t) or h(t) in place of a(t). Of several ways to
    match letters and kinds, the one with the best score counts.
    """
    found: dict[str, set[int | None]] = {}
    for node in nodes:
        if name := read_name(node):
            found.setdefault(name.kind, set()).add(name.t)
        elif other := read_other(node):
            found.setdefault(other[0], set()).add(other[1])
    missing = [kind for kind in KINDS if kind not in found]
    wanted = set(range(1, steps + 1))
    letters = [word for word, times in found.items() if word not in KINDS and wanted <= times]
    own = [word for word in letters if word not in {"s", "y", "yhat"}]
    if len(missing) == 1 and not own:  # a letter of an optional kind takes the place of a kind that must be there
        likely = {"a": ("s",), "z": ("yhat", "y")}.get(missing[0], ())
        own = [word for word in likely if word in letters][:1]
    if not missing or not len(missing) == len(own) <= 3:
        return {}
    ways = [dict(zip(own, kinds, strict=True)) for kinds in permutations(missing)]
    return max(ways, key=score) if score and len(ways) > 1 else ways[0] if len(ways) == 1 else {}


def _letters(nodes: list[Hashable], pairs: list[tuple[Hashable, Hashable]], steps: int) -> dict[str, str]:
    core = core_edges(steps)
    read = {node: (read_name(node), read_other(node)) for node in nodes}

    def score(letters: dict[str, str]) -> int:
        names = {node: _with_letters(*read[node], letters) for node in nodes}
        ends = [(names[tail], names[head]) for tail, head in pairs]
        return sum((tail, head) in core or (head, tail) in core for tail, head in ends)

    letters = other_letters(nodes, steps, score)
    names = {node: read_as(node, letters) for node in nodes}
    kinds = {name.kind for name in names.values() if name}
    if "yhat" not in kinds and any(_is_prediction(names[tail], names[head]) for tail, head in pairs):
        letters["y"] = "yhat"
    return letters


def _is_prediction(tail: Name | None, head: Name | None) -> bool:
    """Whether an edge leads from z(t) to y(t): then y is no label, but what the network predicts."""
    return tail is not None and head is not None and (tail.kind, head.kind) == ("z", "y") and tail.t == head.t


def edges_with_values(graph: Any) -> list[tuple[Any, Any, list[Any]]]:
    """The edges with the values of all their attributes but those of the line: ``color="r"`` does not mean R."""
    keyed = graph.is_multigraph()  # there a key may be the label
    edges: Any = list(graph.edges(keys=True, data=True) if keyed else graph.edges(data=True))
    return [
        (tail, head, rest[:-1] + [value for key, value in rest[-1].items() if not _is_style(str(key).lower())])
        for tail, head, *rest in edges
    ]


def _is_style(key: str) -> bool:
    return key in {"c", "ls"} or key.startswith("arrow") or any(part in key for part in ("color", "colour", "style"))
