"""What may be wrong with the labels of the edges (exercise 5)."""

import re
from collections.abc import Iterable, Mapping

from autograder.checking import Box

from ..checks.labels import blot, detours, find_labels
from ..checks.names import read_label, simplify
from ..checks.network import Returned
from ..checks.sight import COVERED, hidden_text
from ..checks.unfolded import Edge
from ..checks.watching import Seen
from .arrangement import are_misplaced, arrangement_hint
from .arrows import NODES_TOO_NEAR, are_too_near, arrows_hint, edges_not_drawn
from .drawings import drawing_hint
from .edges import arrow, ends_in_words
from .hiding import LABELS_UNDER_NODES, OF_LABELS, hiding_hint
from .hint import Hint

NO_LABELS = Hint("no-labels", "No edge has a label: store it with add_edge(..., label='W'), and draw it.")
LABELS_NOT_DRAWN = Hint(
    "labels-not-drawn",
    "The graph has labels, but the drawing has none: draw them with draw_networkx_edge_labels, and do not remove them.",
)
LABELS_ELSEWHERE = Hint(
    "labels-elsewhere",
    "There are labels in the drawing, but away from their edges: draw them with the same pos as the edges.",
)
LABEL_NOT_DRAWN = Hint("label-not-drawn", "All other labels are drawn: look at the label of {edge}.")
LABEL_MISSING = Hint("label-missing", "All other labels are right: look at the line that adds {edge}.")
STEP_ONE_LABELLED = Hint(
    "labels-first-step-only", "Only the first step has labels: they belong on the edges of every step."
)
PARTLY_DRAWN = Hint("labels-partly-drawn", "{count} edges have labels in the graph that are not in the drawing.")
KIND_UNLABELLED = Hint("labels-of-a-kind-missing", "None of the edges {which} has a label; the other labels are right.")
ON_EACH_OTHER = Hint(
    "labels-on-each-other",
    "Put each label at the middle of its own edge: near the start, the labels of several edges overlap.",
)
SWAPPED = Hint("labels-swapped", "The labels {one} and {other} are swapped.")
SAME_EVERYWHERE = Hint("same-label-everywhere", "Every labelled edge says {label}: each matrix has its own edges.")
KIND_SAYS = Hint("labels-of-a-kind-wrong", "All edges {which} say {label}; the other labels are right.")
NUMBERS = Hint("labels-numeric", "The labels are numbers: write the letter of the matrix, not an entry of it.")
TIMES = Hint("labels-time-steps", "The labels are time steps: write the letter of the matrix that belongs to the edge.")
OTHER_ORDER = Hint(
    "labels-in-another-order",
    "It looks as if the labels were paired with the edges in the wrong order: G.edges has its own order.",
)
OTHER_MATRICES = Hint("labels-other-letters", "The labels are {letters}: use W, R and V, as the assignment does.")

_Texts = Mapping[Edge, list[str]]


def label_texts_hint(seen: Seen) -> Hint | None:
    """Return the likely cause where labels say the wrong thing."""
    if seen.network is None and seen.understood is None:
        return drawing_hint(seen)
    edges = seen.expected.edges
    drawn = find_labels(seen.understood, edges) if seen.understood else {}
    stored = {edge: _stored(seen.network, edge) for edge in edges}
    shown = {edge: [drawn[edge].text] if edge in drawn else [] for edge in edges}
    texts = stored if any(stored[edge] for edge, label in edges.items() if label) else shown
    if not any(texts.values()):
        return NO_LABELS if seen.network is None or seen.network.edges else None
    if _in_another_order(texts, edges):
        return OTHER_ORDER
    if bare := [edge for edge, label in edges.items() if not label and not texts[edge]]:
        return _unlabelled_hint([edge for edge in edges if not texts[edge]], _of_kinds(edges, bare), list(edges))
    return _said_hint({edge: texts[edge] for edge, label in edges.items() if label}, edges)


def _of_kinds(every: Iterable[Edge], edges: list[Edge]) -> list[Edge]:
    """All edges of the kinds that some have."""
    sorts = {(tail.kind, head.kind) for tail, head in edges}
    return [edge for edge in every if (edge[0].kind, edge[1].kind) in sorts]


def _in_another_order(texts: _Texts, wanted: Mapping[Edge, str | None]) -> bool:
    """Whether all labels are there, at other edges, and not just two matrices swapped."""
    said = {edge: [next(iter(read_label(text)), None) for text in found] for edge, found in texts.items()}
    if any(len(labels) != 1 for labels in said.values()):
        return False
    moved = {(wanted[edge], labels[0]) for edge, labels in said.items()}
    same = sorted(str(labels[0]) for labels in said.values()) == sorted(str(label) for label in wanted.values())
    return same and len(moved) > len(set(wanted.values()))


def _stored(network: Returned | None, edge: Edge) -> list[str]:
    return [
        text for way in (edge, edge[::-1]) for text in (network.texts.get(way, []) if network else []) if text.strip()
    ]


def _said_hint(texts: _Texts, wanted: Mapping[Edge, str | None]) -> Hint | None:
    said = {edge: frozenset().union(*map(read_label, found)) for edge, found in texts.items()}
    wrong = [edge for edge in texts if said[edge] != {wanted[edge]}]
    sorts = {(tail.kind, head.kind) for tail, head in wrong}
    every = _of_kinds(texts, wrong)
    if not any(texts[edge] for edge in wrong):
        return _unlabelled_hint(wrong, every, list(texts))
    if len(wrong) == 1:
        return LABEL_MISSING.about(edge=arrow(wrong[0]))
    if len(sorts) == 2 and wrong == every and (pair := _swapped(wrong, said, wanted)):
        return SWAPPED.about(one=pair[0], other=pair[1])
    told = {label for edge in wrong for label in said[edge]}
    if len(sorts) == 1 and wrong == every and len(told) == 1 and all(said[edge] for edge in wrong):
        tail, head = sorts.pop()
        return KIND_SAYS.about(which=ends_in_words(tail, head, 1 if tail == head else 0), label=told.pop())
    read = [label for labels in said.values() for label in labels]
    written = {simplify(text) for found in texts.values() for text in found}
    if len(set(read)) == len(written) == 1 and len(read) == len(texts):
        return SAME_EVERYWHERE.about(label=read[0])
    return _other_words_hint([text for edge in wrong for text in texts[edge]], texts)


def _unlabelled_hint(wrong: list[Edge], every: list[Edge], edges: list[Edge]) -> Hint | None:
    if len(wrong) == 1:
        return LABEL_MISSING.about(edge=arrow(wrong[0]))
    if _is_later(wrong, edges):
        return STEP_ONE_LABELLED
    sorts = {(tail.kind, head.kind) for tail, head in wrong}
    if wrong == every and len(sorts) == 1:
        tail, head = sorts.pop()
        return KIND_UNLABELLED.about(which=ends_in_words(tail, head, 1 if tail == head else 0))
    return None


def _swapped(
    wrong: list[Edge], said: Mapping[Edge, frozenset[str]], wanted: Mapping[Edge, str | None]
) -> tuple[str, str] | None:
    one, other = sorted({str(wanted[edge]) for edge in wrong})
    turned = {one: {other}, other: {one}}
    return (one, other) if all(said[edge] == turned[str(wanted[edge])] for edge in wrong) else None


def _other_words_hint(words: list[str], texts: _Texts) -> Hint | None:
    plain = [simplify(text) for text in words]
    if all(re.fullmatch(r"[\[(]?\s*(t|step)\s*=?\s*\d+.*|\d{1,2}(\s*(->|→|-)\s*\d{1,2})?", text) for text in plain):
        return TIMES if len(set(plain)) > 1 else NUMBERS
    if all(re.fullmatch(r"[-+]?\d+\.?\d*(e[-+]?\d+)?", text) for text in plain):
        return NUMBERS
    letters = sorted({simplify(text).upper() for found in texts.values() for text in found})
    if (
        2 <= len(letters) <= 4
        and not set(letters) <= {"W", "R", "V"}
        and all(re.fullmatch(r"[A-Z](_?\{?[A-Z]{1,2}\}?)?", letter) for letter in letters)
    ):
        return OTHER_MATRICES.about(letters=", ".join(letters))
    return None


def labels_seen_hint(seen: Seen) -> Hint | None:
    """Return the likely cause where labels are not in the drawing, or cannot be seen."""
    if hint := drawing_hint(seen):
        return hint
    picture, told = seen.picture, seen.expected.told(seen.picture)
    found = find_labels(picture, told)
    stored = [edge for edge in told if _stored(seen.network, edge)] or list(told)
    wanted = [edge for edge in told if edge not in detours(picture) and (edge in stored or edge in found)]
    absent = [edge for edge in wanted if edge not in found]
    if absent and edges_not_drawn(seen).issuperset(absent):
        return arrows_hint(seen)
    hidden = [edge for edge in wanted if edge in absent or hidden_text(found[edge])]
    if are_misplaced(seen, hidden, wanted):
        return arrangement_hint(seen)
    if absent:
        return _absent_hint(seen, absent, wanted) if len(absent) > 1 or hidden == absent else None
    reasons = {edge: hidden_text(found[edge]) for edge in wanted}
    if not any(reasons.values()):
        return ON_EACH_OTHER if any(blot(edge, found) for edge in wanted) else None
    if are_too_near(picture, hidden):
        return NODES_TOO_NEAR
    below = all(_is_under_node(seen, found[edge].box) for edge, reason in reasons.items() if reason == COVERED)
    some = sum(reason == COVERED for reason in reasons.values())
    return hiding_hint(reasons, OF_LABELS, LABELS_UNDER_NODES if below and 2 * some > len(wanted) else None)


def _absent_hint(seen: Seen, absent: list[Edge], wanted: list[Edge]) -> Hint | None:
    stored = bool(seen.network and any(seen.network.texts.values()))
    drawn = [text for text in seen.picture.labels if read_label(text.text)]
    if len(absent) == len(wanted):
        if not drawn:
            return LABELS_NOT_DRAWN if stored else NO_LABELS
        return LABELS_ELSEWHERE if 2 * len(drawn) >= len(wanted) else None
    if len(absent) == 1:
        return LABEL_NOT_DRAWN.about(edge=arrow(absent[0]))
    if _is_later(absent, wanted):
        return STEP_ONE_LABELLED
    if len(seen.picture.labels) >= len(wanted):
        return LABELS_ELSEWHERE
    return PARTLY_DRAWN.about(count=f"{len(absent)} of the {len(wanted)}") if stored else None


def _is_later(edges: list[Edge], every: list[Edge]) -> bool:
    """Whether these are all edges that end after the first step, or all that begin after it."""
    return any(set(edges) == {edge for edge in every if edge[end].t != 1} for end in (0, 1))


def _is_under_node(seen: Seen, box: Box) -> bool:
    x, y = box.centre
    spot = Box(x, y, x, y)
    return any(placed.box.gap(spot) == 0 for placed in seen.picture.nodes.values())
