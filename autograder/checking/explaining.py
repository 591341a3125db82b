"""Explain an error in a student's code to the student: what was raised, where, and what that usually means."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from .meaning import meaning_of

#: The most steps that are shown, and the most characters of the first line of a cell.
SHOWN, _FIRST_LINE = 3, 60


@dataclass(frozen=True)
class Step:
    """A line of the student's own code on the way to an error."""

    place: str
    """Its cell, or its file; see ``place_of``."""
    line: int
    function: str = ""
    """The function that it is in; empty outside of functions."""
    text: str = ""
    """The line itself; empty if it is not shown."""
    caret: tuple[int, int] | None = None
    """The first and the last character that Python cannot read, counted from 0."""

    def spelled(self) -> str:
        """The step with its line below it, indented as a block of code."""
        where = f"    {self.place}, line {self.line}" + (f", in {self.function}" if self.function else "")
        return "\n".join([where, *self.code()])

    def code(self) -> list[str]:
        """The line of code and, if we know what is wrong in it, a line with carets below."""
        text = self.text.lstrip()
        if not text:
            return []
        lines = [f"        {text}"]
        if self.caret is not None:
            first, last = (column - len(self.text) + len(text) for column in self.caret)
            first = min(max(first, 0), len(text))
            lines.append(" " * (8 + first) + "^" * (min(max(last, first), len(text)) - first + 1))
        return lines


def place_of(label: str, source: str) -> str:
    r"""Name a cell by what the notebook calls it and by its first line.

    >>> place_of("In [6]", "\ndef area(side):\n    ...")
    'In [6] (def area(side):)'
    """
    first = next((line.strip() for line in source.split("\n") if line.strip()), "")
    first = first if len(first) <= _FIRST_LINE else f"{first[: _FIRST_LINE - 3]}..."
    return f"{label} ({first})" if first else label


@dataclass(frozen=True)
class Trouble:
    """What a student may know about an error in their own code."""

    kind: str
    """The name of its type."""
    text: str = ""
    steps: list[Step] = field(default_factory=list)
    """The last lines of the student's own code that led to it. The last one raised it."""
    known: bool = True
    """Whether the student may know more than the type. If not, only the type is explained."""
    again: str = ""
    """Where the student was told about the same error before, if anywhere."""
    note: str = ""
    """One more sentence about it."""
    name: str = ""
    """The name, attribute or module that does not exist."""
    owner: str = ""
    """The type of the object, or the module, that lacks the attribute."""
    held: bool = False
    """Whether that object is the one that the function stores its results on."""
    has: list[str] = field(default_factory=list)
    """The attributes of that object."""
    near: str = ""
    """A name that exists and is similar."""
    operands: list[tuple[str, list[int]]] = field(default_factory=list)
    """Arrays and numbers that met in the line: the source of each one, and its shape."""
    nothing: str = ""
    """The source of a value in the line that is None."""
    because: str = ""
    """Why the name does not exist, if that is known."""


def explanation(trouble: Any, name: str, hints: Mapping[str, str], sizes: Mapping[str, int]) -> str:
    """Describe an error that a function raised.

    Args:
        trouble: a ``Trouble``. Test files in the zips have their own copy of this class.
        name: the function's name.
        hints: sentences of the assignment, by the name of an error's type or by a topic; see ``ask``.
        sizes: the sizes of the arguments by the letters of the handout.
    """
    text = f"{name} raised {trouble.kind}" + (f": {trouble.text}" if trouble.text else "")
    if trouble.again:
        return f"{text}, {trouble.again}."
    said = sentences(trouble, hints, sizes)
    steps = "\n".join(spelled(trouble.steps))
    if not steps:
        return f"{ended(text)} {said}".rstrip()
    return f"{ended(text)}\n\n{steps}" + (f"\n\n{said}" if said else "")


def spelled(steps: Sequence[Any]) -> list[str]:
    """The last steps of a trace as blocks of code. A function that calls itself in the same line is shown once."""
    kept = [step for step, _ in groupby(steps)]
    return [step.spelled() for step in kept[-SHOWN:]]


def worded(text: str) -> str:
    """The text of an error in one line, without the path of a library that Python adds to some errors."""
    return re.sub(r" \([^()]*[/\\…][^()]*\.(?:py|so|pyd)\)$", "", " ".join(text.split()))


def sentences(trouble: Any, hints: Mapping[str, str], sizes: Mapping[str, int]) -> str:
    """Say what an error means, with the hint of the assignment; empty if nothing is certain."""
    topic, meaning = meaning_of(trouble, sizes)
    hint = hints.get(topic or trouble.kind, "")
    said = [meaning if topic or not hint else "", hint, trouble.note]
    return " ".join(filter(None, said))


def ended(text: str) -> str:
    """A sentence with a full stop, unless it has one."""
    return text if text.endswith((".", "!", "?")) else f"{text}."
