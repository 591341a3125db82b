"""Naming the cells of a submission as its student knows them, and saying what failed there."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from ..checking.explaining import Step, Trouble, place_of, worded
from ..wire import failures, schema
from .submission import Submission
from .text import clean, one_line

#: The longest text of an error that a student reads.
_LONGEST = 300


class Places:
    """The cells of one submission."""

    def __init__(self, submission: Submission, cells: Mapping[int, schema.Cell]) -> None:
        """Prepare to name them.

        Args:
            submission: the submission.
            cells: the records of the cells that have run, by number.
        """
        self._submission, self._cells = submission, cells
        self._often = Counter(submission.counts)

    def label(self, number: int) -> str:
        """What the student calls a cell: ``In [6]`` as the notebook shows it, otherwise its place among the cells.

        A script has a single name. Its lines are counted from the top of the file.
        """
        if self._start(number):
            return clean(self._submission.name.rpartition("/")[2])[:60]
        counts = self._submission.counts
        count = counts[number - 1] if 0 < number <= len(counts) else 0
        return f"In [{count}]" if count and self._often[count] == 1 else f"Cell {number}"

    def name(self, number: int) -> str:
        """The label of a cell with the cell's first line."""
        cells = self._submission.cells
        if self._start(number) or not 0 < number <= len(cells):
            return self.label(number)
        return place_of(self.label(number), clean(cells[number - 1][:2000]))

    def line(self, number: int, line: int) -> int:
        """The number of a line as the student counts it."""
        start = self._start(number)
        return start + line - 1 if start else line

    def step(self, step: failures.CodeLine) -> Step:
        """A line on the way to an error."""
        place = clean(step.file)[:100] if step.file else self.name(step.cell)
        text = clean(step.text).replace("\n", " ").replace("\t", " ")
        return Step(place, self.line(step.cell, step.line), one_line(step.function)[:60], text.rstrip())

    def trouble(self, failure: failures.Failure) -> Trouble:
        """An error that the student may know in full."""
        steps = [self.step(step) for step in failure.trace]
        steps[-1:] = [replace(step, caret=failure.caret) for step in steps[-1:]]
        return Trouble(
            kind=one_line(failure.kind)[:60],
            text=worded(clean(failure.text))[:_LONGEST],
            steps=steps,
            name=one_line(failure.name)[:100],
            owner=one_line(failure.owner)[:100],
            held=failure.held,
            has=[one_line(name)[:60] for name in failure.has],
            near=one_line(failure.near)[:100],
            operands=[(one_line(source)[:100], shape) for source, shape in failure.operands],
            nothing=one_line(failure.nothing)[:100],
            because=self.because(failure.because) if failure.because else "",
        )

    def because(self, cause: failures.Cause) -> str:
        """Why a name does not exist although a cell defines it."""
        what = {
            "failed": f"failed on line {self.line(cause.cell, cause.line)}: {_error(cause)}",
            "later": "comes after this cell",
            "ended": "was not run: exit() ended the run before it",
            "skipped": f"was left out: {self._problem(cause.cell)}",
        }
        return f"{self.name(cause.cell)}, which defines it, {what[cause.how]}"

    def _problem(self, number: int) -> str:
        """Why a cell is not run."""
        record = self._cells.get(number)
        return clean(record.failures[-1].text)[:_LONGEST] if record and record.failures else "it could not be stopped"

    def _start(self, number: int) -> int:
        """The line of a script in which a cell begins; 0 if that is unknown, or if it is not a script."""
        starts = self._submission.starts
        return starts[number - 1] if 0 < number <= len(starts) else 0


def _error(cause: failures.Cause) -> str:
    text = worded(clean(cause.text))[:_LONGEST]
    return one_line(cause.kind)[:60] + (f": {text}" if text else "")
