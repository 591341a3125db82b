"""What may be wrong with a returned value, or with the nodes of a returned graph (exercise 5)."""

import re
from collections.abc import Iterable
from typing import Any

from autograder.checking import kind_of

from ..checks.names import Name, read_name, simplify
from ..checks.network import Letters
from ..checks.unfolded import KINDS, core_nodes, is_optional
from .hint import Hint

UNDIRECTED = Hint(
    "undirected", "Build it with nx.DiGraph() instead of nx.Graph(): in nx.Graph an edge has no direction."
)
NO_RETURN = Hint(
    "graph-not-returned", "Is `return` missing at the end of graph(), or does a line before it return nothing?"
)
IN_TUPLE = Hint(
    "graph-in-tuple", "The graph is in it. If the graph is called G, write `return G` and nothing else after `return`."
)
OTHER_VALUE = Hint("not-a-graph", "Return the networkx graph itself, not {what}.")

FROM_ZERO = Hint("from-zero", "The time steps run from 0 to {last}: use range(1, {stop}), because t begins at 1.")
FROM_TWO = Hint("from-two", "The time steps run from 2 to {last}: use range(1, {stop}), because t begins at 1.")
STEP_TOO_FEW = Hint(
    "step-too-few", "The time steps end at {last}: range(1, n) stops at n - 1, so use range(1, {stop})."
)
STEP_TOO_MANY = Hint(
    "step-too-many",
    "The time steps go on to {last}: use range(1, {stop}), which ends with the last step that is needed.",
)
ZEROTH_STEP = Hint("zeroth-step", "There is a step t = 0 as well: at t = 0, only the initial state a(0) is allowed.")
KIND_MISSING = Hint("kind-missing", "There is no {kind} at any time step, but the other kinds of nodes are there.")
LAST_STEP_ONLY = Hint("last-step-only", "The last time step has {kind}, but in exercise 5 every step has its own.")
FIRST_STEP_ONLY = Hint("first-step-only", "The first time step has {kind}, but every step has its own.")
RETURN_IN_LOOP = Hint(
    "return-in-loop", "There is only the first time step: is `return` inside the loop, so that it ends too early?"
)
NODE_MISSING = Hint("node-missing", "All other nodes are there: look at the line that adds {node}.")
MISNAMED = Hint("node-misnamed", "All other nodes are there: it looks as if {wrong} should be {right}.")
OBJECTS = Hint("objects-as-nodes", "The nodes are objects of a class: use names as nodes, or give the class a __str__.")
FOLDED = Hint("folded", "This looks like the folded network: unfolded, each time step has nodes of its own.")
WITHOUT_TIME = Hint(
    "one-for-all-steps", "There is one {kind} for all time steps: each step has one of its own, such as {kind}(1)."
)
INTEGERS = Hint("integer-nodes", "The nodes are numbers: use the names themselves as nodes, as in G.add_node('x(1)').")
NO_F = Hint("f-missing", "This looks like a string without its f: write f'x({t})', so that Python puts the number in.")
LETTER_T = Hint("t-not-a-number", "The names contain the letter t, not the number of the time step: write f'x({t})'.")
OTHER_LETTERS = Hint("other-letters", "The assignment writes {letters}: use its letters.")
BIAS = Hint("bias-node", "The network has no biases.")
LATE_LABELS = Hint("labels-late", "The labels y are one step late: y(t) belongs to L(t).")
EXTRA_NODES = Hint("extra-nodes", "All nodes of the network are there even without {node}: remove it.")

#: What else ``graph`` may return, by the name of its type.
_VALUES = {
    "Figure": "the figure", "Axes": "the axes", "AxesSubplot": "the axes", "ndarray": "a matrix",
    "csr_array": "a matrix", "str": "a text", "dict": "a dictionary", "list": "a list", "set": "a set",
    "OutEdgeView": "its edges", "OutEdgeDataView": "its edges", "EdgeView": "its edges", "NodeView": "its nodes",
}  # fmt: skip


def answer_hint(answer: Any) -> Hint | None:
    """Return the likely cause where something else than a directed graph is returned."""
    kind = kind_of(answer)
    if answer is None:
        return NO_RETURN
    if isinstance(answer, tuple):
        return IN_TUPLE if any(hasattr(value, "is_directed") for value in answer) else None
    if not hasattr(answer, "is_directed"):
        return OTHER_VALUE.about(what=_VALUES[kind]) if kind in _VALUES else None
    return None if answer.is_directed() else UNDIRECTED


def nodes_hint(nodes: Iterable[Any], letters: Letters, steps: int) -> Hint | None:
    """Return the likely cause where the nodes of a graph are not those of the network.

    Args:
        nodes: the nodes as they are in the graph.
        letters: what letters of the graph stand for.
        steps: number of time steps.
    """
    nodes = list(nodes)
    names = {node: read_name(node) for node in nodes}
    unknown = [node for node, name in names.items() if name is None]
    found = {name for name in names.values() if name}
    if others := {letter: kind for letter, kind in letters.items() if kind in KINDS}:
        return other_letters_hint(others)
    return _spelling_hint(nodes, unknown, steps) if unknown else _time_hint(found, steps)


def _spelling_hint(nodes: list[Any], unknown: list[Any], steps: int) -> Hint | None:
    texts = [simplify(str(node)) for node in unknown]
    found = {name for node in nodes if (name := read_name(node))}
    missing = [name for name in core_nodes(steps) if name not in found]
    if all(re.fullmatch(r"\d+", text) for text in texts):
        return INTEGERS if missing and not found else None
    if missing and all("object at 0x" in text for text in texts):
        return OBJECTS
    if written := without_f([str(node) for node in unknown]):
        return written
    kinds = {read_name(f"{text}1") for text in texts}
    bare = {name.kind for name in kinds if name and name.t == 1}
    if bare == set(KINDS) and not found:
        return FOLDED
    if len(bare) == len(unknown) == 1 and {name.kind for name in missing} == bare:
        return WITHOUT_TIME.about(kind=bare.pop())
    if len(missing) == len(unknown) == 1:
        return MISNAMED.about(wrong=str(unknown[0])[:30], right=str(missing[0]))
    if missing:
        return None
    if all(re.fullmatch(r"(b|bias)[\W_]*\d*\W*", text) for text in texts):
        return BIAS
    return EXTRA_NODES.about(node=" and ".join(str(node)[:20] for node in unknown)) if len(unknown) <= 2 else None


def other_letters_hint(letters: Letters) -> Hint:
    """Return the hint that letters stand for kinds that have another name in the assignment."""
    said = [f"{kind} where you write {letter[:15]}" for letter, kind in sorted(letters.items())]
    return OTHER_LETTERS.about(letters=" and ".join(said))


def without_f(texts: list[str]) -> Hint | None:
    """Return the cause where names hold braces or a letter in place of a time step."""
    if any(re.search(r"\{(t|i|k|n|step|time|tt)?\s*([+-]\s*\d)?\}|%[ds]", text) for text in texts):
        return NO_F
    if any(re.fullmatch(r"\$?[xazLl](oss)?[\s_(\[]*(t|i|step)(\s*[+-]\s*1)?[)\]]*\$?", text) for text in texts):
        return LETTER_T
    return None


def _time_hint(found: set[Name], steps: int) -> Hint | None:
    times = {kind: {name.t for name in found if name.kind == kind} for kind in KINDS}
    core = core_nodes(steps)
    missing = [name for name in core if name not in found]
    surplus = [name for name in found if name not in core and not is_optional(name, steps)]
    if all(times[kind] == times["x"] for kind in KINDS) and (hint := _steps_hint(times["x"], steps)):
        return hint
    if surplus and not missing:
        return _surplus_hint(surplus, found, steps)
    if len(missing) == len(surplus) == 1:
        return MISNAMED.about(wrong=str(surplus[0]), right=str(missing[0]))
    if missing and not surplus:
        return _missing_hint(missing, times, steps)
    return None


def _steps_hint(times: set[int | None], steps: int) -> Hint | None:
    """The cause where all kinds have the same time steps, and these are others."""
    for hint, first, last in (
        (FROM_ZERO, 0, steps - 1),
        (FROM_TWO, 2, steps + 1),
        (STEP_TOO_FEW, 1, steps - 1),
        (STEP_TOO_MANY, 1, steps + 1),
    ):
        if times == set(range(first, last + 1)):
            return hint.about(last=str(last), stop=str(steps + 1))
    return None


def _surplus_hint(surplus: list[Name], found: set[Name], steps: int) -> Hint | None:
    labels = {name.t for name in found if name.kind == "y"}
    if all(name.kind == "y" for name in surplus) and labels == set(range(2, steps + 2)):
        return LATE_LABELS
    if {name.t for name in surplus} == {0}:
        return ZEROTH_STEP
    if {name.t for name in surplus} == {steps + 1}:
        return STEP_TOO_MANY.about(last=str(steps + 1), stop=str(steps + 1))
    return None


def _missing_hint(missing: list[Name], times: dict[str, set[int | None]], steps: int) -> Hint | None:
    kinds = {name.kind for name in missing}
    if len(missing) == 1:
        return NODE_MISSING.about(node=str(missing[0]))
    if all(times[kind] == {1} for kind in KINDS):
        return RETURN_IN_LOOP
    for hint, only in ((LAST_STEP_ONLY, steps), (FIRST_STEP_ONLY, 1)):
        if all(times[kind] == {only} for kind in kinds):
            return hint.about(kind=" and ".join(f"{kind}({only})" for kind in KINDS if kind in kinds))
    if len(kinds) == 1 and not times[missing[0].kind]:
        return KIND_MISSING.about(kind=f"{missing[0].kind}(t)")
    return None
