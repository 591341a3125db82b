"""Compare a returned graph with the unfolded graph (exercise 5).

The contract allows additional nodes: a(0), y(t), s(t), yhat(t) and the parameters. Each may only have certain edges.
If they are right, the graph is read through them: s(t) and yhat(t) on a path are contracted, the other additional nodes
are dropped. For three steps, exactly the twelve core nodes and their eleven edges must remain.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import networkx as nx

from autograder.checking import Mistake, of_type

from ..hints.facts import not_run_hints
from .names import PARAMETERS, Name, read_name
from .names import Edge as Edge
from .pointing import EDGES, NODES, GraphPart, parts_of

#: A graph of networkx, of any class.
AnyGraph = Any

#: The four kinds of nodes, in the order of computation.
KINDS = ("x", "a", "z", "L")


def core_nodes(steps: int) -> list[Name]:
    """Return the nodes x(t), a(t), z(t) and L(t) for t = 1 ... steps."""
    return [Name(kind, t) for t in range(1, steps + 1) for kind in KINDS]


def core_edges(steps: int) -> dict[Edge, str | None]:
    """Return the edges between core nodes, each with the parameter of its label; None if any label will do."""
    edges: dict[Edge, str | None] = {}
    for t in range(1, steps + 1):
        edges[Name("x", t), Name("a", t)] = "W"
        if t > 1:
            edges[Name("a", t - 1), Name("a", t)] = "R"
        edges[Name("a", t), Name("z", t)] = "V"
        edges[Name("z", t), Name("L", t)] = None
    return edges


def allowed_edges(steps: int) -> set[Edge]:
    """Return the core edges, and the edges that the optional nodes may have."""
    allowed = set(core_edges(steps))
    for t in range(1, steps + 1):
        a, s, z, yhat, loss = (Name(kind, t) for kind in ("a", "s", "z", "yhat", "L"))
        before = Name("a", t - 1)
        allowed |= {(Name("x", t), s), (before, s), (before, a), (s, a), (z, yhat), (yhat, loss), (Name("y", t), loss)}
        allowed |= {(Name(parameter, None), node) for parameter in ("W", "R") for node in (s, a)}
        allowed.add((Name("V", None), z))
    return allowed


def is_optional(name: Name, steps: int) -> bool:
    """Whether a node is one that a student may add."""
    if name.t is None:
        return name.kind in PARAMETERS
    return name == Name("a", 0) or (name.kind in {"s", "y", "yhat"} and 1 <= name.t <= steps)


def check_is_graph(answer: Any) -> AnyGraph:
    """Return the answer if it is a graph of networkx, directed or not.

    Raises:
        Mistake: it is not.
    """
    if answer is None:
        raise Mistake("graph() returns None. It should draw the graph, and then return it.")
    if isinstance(answer, tuple):
        raise Mistake(f"graph() returns a tuple of {len(answer)} values. It should return only the graph.")
    if not isinstance(answer, nx.Graph):
        text = f"graph() returns a value {of_type(answer)}. It should return a networkx.DiGraph."
        raise Mistake(" ".join([text, *(hint.words for hint in not_run_hints([answer]))]))
    return answer


def check_is_directed(answer: Any) -> None:
    """Check that the answer is a directed graph of networkx.

    Raises:
        Mistake: it is not.
    """
    if not check_is_graph(answer).is_directed():
        raise Mistake(
            "graph() returns an undirected graph, expected a networkx.DiGraph, with edges from cause to effect."
        )


def check_nodes(graph: AnyGraph, steps: int) -> None:
    """Check that the graph has each core node once, and otherwise only optional nodes, which have edges.

    Raises:
        Mistake: it has not. The message lists the nodes that are missing, doubled, extra or not understood.
    """
    names = {node: read_name(node) for node in graph.nodes}
    unknown = [node for node, name in names.items() if name is None]
    found = [name for name in names.values() if name]
    core = core_nodes(steps)
    missing = [name for name in core if name not in found]
    doubled = sorted({name for name in found if found.count(name) > 1}, key=str)
    extra = [name for name in found if name not in core and not is_optional(name, steps)]
    others = [*extra, *([] if missing else unknown)]
    lonely = {name for node, name in names.items() if name and is_optional(name, steps) and not graph.degree(node)}
    said = []
    if missing:
        said.append(f"Missing from the graph: {_list(missing)}.")
    if unknown and missing:
        said.append(
            f"Not understood as {_plural(unknown, 'a name', 'names')}: {_list(unknown)}. Write x(1), for example."
        )
    if doubled:
        said.append(f"More than one node stands for {_list(doubled)}. Did you spell one name in two ways?")
    if others:
        said.append(f"{_plural(others, 'This node does', 'These nodes do')} not belong in the graph: {_list(others)}.")
    said += list(_out_of_place(lonely, set()))[:1]
    if said:
        said.append(f"{_right(len(core) - len(missing), len(core))} nodes are right.")
        surplus: list[GraphPart] = [
            *extra,
            *sorted(lonely, key=str),
            *(str(node)[:40] for node in unknown),
            *(f"{name} once more" for name in doubled),
        ]
        raise Mistake(" ".join(said)).about(parts=[parts_of(NODES, core, missing, surplus)])


def check_edges(edges: set[Edge], steps: int) -> None:
    """Check that the edges are the core edges after the graph has been read through its optional nodes.

    Edges at nodes that do not belong in the graph are left out: the nodes are wrong there, as are optional nodes
    without any edge.

    Args:
        edges: the edges of the graph.
        steps: number of time steps.

    Raises:
        Mistake: they are not. The message names the edges that are wrong or missing, and may hint at the cause.
    """
    core, allowed = core_nodes(steps), allowed_edges(steps)
    wanted = core_edges(steps)
    edges = {edge for edge in edges if all(name in core or is_optional(name, steps) for name in edge)}
    wrong = sorted((edge for edge in edges if edge not in allowed), key=str)
    turned = [(head, tail) for tail, head in wrong]
    own = read_through(edges)
    missing = [edge for edge in wanted if edge not in own]
    said = []
    if wrong and not allowed.issuperset(turned):
        said.append(f"{_arrows(wrong)} should not be there.")
    elif wrong and not edges.isdisjoint(turned):
        said.append(f"{_arrows(wrong)} should not be there: the graph also has the same edges the other way round.")
    elif wrong:
        said.append(f"{_arrows(wrong)} should point the other way: from cause to effect, forward in time.")
    else:
        said += list(_out_of_place({name for edge in edges for name in edge}, edges))[:1]
    if others := [edge for edge in missing if edge not in turned]:
        said.append(f"Missing from the graph: {_arrows(others)}.")
    if said:
        said.append(f"{_right(len(wanted) - len(missing), len(wanted))} edges are right.")
        raise Mistake(" ".join(said)).about(parts=[parts_of(EDGES, wanted, missing, wrong)])


def _out_of_place(names: set[Any], edges: set[Edge]) -> Iterator[str]:
    """Say which optional nodes in the graph lack edges that they need."""
    for name in sorted(names, key=str):
        before = {tail.kind for tail, head in edges if head == name}
        after = {head.kind for tail, head in edges if tail == name}
        if name.kind == "s" and (after != {"a"} or not before):
            yield (
                f"{name} belongs between x({name.t}) and a({name.t}): it needs edges that lead to it, and its only "
                f"outgoing edge must lead to a({name.t})."
            )
        if name.kind == "yhat" and not before:
            yield f"{name} needs the edge z({name.t}) -> {name}."
        if name.kind in {"y", *PARAMETERS} and not after:
            yield f"{name} needs an edge to another node."
        if name == Name("a", 0) and not after:
            yield "The initial state a(0) needs the edge a(0) -> a(1)."


def read_through(edges: set[Edge]) -> set[Edge]:
    """Contract s(t) and yhat(t), and drop the edges of all other optional nodes."""
    for kind in ("s", "yhat"):
        for node in {name for edge in edges for name in edge if name.kind == kind}:
            into = {tail for tail, head in edges if head == node}
            out = {head for tail, head in edges if tail == node}
            edges = {edge for edge in edges if node not in edge} | {(tail, head) for tail in into for head in out}
    return {edge for edge in edges if all(name.kind in KINDS and name.t for name in edge)}


def _list(names: Iterable[Any]) -> str:
    shown = [" ".join(str(name).split())[:40] for name in names]  # a name may have line ends
    return ", ".join(shown[:6]) + (f" and {len(shown) - 6} more" if len(shown) > 6 else "")


def _arrows(edges: list[Edge]) -> str:
    return _list(f"{tail} -> {head}" for tail, head in edges)


def _right(count: int, of: int) -> str:
    return f"All {of}" if count == of else f"{count or 'None'} of the {of}"


def _plural(things: list[Any], one: str, many: str) -> str:
    return one if len(things) == 1 else many
