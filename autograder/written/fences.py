r"""Brackets and bars in formulas: as tall as their contents, with the spacing that TeX puts around them.

Pandoc forgets which brackets belong together if they do not match (``\left. x \right|``), and which are large. So we
turn each of them into a marked text, and find that text again in pandoc's output.
"""

import re
from collections.abc import Iterator

#: The mark; students' texts have no such characters.
_MARK = "\ue010"

_DELIMITERS = {
    ".": "", "(": r"\(", ")": r"\)", "[": r"\[", "]": r"\]", r"\lbrack": r"\[", r"\rbrack": r"\]",
    r"\{": r"\{", r"\}": r"\}", r"\lbrace": r"\{", r"\rbrace": r"\}", "<": "⟨", ">": "⟩", r"\lt": "⟨", r"\gt": "⟩",
    r"\langle": "⟨", r"\rangle": "⟩", "|": "vbar", r"\vert": "vbar", r"\lvert": "vbar", r"\rvert": "vbar",
    r"\|": "dbar", r"\Vert": "dbar", r"\lVert": "dbar", r"\rVert": "dbar", r"\lfloor": "⌊", r"\rfloor": "⌋",
    r"\lceil": "⌈", r"\rceil": "⌉", "/": r"\/", r"\backslash": r"\\", r"\uparrow": "arrow.t", r"\downarrow": "arrow.b",
    r"\updownarrow": "arrow.t.b", r"\Uparrow": "arrow.t.double", r"\Downarrow": "arrow.b.double", r"\ulcorner": "⌜",
    r"\urcorner": "⌝", r"\llcorner": "⌞", r"\lrcorner": "⌟", r"\lgroup": "⟮", r"\rgroup": "⟯", "⟨": "⟨", "⟩": "⟩",
    "∥": "dbar", "‖": "dbar", "∣": "vbar",
}  # fmt: skip
_NUMBERS = {delimiter: number for number, delimiter in enumerate(_DELIMITERS)}
_SHOWN = list(_DELIMITERS.values())

_SIZES = {"big": "1.2em", "Big": "1.8em", "bigg": "2.4em", "Bigg": "3em"}
_OPENING, _CLOSING = {r"\(", r"\[", r"\{", "⟨", "⌊", "⌈"}, {r"\)", r"\]", r"\}", "⟩", "⌋", "⌉"}
_KINDS = {"l": "opening", "r": "closing", "m": "relation"}

_TOKEN = re.compile(r"\\([a-zA-Z]+)|\\.|[{}]", re.DOTALL)
_DELIMITER = re.compile(r"\s*(\\[a-zA-Z]+|\\.|[^\s\\{}])")
_FOUND = re.compile(rf'upright\("{_MARK}([AMZ]|[lrmn]\d)(\d+)"\)')
_LEFT_OVER = re.compile(rf"{_MARK}(?:[AMZ]|[lrmn]\d)(\d+)")
_LARGE = re.compile(r"(big|Big|bigg|Bigg)([lrm]?)")


def marked(tex: str) -> str:
    r"""Return a formula in which ``\left``, ``\right``, ``\middle`` and ``\big`` are texts with marks."""
    changes = [*_pairs(tex), *_large(tex)]
    for start, end, text in sorted(changes, reverse=True):
        tex = tex[:start] + text + tex[end:]
    return tex


def _delimiter(tex: str, place: int) -> tuple[int, int] | None:
    """The number of the delimiter at a place, and where it ends; None if there is none."""
    match = _DELIMITER.match(tex, place)
    return (_NUMBERS[match[1]], match.end()) if match and match[1] in _NUMBERS else None


def _text(kind: str, number: int) -> str:
    return rf"\text{{{_MARK}{kind}{number}}}"


def _pairs(tex: str) -> Iterator[tuple[int, int, str]]:
    r"""What takes the place of each ``\left``, with its ``\right`` and what is ``\middle`` between them."""
    stack = [list[tuple[str, int, int, int]]()]  # in each group: name, where, end, number
    for match in _TOKEN.finditer(tex):
        token, name = match[0], match[1]
        if token == "{" or name == "begin":
            stack.append([])
        elif (token == "}" or name == "end") and len(stack) > 1:
            stack.pop()
        elif name in {"left", "middle", "right"} and (found := _delimiter(tex, match.end())):
            stack[-1].append((name, match.start(), found[1], found[0]))
            if name == "right":
                yield from _closed(stack[-1])


def _closed(group: list[tuple[str, int, int, int]]) -> Iterator[tuple[int, int, str]]:
    r"""Take what belongs to the ``\right`` at the end of a group."""
    first = next((place for place in range(len(group) - 1, -1, -1) if group[place][0] == "left"), None)
    if first is None:
        group.clear()
        return
    for name, start, end, number in group[first:]:
        kind = {"left": "A", "middle": "M", "right": "Z"}[name]
        text = _text(kind, number)
        yield start, end, "{" + text if kind == "A" else text + "}" if kind == "Z" else text
    del group[first:]


def _large(tex: str) -> Iterator[tuple[int, int, str]]:
    r"""The replacements for ``\big(`` and the like."""
    for match in _TOKEN.finditer(tex):
        large = _LARGE.fullmatch(match[1] or "")
        if large and (found := _delimiter(tex, match.end())):
            size = list(_SIZES).index(large[1])
            yield match.start(), found[1], _text(f"{large[2] or _side(found[0])}{size}", found[0])


def _side(number: int) -> str:
    """Whether a delimiter opens, closes, or does neither."""
    shown = _SHOWN[number]
    return "l" if shown in _OPENING else "r" if shown in _CLOSING else "n"


def placed(typst: str) -> str:
    """Return pandoc's output for a marked formula, with the brackets and bars in place."""
    kinds = [match[1] for match in _FOUND.finditer(typst)]
    if kinds.count("A") == kinds.count("Z") and len(kinds) == len(_LEFT_OVER.findall(typst)):
        typst = _FOUND.sub(lambda match: _placed(match[1], _SHOWN[int(match[2])]), typst)
    typst = _FOUND.sub(lambda match: f" {_SHOWN[int(match[2])]} ", typst)
    return _LEFT_OVER.sub("", typst)


def _placed(kind: str, shown: str) -> str:
    if kind == "A":
        return f"lr({shown} "
    if kind == "Z":
        return f" {shown})"
    if kind == "M":
        return f"mid({shown})"
    return f'big(#{list(_SIZES.values())[int(kind[1])]}, "{_KINDS.get(kind[0], "normal")}", {shown})'
