"""What may be wrong with a drawing as a whole, or with the names in it (exercise 5)."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from autograder.checking import Mistake, Text

from ..checks.names import Name, read_label, read_name, simplify
from ..checks.sight import COVERED, hidden_text
from ..checks.unfolded import KINDS
from ..checks.watching import Seen
from .hiding import NAMES_UNDER_NODES, OF_NAMES, hiding_hint
from .hint import Hint, add_hints
from .nodes import FOLDED, INTEGERS, nodes_hint, other_letters_hint, without_f

NOTHING_DRAWN = Hint(
    "nothing-drawn",
    "graph() must draw every time that it is called. Remove any plt.close() or plt.clf().",
)
NO_NAMES = Hint(
    "no-names", "There are no texts at the nodes: nx.draw needs with_labels=True, or call draw_networkx_labels."
)
NUMBERS_DRAWN = Hint(
    "numbers-drawn", "The names in the drawing are numbers: give draw_networkx_labels a dictionary of names."
)
NO_TIME_DRAWN = Hint(
    "names-without-time", "The names in the drawing have no time step: write x(1), x(2), ... instead of x."
)
NO_GRAPH_DRAWN = Hint(
    "no-graph-drawn",
    "The drawing shows no nodes: is it a picture of a matrix, or is it cleared by plt.clf() or ax.clear() afterwards?",
)
KIND_UNNAMED = Hint("kind-not-drawn", "None of {kind} has a name in the drawing; all other nodes have one.")
ONE_UNNAMED = Hint("name-not-drawn", "Only {name} has no name; all other nodes have one.")
NAME_TWICE = Hint("name-twice", "The name {twice} appears twice: should one of them be {name}?")
MOST_NAMES_MISSING = Hint("names-missing", "Only the nodes {kinds} have names: show the names of all nodes.")
NAMES_SWAPPED = Hint("names-swapped", "Look at the dictionary of names or positions: these two are swapped there.")
NAMES_MISPLACED = Hint(
    "names-misplaced",
    "It looks as if names and nodes were paired in different orders, for example with zip() and G.nodes.",
)
NAMES_ASTRAY = Hint(
    "names-astray",
    "Draw names and nodes at the same positions: give draw_networkx_labels the dictionary that "
    "draw_networkx_nodes gets.",
)


#: A drawing of the network has fewer symbols; an image has one for each of its pixels.
_MOST_MARKERS = 60


@contextmanager
def hinted(diagnose: Callable[[Seen], Hint | None], seen: Seen) -> Iterator[None]:
    """If the block raises a ``Mistake``, add the hint that a function finds."""
    try:
        yield
    except Mistake as mistake:
        with suppress(Mistake):  # what cannot be read has no hint
            hint = diagnose(seen)
            add_hints(mistake, [hint] if hint else [])
        raise


def drawing_hint(seen: Seen) -> Hint | None:
    """Return the likely cause where nothing of the network can be read in a drawing, or seen."""
    if not seen.drawings:
        return None if seen.broken else NOTHING_DRAWN
    if seen.understood is None:
        return _nameless_hint(seen)
    if seen.understood.blank:
        names = {name: placed.text for name, placed in seen.understood.nodes.items() if placed.text}
        return hiding_hint({name: hidden_text(text) for name, text in names.items()}, OF_NAMES)
    if 2 * len(_named(seen)) < len(seen.expected.nodes):
        return _unnamed_nodes_hint(seen)
    return None


def _named(seen: Seen) -> dict[Name, Text]:
    nodes = seen.picture.nodes
    return {name: text for name in seen.expected.nodes if name in nodes and (text := nodes[name].text)}


def _nameless_hint(seen: Seen) -> Hint | None:
    drawings = seen.drawings
    texts = [text.text.strip() for drawing in drawings for text in drawing.texts if text.text.strip()]
    marked = any(len(KINDS) <= len(drawing.markers) <= _MOST_MARKERS for drawing in drawings)
    names = [text for text in texts if not read_label(text)]
    if written := without_f(texts):
        return written
    if sum(bool(re.fullmatch(r"\d+", text)) for text in texts) >= len(KINDS):
        numbered = seen.network and nodes_hint(seen.answer.nodes, {}, seen.steps) == INTEGERS
        return (INTEGERS if numbered else NUMBERS_DRAWN) if marked else None
    plain = [simplify(text) for text in texts]
    if {"x", "a", "z"} <= set(plain) and marked:
        if plain.count("x") > 1:
            return NO_TIME_DRAWN
        return FOLDED if all(len(drawing.markers) <= 2 * len(KINDS) for drawing in drawings) else NO_NAMES
    if not marked and not any(drawing.lines for drawing in drawings):
        return NO_GRAPH_DRAWN
    return NO_NAMES if marked and len(names) <= len(KINDS) else None


def names_hint(seen: Seen) -> Hint | None:
    """Return the likely cause where names in the drawing are missing, wrong, or cannot be seen."""
    if hint := drawing_hint(seen):
        return hint
    picture, named = seen.picture, _named(seen)
    if len(named) < len(seen.expected.nodes):
        return _unnamed_nodes_hint(seen)
    if picture.moved:
        return NAMES_SWAPPED if len(picture.moved) == 2 else NAMES_MISPLACED
    reasons = {name: hidden_text(text) for name, text in named.items()}
    if any(reasons[name] is None for name in picture.astray):
        return NAMES_ASTRAY
    if any(reasons.values()):
        below = all(_on_node(seen, name) and reasons[name] == COVERED for name in named)
        return hiding_hint(reasons, OF_NAMES, NAMES_UNDER_NODES if below else None)
    return _drawn_letters_hint(named)


def _on_node(seen: Seen, name: Name) -> bool:
    """Whether a name is on its node."""
    placed = seen.picture.nodes[name]
    if placed.text is None or placed.box is placed.text.box:
        return False
    (x, y), box = placed.text.box.centre, placed.box
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _unnamed_nodes_hint(seen: Seen) -> Hint | None:
    wanted, drawings, named = seen.expected.nodes, seen.drawings, _named(seen)
    missing = [name for name in wanted if name not in named]
    texts = Counter(name for drawing in drawings for text in drawing.texts if (name := read_name(text.text.strip())))
    kinds = [kind for kind in KINDS if any(name.kind == kind for name in missing)]
    whole = [kind for kind in kinds if all(name in missing for name in wanted if name.kind == kind)]
    twice = sorted(str(name) for name in wanted if texts[name] == 2)
    if len(missing) == 1:
        absent = [name for name in wanted if not texts[name]]
        if len(twice) == len(drawings) == len(absent) == 1:
            return NAME_TWICE.about(twice=twice[0], name=str(absent[0]))
        return ONE_UNNAMED.about(name=str(missing[0])) if absent == list(missing) else None
    if kinds != whole:
        return None
    if len(whole) == 1:
        return KIND_UNNAMED.about(kind=f"{whole[0]}(1), {whole[0]}(2), ...")
    left = [f"{kind}(t)" for kind in KINDS if kind not in whole]
    return MOST_NAMES_MISSING.about(kinds=" and ".join(left))


def _drawn_letters_hint(named: dict[Name, Text]) -> Hint | None:
    """The cause where all nodes of a kind have another letter in the drawing."""
    letters = {}
    for name, text in named.items():
        found = re.match(r"[^\W\d_]+", simplify(text.text))
        if found and read_name(text.text) != name:
            letters[found[0]] = name.kind
    return other_letters_hint(letters) if letters else None
