"""Why things in a drawing cannot be seen, and how many of them (exercise 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..checks.names import Name
from ..checks.sight import COLOUR, COVERED, INVISIBLE, SHORT, SMALL, THIN, TRANSPARENT
from ..checks.unfolded import Edge
from .edges import ends_in_words
from .hint import Hint

SAME_COLOUR = Hint("same-colour", "{scope}: give {them} a colour that stands out, with {option}.")
TRANSPARENT_ONES = Hint("transparent", "{scope}: draw {them} with an alpha of 1.")
SMALL_LETTERS = Hint("letters-too-small", "{scope}: use a font_size of 10.")
THIN_LINES = Hint("lines-too-thin", "{scope}: use a line width of 1.")
SHORT_HEADS = Hint(
    "heads-too-short",
    "{scope}: make the heads longer, with arrowsize, mutation_scale or headlength of 10. plt.arrow and ax.arrow take "
    "head_width and head_length, in the units of the axes.",
)
UNSEEN = Hint(
    "invisible",
    "{scope}: look for set_visible(False), the colour 'none', an alpha or width of 0, and axis limits that cut {them} "
    "off.",
)
OVERLAID = Hint(
    "covered",
    "{scope}: is there a patch, box, legend, picture or other axes over {them}, or do the axis limits cut {them} off?",
)
PART_HIDDEN = Hint(
    "part-hidden",
    "These are all the {many} {part}: are they cut off by the axis limits, covered by something, or invisible?",
)
HEADS_OF_A_CALL = Hint(
    "heads-hidden-in-part",
    "{scope}: the nodes may cover {heads}. Does the call of draw_networkx_edges for {them} use the nodes' node_size, "
    "or does ax.annotate use the same shrinkB as for the others? If so, look for what else covers {them}.",
)
NAMES_UNDER_NODES = Hint(
    "names-under-nodes", "The nodes cover their names: draw the names last, or with a larger zorder."
)
LABELS_UNDER_NODES = Hint(
    "labels-under-nodes", "The labels are under the nodes: put them in the middle of the edges, with label_pos=0.5."
)
HEADS_UNDER_NODES = Hint(
    "heads-hidden",
    "The heads end under the nodes: give draw_networkx_edges the nodes' node_size. With ax.annotate or "
    "FancyArrowPatch, set shrinkB; end any other arrow at the rim of its node.",
)
HEADS_UNDER_LABELS = Hint(
    "heads-under-labels", "The labels cover the arrowheads: put them nearer to the middle of the edges."
)

_BY_REASON = {
    COLOUR: SAME_COLOUR,
    TRANSPARENT: TRANSPARENT_ONES,
    SMALL: SMALL_LETTERS,
    THIN: THIN_LINES,
    SHORT: SHORT_HEADS,
    INVISIBLE: UNSEEN,
    COVERED: OVERLAID,
}


@dataclass(frozen=True)
class Things:
    """Things of one sort in a drawing, such as names."""

    one: str
    many: str
    option: str
    """The option of networkx for their colour."""
    at: str = ""
    """What stands before the ends of their edges."""


OF_NAMES = Things("name", "names", "font_color")
OF_LABELS = Things("label", "labels", "font_color", "of the edges ")
OF_ARROWS = Things("arrow", "arrows", "edge_color")


def hiding_hint(
    reasons: Mapping[Any, str | None], things: Things, under: Hint | None = None, perhaps: Hint | None = None
) -> Hint | None:
    """Return why things cannot be seen.

    Args:
        reasons: for each name or edge, why it cannot be seen; None if it can.
        things: what they are.
        under: the hint where all that are covered lie under something that is known.
        perhaps: the hint where all that are covered are likely to lie under something, and only few are.
    """
    hidden = {key: reason for key, reason in reasons.items() if reason}
    kinds = {_kind(reason) for reason in hidden.values()}
    them, heads = ("it", "its head") if len(hidden) == 1 else ("them", "their heads")
    scope = _scope([_spell(key) for key in hidden], len(reasons), things)
    if kinds <= {COVERED, INVISIBLE}:
        if under:
            return under
        part = _part(set(hidden), set(reasons), things)
        if perhaps:
            whole = f"These are all the {things.many} {part}" if part else scope
            return perhaps.about(scope=whole, them=them, heads=heads)
        if part:
            return PART_HIDDEN.about(part=part, many=things.many)
    if len(kinds) != 1:
        return None
    return _BY_REASON[kinds.pop()].about(scope=scope, them=them, option=things.option)


def _kind(reason: str) -> str:
    return SMALL if SMALL in reason else reason


def _scope(hidden: list[str], count: int, things: Things) -> str:
    if len(hidden) == 1:
        return f"Only the {things.one} of {hidden[0]} is like this"
    if len(hidden) == count:
        return f"All {count} {things.many} are like this"
    return f"{len(hidden)} of the {count} {things.many} are like this"


def _spell(key: Name | Edge) -> str:
    return str(key) if isinstance(key, Name) else f"{key[0]} -> {key[1]}"


def _part(hidden: set[Any], every: set[Any], things: Things) -> str | None:
    """Which time step or kind all hidden things belong to, and no others."""
    if len(hidden) < 2 or hidden == every:
        return None
    ends = {key: (key,) if isinstance(key, Name) else key for key in every}
    for t in {name.t for names in ends.values() for name in names}:
        inner = {key for key, names in ends.items() if all(name.t == t for name in names)}
        if inner and inner <= hidden <= {key for key, names in ends.items() if any(name.t == t for name in names)}:
            return f"of t = {t}"
    sorts = {tuple(name.kind for name in ends[key]) for key in hidden}
    if len(sorts) > 1 or hidden != {key for key in every if tuple(name.kind for name in ends[key]) in sorts}:
        return None
    first, *second = sorts.pop()
    if not second:
        return f"of {first}(t)"
    return things.at + ends_in_words(first, second[0], 1 if first == second[0] else 0)
