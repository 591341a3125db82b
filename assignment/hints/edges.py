"""What may be wrong with the edges of a returned graph, recognised by what each slip would have given (exercise 5)."""

from collections.abc import Iterator

from ..checks.names import Name
from ..checks.unfolded import KINDS, Edge, allowed_edges, core_edges, core_nodes, is_optional, read_through
from .hint import Hint, only_one

REVERSED = Hint("reversed", "Every edge points the wrong way: an edge goes from a cause to its effect.")
REVERSED_KIND = Hint("reversed-kind", "All edges {which} point the wrong way; the others are right.")
REVERSED_EDGE = Hint("reversed-edge", "Only the edge between {edge} points the wrong way.")
BOTH_WAYS = Hint("both-ways", "Every edge is there in both directions: add each once, from cause to effect.")
EDGE_MISSING = Hint(
    "edge-missing", "Only one edge is missing, and the others are right: look for the line that should add {edge}."
)
EDGE_EXTRA = Hint(
    "edge-extra", "There is one edge too many, and the others are right: look for the line that adds {edge}."
)
EDGE_MOVED = Hint("edge-moved", "Only one edge is wrong: {edge} should be {right}.")
KIND_LEFT_OUT = Hint("edges-missing", "All edges {which} are missing; the others are right.")
NO_RECURRENCE = Hint("no-recurrence", "Nothing joins one time step to the next: a(t) also depends on a(t-1).")
SHORTCUT = Hint("shortcut", "An edge {which} is a shortcut: {tail} affects {head} only through the nodes between them.")
FEEDBACK = Hint("feedback", "The output is fed back into a(t): in this network a(t) gets a(t-1) and x(t).")
CHAIN = Hint("chain", "The edges from {kind}(t-1) to {kind}(t) should not be there: only a leads to the next step.")
LOOPS = Hint("self-loops", "Each a(t) leads to itself, as in the folded network: unfolded, a(t-1) leads to a(t).")
SKIPPED = Hint("step-skipped", "An edge skips a time step: a(t) depends on a(t-1) and on no earlier state.")
CYCLE = Hint("cycle", "The last state leads back to the first: an unfolded graph has no cycles.")
SHIFTED = Hint("edges-shifted", "The edges {which} are shifted by a time step: {right} belong together.")
KIND_MOVED = Hint("edges-of-a-kind-moved", "All edges {which} should be edges {right}; the others are right.")
CROSSED = Hint("edges-crossed", "The ends of two edges {which} are swapped; the others are right.")
INITIAL_STATE = Hint("initial-state", "The initial state a(0) leads to a(1) and to nothing else.")
LABEL_ELSEWHERE = Hint(
    "label-misplaced", "A label y(t) leads to L(t), where it is compared with the output, and nowhere else."
)
OTHER_RECURRENCE = Hint("recurrence-from-other", "The next step uses a(t-1), not {kind}(t-1).")
EXTRA_KIND = Hint("edges-extra", "There should be no edges {which}; the others are right.")
SUM_AFTER = Hint("sum-after-activation", "The sum s(t) comes before the activation: a(t) = tanh(s(t)).")
PREDICTION_BEFORE = Hint("prediction-before-logit", "The prediction yhat(t) comes after the logit: it is sigma(z(t)).")

#: Ends of the edges of each kind, with the number of steps between them.
_GROUPS = (("x", "a", 0), ("a", "a", 1), ("a", "z", 0), ("z", "L", 0))

#: All pairs of different kinds.
KIND_PAIRS = tuple((tail, head) for tail in KINDS for head in KINDS if tail != head)

Slips = Iterator[tuple[Hint, set[Edge]]]


def edges_hint(edges: set[Edge], names: set[Name], steps: int) -> Hint | None:
    """Return the likely cause where the edges are wrong and all nodes are there.

    Args:
        edges: the edges of the graph.
        names: the nodes of the graph.
        steps: number of time steps.
    """
    belong = {name for name in names if name in core_nodes(steps) or is_optional(name, steps)}
    edges = {edge for edge in edges if set(edge) <= belong}
    if hint := _at_optional_nodes(edges - allowed_edges(steps)):
        return hint
    own = read_through(edges)
    found = only_one(hint for hint, wrong in _slips(set(core_edges(steps)), own, steps) if wrong == own)
    return found[0] if found else None


def edges_between(tail: str, head: str, lag: int, steps: int) -> set[Edge]:
    """Return the edges from one kind to another, over ``lag`` time steps."""
    return {(Name(tail, t - lag), Name(head, t)) for t in range(1 + max(lag, 0), steps + 1 + min(lag, 0))}


def ends_in_words(tail: str, head: str, lag: int) -> str:
    """Say which edges are meant."""
    return f"from {tail}({_time(-lag)}) to {head}(t)" if lag >= 0 else f"from {tail}(t) to {head}({_time(lag)})"


def _time(lag: int) -> str:
    return f"t{lag:+d}" if lag else "t"


def _at_optional_nodes(surplus: set[Edge]) -> Hint | None:
    """The cause where all edges that do not belong there are of one sort, at a node that a student may add."""
    sorts = {(tail.kind if tail != Name("a", 0) else "a(0)", head.kind) for tail, head in surplus}
    if sorts == {("L", "y")} or (sorts and all(tail == "y" and head != "L" for tail, head in sorts)):
        return LABEL_ELSEWHERE
    if not sorts or not all(tail.t in (head.t, 0) for tail, head in surplus):
        return None
    if {tail for tail, _ in sorts} == {"a(0)"}:
        return INITIAL_STATE
    known = {
        frozenset({("a", "s"), ("s", "z")}): SUM_AFTER,
        frozenset({("a", "yhat"), ("yhat", "z")}): PREDICTION_BEFORE,
    }
    return known.get(frozenset(sorts))


def _turned(edges: set[Edge]) -> set[Edge]:
    return {(head, tail) for tail, head in edges}


def _slips(core: set[Edge], own: set[Edge], steps: int) -> Slips:
    yield REVERSED, _turned(core)
    yield BOTH_WAYS, core | _turned(core)
    yield LOOPS, core - edges_between("a", "a", 1, steps) | edges_between("a", "a", 0, steps)
    yield LOOPS, core | edges_between("a", "a", 0, steps)
    yield FEEDBACK, core | edges_between("z", "a", 1, steps)
    yield CYCLE, core | {(Name("a", steps), Name("a", 1))}
    for kind in "xzL":
        back = edges_between(kind, "a", 1, steps)
        yield OTHER_RECURRENCE.about(kind=kind), core - edges_between("a", "a", 1, steps) | back
    yield from ((CHAIN.about(kind=kind), core | edges_between(kind, kind, 1, steps)) for kind in "xzL")
    yield from ((SKIPPED, core | extra) for extra in _jumps(steps))
    for tail, head, lag in _GROUPS:
        yield from _group_slips(core, tail, head, lag, steps)
        yield from _shifted_slips(core, own, tail, head, steps)
    yield from _shortcuts(core, steps)
    yield from _single_slips(core, own)


def _jumps(steps: int) -> Iterator[set[Edge]]:
    jumps = edges_between("a", "a", 2, steps)
    yield from ({jump} for jump in jumps)
    if len(jumps) > 1:
        yield jumps


def _group_slips(core: set[Edge], tail: str, head: str, lag: int, steps: int) -> Slips:
    """Slips with all edges of one kind."""
    group, which = edges_between(tail, head, lag, steps), ends_in_words(tail, head, lag)
    yield REVERSED_KIND.about(which=which), core - group | _turned(group)
    recurrent = lag == 1
    yield NO_RECURRENCE if recurrent else KIND_LEFT_OUT.about(which=which), core - group
    for start, end in KIND_PAIRS:
        wrong = edges_between(start, end, 0, steps)
        if not recurrent and (start == tail) != (end == head) and wrong.isdisjoint(core):
            yield (
                KIND_MOVED.about(which=ends_in_words(start, end, 0), right=ends_in_words(tail, head, 0)),
                core - group | wrong,
            )
    for one, two in ((a, b) for a in group for b in group if str(a) < str(b)):
        swapped = {(one[0], two[1]), (two[0], one[1])}
        if not recurrent:
            yield CROSSED.about(which=f"from {tail} to {head}"), core - {one, two} | swapped


def _shifted_slips(core: set[Edge], own: set[Edge], tail: str, head: str, steps: int) -> Slips:
    """Slips where edges within a time step lead to another. At the first or last step they may be right."""
    for lag in (-1, 1):
        group, shifted = edges_between(tail, head, 0, steps), edges_between(tail, head, lag, steps)
        if tail != head and own - core == shifted and core - own <= group and core != own:
            if core - own:
                yield SHIFTED.about(which=f"from {tail} to {head}", right=f"{tail}(t) and {head}(t)"), own
            elif (tail, head) != ("z", "a"):
                yield EXTRA_KIND.about(which=ends_in_words(tail, head, lag)), own


def _shortcuts(core: set[Edge], steps: int) -> Slips:
    for tail, head in (("x", "z"), ("x", "L"), ("a", "L")):
        group = edges_between(tail, head, 0, steps)
        hint = SHORTCUT.about(which=ends_in_words(tail, head, 0), tail=f"{tail}(t)", head=f"{head}(t)")
        yield hint, core | group
        yield from ((hint, core | {edge}) for edge in group if len(group) > 1)


def _single_slips(core: set[Edge], own: set[Edge]) -> Slips:
    """Slips with one edge. Those that have a name of their own are not among them."""
    missing, surplus = core - own, own - core
    if len(missing) == 1 and not surplus:
        yield EDGE_MISSING.about(edge=arrow(next(iter(missing)))), own
    elif len(surplus) == 1 and not missing and not _is_named(next(iter(surplus)), core):
        yield EDGE_EXTRA.about(edge=arrow(next(iter(surplus)))), own
    elif len(surplus) == len(missing) == 1:
        (wrong,), (right,) = surplus, missing
        if wrong == right[::-1]:
            yield REVERSED_EDGE.about(edge=f"{right[0]} and {right[1]}"), own
        elif set(wrong) & set(right):
            yield EDGE_MOVED.about(edge=arrow(wrong), right=arrow(right)), own


def _is_named(edge: Edge, core: set[Edge]) -> bool:
    tail, head = edge
    steps = max(name.t or 0 for one in core for name in one)
    if (tail.kind, head.kind) == ("a", "a"):
        return (head.t or 0) - (tail.t or 0) >= 2 or (tail.t, head.t) == (steps, 1)
    return (tail.kind, head.kind) in {("x", "z"), ("x", "L"), ("a", "L")} and tail.t == head.t


def arrow(edge: Edge) -> str:
    """Write an edge."""
    return f"{edge[0]} -> {edge[1]}"
