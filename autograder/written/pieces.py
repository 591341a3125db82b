"""The pieces of a page, in Typst. Each of them can be shown as its source in a box instead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .orders import PageImage

#: Why something is shown as its source.
NOT_SET = "This could not be typeset. What was handed in:"


@dataclass
class Piece:
    """A part of an answer, ready to be set."""

    typst: str
    """Its Typst, with ``#m(NUMBER);`` for a formula and ``#p(NUMBER);`` for a picture."""
    source: str
    """What is shown if it cannot be set."""
    formulas: list[str | None] = field(default_factory=list)
    """The Typst of each formula; None if there is none."""
    formula_sources: Sequence[tuple[str, bool]] = ()
    """The source of each formula, and whether it is on a line of its own."""
    pictures: list[Sequence[PageImage]] = field(default_factory=list)
    """The pages of each picture; none if there is no such picture."""
    picture_sources: Sequence[str] = ()
    """The text shown in place of a missing picture, or beside one that is incomplete."""
    reason: str = ""
    """Why it is shown as its source; empty if it is not."""

    def give_up(self, reason: str) -> None:
        """Show the source of this piece, with its pictures below."""
        shown = "".join(f"#p({number});" for number in range(len(self.pictures)))
        self.reason, self.formulas, self.formula_sources = reason, [], ()
        self.typst = f"#boxed({quoted(reason)}, {quoted(self.source)})\n\n{shown}"


_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "    "})
_LONG, _BREAK = re.compile(r"\S{40}(?=\S)"), "\\g<0>\u200b"
"""Where a long word may be broken, so that it does not leave the page."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def quoted(text: str) -> str:
    """Any text as a Typst string."""
    visible = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    return f'"{_LONG.sub(_BREAK, visible).translate(_ESCAPES)}"'


def boxed(reason: str, text: str) -> Piece:
    """A piece that shows a source in a box, and the reason for that."""
    return Piece(f"#boxed({quoted(reason)}, {quoted(text)})", text, reason=reason)


def remark(text: str) -> Piece:
    """A piece with a remark of our own."""
    return Piece(f"#remark({quoted(text)})", text)


def program(text: str, language: str = "python") -> Piece:
    """A piece of code."""
    return Piece(f"#program({quoted(language)}, {quoted(text)})", text)


def printed(text: str) -> Piece:
    """Output of code."""
    return Piece(f"#printed({quoted(text)})", text)


def shown(pictures: Sequence[PageImage], name: str, problem: str = "") -> Piece:
    """A picture, or the pages of one."""
    told = f"{name}: {problem}" if problem else name
    return Piece("#p(0);", name, pictures=[pictures], picture_sources=[told if problem or not pictures else ""])
