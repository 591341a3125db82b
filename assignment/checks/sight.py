"""Judge whether a person can see a thing in a drawing, and say why not (exercise 5)."""

from autograder.checking import Line, Sight, Text

#: A contrast below this does not count. The contract says "about 1.25": where we are unsure, a thing can be seen.
_CONTRAST = 1.2
#: An opacity below this does not count.
_OPACITY = 0.05
#: A text or an arrowhead of which less than this share is left is hidden. The contract says "about half".
_SHARE = 0.4
#: A line may lie under the nodes that it joins; but this share of it must be left.
_LINE_SHARE = 0.04
#: The smallest sizes, in points, with some room for rounding.
_LETTERS, _HEAD, _WIDTH = 3.95, 0.95, 0.1

Reason = str

#: Reasons why a thing cannot be seen.
INVISIBLE = "it is invisible, transparent or cut off"
COVERED = "something that is drawn later covers it, or it is cut off"
TRANSPARENT = "it is transparent"
COLOUR = "it has almost the same colour as what is behind it"
THIN = "it is too thin"
SHORT = "it is shorter than one point"
SMALL = f"points; at least {_LETTERS:.0f} are needed"


def hidden_text(text: Text) -> Reason | None:
    """Return why nobody can read a text; None if it can be read."""
    if text.sight.size < _LETTERS:
        return f"its font size is {text.sight.size:.1f} {SMALL}"
    return _reason(text.sight, _SHARE)


def hidden_line(line: Line) -> Reason | None:
    """Return why nobody can see a line; None if it can be seen."""
    if line.sight.size < _WIDTH and line.sight.left > 0:
        return THIN
    return _reason(line.sight, _LINE_SHARE)


def hidden_head(line: Line) -> Reason | None:
    """Return why nobody can see the head of an arrow; None if it can be seen."""
    if line.tip.size < _HEAD:
        return SHORT
    return _reason(line.tip, _SHARE)


def is_gone(sight: Sight) -> bool:
    """Whether nothing of a thing is left: it is transparent, covered or cut off. Its colour does not matter."""
    return sight.opacity < _OPACITY or sight.left < _LINE_SHARE


def _reason(sight: Sight, share: float) -> Reason | None:
    if sight.left <= 0 and sight.opacity < _OPACITY:
        return INVISIBLE
    if sight.left < share:
        return COVERED
    if sight.opacity < _OPACITY:
        return TRANSPARENT
    if sight.contrast < _CONTRAST:
        return COLOUR
    return None
