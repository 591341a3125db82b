"""Find a student's answers to the written questions in a notebook.

An answer is everything between the marks of a question, in cells of any kind, except what the handout had there. Cells
that were moved are recognised by their tags and ids. What cannot be assigned to a question is kept separately: it is
neither guessed nor dropped.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..grading.handout import BEGIN, END, Handout, HandoutCell, digest_of_cell
from .notebook import NotebookCell

_COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->", re.DOTALL)
_LABEL = re.compile(r"[^:.\u2013\u2014-]+")


@dataclass
class Answers:
    """What a student wrote, cell by cell, without what was in the handout."""

    of: dict[str, list[NotebookCell]] = field(default_factory=dict)
    """The cells of each answer, by question."""
    elsewhere: list[NotebookCell] = field(default_factory=list)
    """Text that was added outside all marks."""


def find_answers(cells: Sequence[NotebookCell], handout: Handout) -> Answers:
    """Find the answers to the written questions.

    Args:
        cells: the cells of the student's notebook.
        handout: the handout that the notebook was made from.
    """
    return _Search(handout).run(cells)


def is_empty(cells: Sequence[NotebookCell]) -> bool:
    """Whether an answer has nothing to grade."""
    return not any(_COMMENT.sub("", cell.source).strip() or cell.attachments or cell.outputs for cell in cells)


class _Search:
    def __init__(self, handout: Handout) -> None:
        self.handout = handout
        self.by_text = {one.digest: one for one in handout.cells}
        self.by_id = {one.id: one for one in handout.cells if one.id and one.question}
        self.answers = {one.question: one for one in handout.cells if one.answer}
        self.current = ""

    def run(self, cells: Sequence[NotebookCell]) -> Answers:
        found = Answers({question: [] for question in self.answers})
        for cell in cells:
            origin = self._origin(cell)
            question = self._question(cell, origin)
            own = cell if origin is None else _without(cell, origin)
            if question:
                if own.source.strip() or own.attachments or (own.outputs and not self._is_unchanged(cell)):
                    found.of[question].append(own)
            elif origin is None and cell.kind != "code" and not is_empty([cell]):
                found.elsewhere.append(cell)
        return found

    def _is_unchanged(self, cell: NotebookCell) -> bool:
        return digest_of_cell(cell.source) in self.by_text

    def _origin(self, cell: NotebookCell) -> HandoutCell | None:
        """The cell of the handout that a cell was made from."""
        if same := self.by_text.get(digest_of_cell(cell.source)):
            return same
        tagged = next((self.answers[tag] for tag in sorted(cell.tags) if tag in self.answers), None)
        if tagged:
            return tagged
        known = self.by_id.get(cell.id)
        if known and (known.answer or _shares(cell.source, known.source)):
            return known
        return next((one for one in self.handout.cells if one.question and _contains(cell.source, one)), None)

    def _question(self, cell: NotebookCell, origin: HandoutCell | None) -> str:
        """The question that a cell belongs to; remembers where the marks are."""
        text = cell.source if cell.kind != "code" else ""
        if origin and origin.question:
            if not origin.answer:
                self.current = origin.question
            return origin.question
        if origin:
            self.current = ""
        elif BEGIN in text or END in text:
            self.current = self._marked(text)
        elif label := self._labelled(text):
            self.current = label
        return self.current

    def _marked(self, text: str) -> str:
        """The question that begins with a cell that holds a mark but has lost the words of its heading."""
        return self._labelled(text) if BEGIN in text[text.rfind(END) + 1 :] else ""

    def _labelled(self, text: str) -> str:
        """The question whose heading a cell begins with, such as ``Exercise 1``."""
        heading = re.match(r"[#*\s]+(.*)", _COMMENT.sub("", text).strip())
        said = " ".join(heading[1].lower().split()) if heading else ""
        for question, title in self.handout.titles.items():
            label = _LABEL.match(title)
            short = " ".join(label[0].lower().split()) if label else ""
            if short and re.match(rf"{re.escape(short)}(?!\w)", said):
                return question
        return ""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip("\n").splitlines()]


def _shares(text: str, known: str) -> bool:
    """Whether a text still has a line of the handout's, or nothing of its own was kept apart from an id."""
    ours = {line for line in _lines(known) if len(line) > 3}
    return not ours or bool(ours & set(_lines(text)))


def _contains(text: str, one: HandoutCell) -> bool:
    """Whether a text contains most of a cell of the handout."""
    ours = [line for line in _lines(one.source) if len(line) > 20]
    theirs = set(_lines(text))
    return len(ours) > 0 and sum(line in theirs for line in ours) * 2 > len(ours)


def _without(cell: NotebookCell, origin: HandoutCell) -> NotebookCell:
    """A cell without what the handout had in it: its first and last lines, and in a cell for answers all long ones."""
    if not origin.source or digest_of_cell(cell.source) == origin.digest:
        return replace(cell, source="", outputs=())
    theirs, ours = cell.source.replace("\r\n", "\n").split("\n"), _lines(origin.source)
    if origin.answer:
        known = {line for line in ours if len(line) > 12}
        theirs = [line for line in theirs if line.strip() not in known]
    first = _common(theirs, ours)
    last = len(theirs) - _common(theirs[first:][::-1], ours[::-1])
    return replace(cell, source="\n".join(theirs[first:last]).strip("\n"))


def _common(theirs: Sequence[str], ours: Sequence[str]) -> int:
    """How many lines at the beginning are those of the handout, in its order; empty lines do not matter."""
    wanted, count = iter([line for line in ours if line]), 0
    for number, line in enumerate(theirs, 1):
        if line.strip() and line.strip() != next(wanted, None):
            return count
        count = number
    return count
