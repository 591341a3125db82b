r"""Find the formulas in the text of a markdown cell, as Jupyter finds them.

Jupyter takes formulas out before it reads the rest as markdown, and puts them back afterwards, so that ``_`` and ``*``
in them mean nothing. The rules are those of JupyterLab (``removeMath`` in its rendermime package). In addition, ``\(``
and ``\[`` count with one backslash as well as with two.
"""

import re
from dataclasses import dataclass

#: What stands around the number of a formula in a text; characters that Unicode leaves to private use.
OPEN, CLOSE = "\ue000", "\ue001"
_HELD = "\ue002"

_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})[^`\n]*\n.*?(?:^(?P=fence)[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_TICKS = re.compile("\n|`+")
_SPLIT = re.compile(r"(\$\$?|\\(?:begin|end)\{[a-z]*\*?\}|\\\\?[()\[\]]|\\[{}$]|[{}]|(?:\n\s*)+)", re.IGNORECASE)
_DISPLAY, _GAP = re.compile(r"(?<!\\)\$\$"), re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_WORDS = re.compile(r"\\(?:text[a-z]*|mbox|mathrm|operatorname\*?|label|tag)\s*\{[^{}]*\}")
_PROSE = re.compile(
    r"^[ \t]*(?:#+|[-*+]|\d+[.)])[ \t]+[a-z]|(?<![\\\w])(?:(?![\d_])\w){3,}[,.;:]?\s+(?:(?![\d_])\w){3,}",
    re.MULTILINE | re.IGNORECASE,
)
"""What no formula contains: a line of a list, and two words in a row."""
_RETRIES, _AGAIN = 200, 200_000
"""The most marks without an end after which the text is read again, and the most parts that are then read again."""

_OWN = re.compile("[\ue000-\ue01f]")
_ENVIRONMENT = re.compile(r"\\begin\{[a-zA-Z]*\*?\}")


@dataclass(frozen=True)
class Formula:
    """A formula in a text."""

    tex: str
    """The text between its marks. An environment includes its own ``\\begin`` and ``\\end``."""
    source: str
    """The formula as the student wrote it, with the marks."""
    display: bool = False
    """Whether it is on a line of its own."""


def taken_out(text: str) -> tuple[str, list[Formula]]:
    """Take the formulas out of a text.

    Returns:
        The text with a mark for each formula: OPEN, its number, CLOSE; and the formulas.
    """
    text = _OWN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _without_spans(_FENCE.sub(lambda match: _hidden(match[0]), text))
    found = _Finder(_SPLIT.split(_without_gaps(text)))
    found.run()
    return _shown("".join(found.parts)), found.formulas


def _without_spans(text: str) -> str:
    """A text without what could begin a formula in its spans of code, each between equally many backticks of a line."""
    ticks = list(_TICKS.finditer(text))
    ends, next_of = [0] * len(ticks), dict[int, int]()  # from each mark to the next one of its length in its line
    for number in range(len(ticks) - 1, -1, -1):
        if ticks[number][0] == "\n":
            next_of.clear()
        else:
            length = len(ticks[number][0])
            ends[number], next_of[length] = next_of.get(length, 0), number
    found, done, number = list[str](), 0, 0
    while number < len(ticks):
        start, last = ticks[number].start(), ends[number]
        if last and text[start - 1 : start] != "\\":
            found += [text[done:start], _hidden(text[start : ticks[last].end()])]
            done, number = ticks[last].end(), last
        number += 1
    return "".join([*found, text[done:]])


def _without_gaps(text: str) -> str:
    """A text without empty lines in formulas: Jupyter shows no such formula, but other editors of notebooks do."""
    parts = _DISPLAY.split(text)
    if len(parts) % 2:  # each has an end
        for number in range(1, len(parts), 2):
            if "$" not in parts[number] and not _PROSE.search(_WORDS.sub("", parts[number])):
                line = "\n" if "\\begin" in parts[number] else "\\\\\\\\\n"
                parts[number] = _GAP.sub(line, parts[number].strip("\n"))
    return "$$".join(parts)


def _hidden(code: str) -> str:
    """Code without what could begin a formula."""
    return "".join(chr(ord(_HELD) + "$\\{}".index(char)) if char in "$\\{}" else char for char in code)


def _shown(text: str) -> str:
    return "".join("$\\{}"[ord(char) - ord(_HELD)] if _HELD <= char <= chr(ord(_HELD) + 3) else char for char in text)


class _Finder:
    def __init__(self, parts: list[str]) -> None:
        self.parts, self.formulas, self.retries, self.again = parts, list[Formula](), 0, 0
        self._forget()

    def _forget(self) -> None:
        self.start: int | None = None
        self.last: int | None = None
        self.end, self.braces = "", 0

    def run(self) -> None:
        """Look at every second part: the others are plain text."""
        number = 1
        while number < len(self.parts) or self.start is not None:
            if number >= len(self.parts):
                number = self._ended(number) + 2
                continue
            part = self.parts[number]
            if self.start is None:
                self._begin(number, part)
            elif part == self.end:
                if self.braces:
                    self.last = number
                else:
                    self._take(self.start, number)
            elif part.count("\n") > 1:
                number = self._ended(number)
            elif part == "{":
                self.braces += 1
            elif part == "}" and self.braces:
                self.braces -= 1
            number += 2

    def _ended(self, number: int) -> int:
        """End a formula in which a paragraph ends: it ends at the last mark that could be its end.

        If there is none, the mark that began it is plain text, and the parts after that are read again.

        Returns:
            The number of the part to continue from.
        """
        start, last = self.start, self.last
        assert start is not None
        if last is not None:
            self._take(start, last)
            return last
        self._forget()
        self.retries, self.again = self.retries + 1, self.again + number - start
        return number if self.retries > _RETRIES or self.again > _AGAIN else start

    def _begin(self, number: int, part: str) -> None:
        if part in {"$", "$$"}:
            self.start, self.end = number, part
        elif re.fullmatch(r"\\\\?[(\[]", part):
            self.start, self.end = number, part[:-1] + (")" if part[-1] == "(" else "]")
        elif part.startswith("\\begin"):
            self.start, self.end = number, part.replace("begin", "end", 1)

    def _take(self, start: int, end: int) -> None:
        source = "".join(self.parts[start : end + 1])
        mark = self.parts[start]
        inner = source if _ENVIRONMENT.fullmatch(mark) else source[len(mark) : -len(self.end) or None]
        display = mark not in {"$", "\\(", "\\\\("}
        self.parts[start] = f"{OPEN}{len(self.formulas)}{CLOSE}"
        self.parts[start + 1 : end + 1] = [""] * (end - start)
        self.formulas.append(Formula(_shown(inner), _shown(source), display))
        self._forget()
