"""The contents of the pages of one submission, and of one question in a packet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..grading.handout import Handout
from .answers import is_empty
from .collecting import WrittenWork, question_of
from .notebook import NotebookCell
from .pieces import Piece, boxed, remark
from .preparing import Preparation, is_picture
from .sheets import Section
from .typesetter import Typesetter

#: How many stored drawings are shown.
_DRAWINGS = 4

_NOTHING = "Nothing was handed in for this question."
_GRADED = "as it was graded"
_STORED = "as stored in the notebook; nothing was run to draw it"


@dataclass
class AnswerPages:
    """The sections of a submission."""

    questions: dict[str, Section] = field(default_factory=dict)
    others: list[Section] = field(default_factory=list)
    """Files, drawings, and what was added elsewhere."""
    empty: list[str] = field(default_factory=list)
    """The questions without an answer."""


def lay_out(
    typesetter: Typesetter, work: WrittenWork, handout: Handout, titles: Mapping[str, str], functions: Mapping[str, str]
) -> AnswerPages:
    """Prepare the sections of a submission.

    Args:
        typesetter: what reads and sets it.
        work: what was handed in.
        handout: the handout that the notebook was made from.
        titles: the heading of each written question.
        functions: the functions of the other questions, each with its question. What they drew is shown.
    """
    return _Layout(typesetter, work, handout, titles, functions).pages()


class _Layout:
    def __init__(
        self, typesetter: Typesetter, work: WrittenWork, handout: Handout, titles: Mapping[str, str],
        functions: Mapping[str, str],
    ) -> None:  # fmt: skip
        self.work, self.handout, self.titles, self.functions = work, handout, titles, functions
        self.preparation = Preparation(typesetter, work.files, work.folder)
        self.preparation.learn(work.cells)

    def pages(self) -> AnswerPages:
        pages, work = AnswerPages(), self.work
        found = {question: work.answers.of.get(question, []) for question in self.titles}
        cells = [cell for many in found.values() for cell in many] + work.answers.elsewhere
        ready = iter(self.preparation.pieces(cells))
        typed = {question: [piece for _ in many for piece in next(ready)] for question, many in found.items()}
        elsewhere = [piece for _ in work.answers.elsewhere for piece in next(ready)]
        files = self._files()
        for question, title in self.titles.items():
            mine, shared = files.get(question, []), files.get("", [])
            if is_empty(found[question]) and not mine and not shared:
                pages.empty.append(question)
            note = [remark("Handed in as a file whose name does not say which question it answers:")] if shared else []
            pieces = [*typed[question], *mine] or ([] if shared else [remark(_NOTHING)])
            pages.questions[question] = Section(f"{question}  \u2013  {title}", [*pieces, *note, *shared])
        pages.others = self._others(elsewhere)
        return pages

    def _files(self) -> dict[str, list[Piece]]:
        """The pictures and scans that no answer shows itself, by question."""
        found: dict[str, list[Piece]] = {}
        for name, content in sorted(self.work.files.items()):
            if is_picture(name) and name not in self.preparation.used:
                pieces = [remark(f"The file {name}:"), self.preparation.picture(content, name)]
                found.setdefault(question_of(name, self.titles), []).extend(pieces)
        return found

    def _others(self, elsewhere: Sequence[Piece]) -> list[Section]:
        sections = []
        stored = self._drawings()
        for question in dict.fromkeys([*stored, *self.work.drawn]):
            if picture := self.work.drawn.get(question):
                pieces = [self.preparation.picture(picture.png, "the drawing")]
                told = [remark(f"Marked in it: {picture.words}.")] if picture.numbers else []
                sections.append(Section(f"{question}  \u2013  drawing, {_GRADED}", [*pieces, *told]))
            else:
                sections.append(Section(f"{question}  \u2013  drawing, {_STORED}", stored[question]))
        if elsewhere:
            sections.append(Section("Text that was added outside the written questions", elsewhere))
        if self.work.problem:
            sections.append(Section("About this submission", [boxed("It could not be read:", self.work.problem)]))
        return sections

    def _drawings(self) -> dict[str, list[Piece]]:
        """The last pictures stored in cells that call a function of a question."""
        found: dict[str, list[Piece]] = {}
        for cell in self.work.cells:
            pictures = [output.picture for output in cell.outputs if output.picture]
            names = [name for name in self.functions if cell.kind == "code" and f"{name}(" in cell.source]
            if pictures and names and not self._is_written(cell):
                question = self.functions[names[-1]]
                pieces = [self.preparation.picture(one, f"cell {cell.number}") for one in pictures]
                found[question] = [*found.get(question, []), *pieces][-_DRAWINGS:]
        return found

    def _is_written(self, cell: NotebookCell) -> bool:
        return any(cell.number == one.number for many in self.work.answers.of.values() for one in many)
