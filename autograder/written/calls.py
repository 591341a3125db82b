r"""Rewrite commands with arguments in braces that MathJax knows and pandoc does not, so that pandoc can read them."""

import re
from collections.abc import Callable, Sequence

#: How many of them one formula may have.
_MOST = 50

#: Characters that mean something in TeX.
_SPECIAL = "\\{}$#%&_"

_PART = re.compile(r"\\.|[{}]|[^\s{}\\]", re.DOTALL)


def group_end(tex: str, start: int) -> int:
    """Where the group in braces that begins at a place ends, ignoring spaces; 0 if there is none."""
    depth = 0
    for match in _PART.finditer(tex, start):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0:
            return match.end() if match[0] == "}" else 0
    return 0


def spelled(tex: str) -> str:
    """Return a formula without these commands. What they frame or name stays."""
    for _ in range(_MOST):
        match = _NAME.search(tex)
        if not match:
            break
        count, form = _FORMS[match["name"]]
        arguments, end = list[str](), match.end()
        while len(arguments) < count and (stop := group_end(tex, end)):
            arguments.append(tex[end:stop].strip()[1:-1])
            end = stop
        text = form(arguments) if len(arguments) == count else None
        if text is None:
            return tex
        tex = tex[: match.start()] + text + tex[end:]
    return tex


def _unicode(arguments: Sequence[str]) -> str | None:
    """A character by its number, in hexadecimal after an x; None if there is no such character."""
    given = arguments[0].strip().lower()
    try:
        number = int(given[1:], 16) if given.startswith("x") else int(given)
        char = chr(number)
    except (ValueError, OverflowError):
        return None
    if char in _SPECIAL:
        return r"\backslash " if char == "\\" else f"\\{char}"
    return rf"\text{{{char}}}" if char.isprintable() else ""


def _enclosed(arguments: Sequence[str]) -> str:
    return rf"\cancel{{{arguments[1]}}}" if "strike" in arguments[0] else rf"\boxed{{{arguments[1]}}}"


def _named(arguments: Sequence[str]) -> str:
    """The name of a label, or of the label that a reference points to."""
    return re.sub(r"[^\w\s:.*-]|_", " ", arguments[0]).strip()


_FORMS: dict[str, tuple[int, Callable[[Sequence[str]], str | None]]] = {
    "tag": (1, lambda given: rf"\qquad\text{{({given[0]})}}"),
    "label": (1, lambda given: rf"\qquad\text{{({_named(given)})}}"),
    "eqref": (1, lambda given: rf"\text{{({_named(given)})}}"),
    "ref": (1, lambda given: rf"\text{{{_named(given)}}}"),
    "cancelto": (2, lambda given: rf"\cancel{{{given[1]}}}^{{{given[0]}}}"),
    "unicode": (1, _unicode),
    "enclose": (2, _enclosed),
    "colorbox": (2, lambda given: rf"\text{{{given[1]}}}"),
    "fcolorbox": (3, lambda given: rf"\boxed{{\text{{{given[2]}}}}}"),
    "href": (2, lambda given: rf"{{{given[1]}}}"),
    "class": (2, lambda given: rf"{{{given[1]}}}"),
    "cssId": (2, lambda given: rf"{{{given[1]}}}"),
    "style": (2, lambda given: rf"{{{given[1]}}}"),
}
_NAME = re.compile(rf"\\(?P<name>{'|'.join(_FORMS)})(?![a-zA-Z])\*?(?:\s*\[[^\[\]]*\])?")
