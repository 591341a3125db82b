"""What may be wrong with a returned graph (exercise 5)."""

from ..checks.names import Name
from ..checks.unfolded import AnyGraph, core_edges, core_nodes, read_through
from ..checks.watching import Seen
from .edges import edges_hint
from .hint import Hint
from .nodes import LATE_LABELS, answer_hint, nodes_hint


def type_hint(seen: Seen) -> Hint | None:
    """Return the likely cause where no directed graph was returned."""
    return answer_hint(seen.answer)


def graph_nodes_hint(seen: Seen) -> Hint | None:
    """Return the likely cause where the nodes are wrong."""
    return (
        nodes_hint(_nodes(seen.answer), seen.network.letters, seen.steps) if seen.network else answer_hint(seen.answer)
    )


def graph_edges_hint(seen: Seen) -> Hint | None:
    """Return the likely cause where the edges are wrong. It may be that of wrong nodes."""
    if seen.network is None:
        return answer_hint(seen.answer)
    names, edges, steps = seen.network.names, seen.network.edges, seen.steps
    absent = {name for name in core_nodes(steps) if name not in names}
    wrong_nodes = nodes_hint(_nodes(seen.answer), seen.network.letters, steps)
    if not absent:
        return edges_hint(edges, names, steps) or (wrong_nodes if wrong_nodes == LATE_LABELS else None)
    left = {edge for edge in core_edges(steps) if not absent & set(edge)}
    own = read_through({edge for edge in edges if all(name in core_nodes(steps) for name in edge)})
    # Where z(t) is left out, a(t) must lead to L(t).
    around = {(tail, head) for tail, head in own if (tail.kind, head.kind) in {("a", "L"), ("x", "z")}}
    # Where only one x is left, it may lead to every a.
    around |= {(t, h) for t, h in own - left if absent & {Name(t.kind, h.t), Name(h.kind, t.t)}}
    return wrong_nodes if own - around == left else None


def _nodes(graph: AnyGraph) -> list[object]:
    return list(graph.nodes)
