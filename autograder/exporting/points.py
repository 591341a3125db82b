"""The points of a class to export: the questions that count, those added from another table, and what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..batch.graded import GradedClass, PersonMark
from ..batch.roster import read_sheet
from ..batch.store import KEPT_ZIP
from ..errors import AutograderError, Undecided
from ..grading.changes import Points
from ..zips.reading import read_autograder_zip
from .matching import Listed, listed_rows, match


@dataclass(frozen=True)
class Counted:
    """The questions that count, and what is known about each person."""

    possible: dict[str, float]
    """What each question is worth."""
    bonus: Sequence[str] = ()
    """Questions that count on top of the maximum."""
    added: dict[int, Points] = field(default_factory=dict)
    """Points from another table, by ``id`` of the mark."""
    by_hand: dict[str, float] = field(default_factory=dict)
    """Questions that a person grades and whose points are not included."""
    problems: list[str] = field(default_factory=list)

    @property
    def most(self) -> float:
        """The maximum, without what counts on top."""
        return round(sum(points for question, points in self.possible.items() if question not in self.bonus), 5)

    def points(self, mark: PersonMark) -> Points:
        """The points of a person in the questions that count, as far as there are any."""
        own = dict(mark.points or {}) | self.added.get(id(mark), {})
        return {question: own[question] for question in self.possible if question in own}

    def missing(self, mark: PersonMark) -> list[str]:
        """The questions in which a person has no points, not even 0."""
        own = self.points(mark)
        return [question for question in self.possible if question not in own]

    def total(self, mark: PersonMark) -> float | None:
        """The sum; None if a question has no points, because we do not guess."""
        return None if self.missing(mark) else round(sum(self.points(mark).values()), 5)


@dataclass(frozen=True)
class Choice:
    """What the command line says about the questions."""

    questions: Sequence[str] = ()
    """Those that count; all if none is named."""
    bonus: Sequence[str] = ()
    added: Path | None = None
    """A table with the points of questions that a person graded."""


def count(graded: GradedClass, marks: Sequence[PersonMark], choice: Choice) -> Counted:
    """Find out which questions count, and what each person has in them.

    Args:
        graded: the class.
        marks: everybody in it, with those who handed in nothing.
        choice: what was asked for.

    Raises:
        Undecided: a named question does not exist, or a bonus question does not count.
        AutograderError: the table to be added cannot be read.
    """
    by_hand = _by_hand(graded)
    known = {**graded.possible, **by_hand}
    added, problems, there = _added(marks, known, choice.added) if choice.added else ({}, [], [])
    questions = list(choice.questions) or [name for name in known if name in graded.possible or name in there]
    for name in (*questions, *choice.bonus):
        if name not in known:
            raise Undecided(f"there is no question {name!r}; there are {', '.join(known)}")
    if strange := [name for name in choice.bonus if name not in questions]:
        raise Undecided(f"{strange[0]} cannot be a bonus: it is not among the questions that count")
    possible = {name: float(known[name]) for name in sorted(known) if name in questions}
    rest = {} if choice.questions else {name: most for name, most in by_hand.items() if name not in questions}
    return Counted(possible, choice.bonus, added, rest, problems)


def _by_hand(graded: GradedClass) -> dict[str, float]:
    """The questions without test cases, from the zip that graded the class; none if it is gone or damaged."""
    path = graded.folder / KEPT_ZIP
    if not path.is_file():
        return {}
    try:
        settings = read_autograder_zip(path).settings
    except AutograderError:
        return {}
    return {name: points for name, points in settings.points.items() if name not in graded.possible}


def _added(
    marks: Sequence[PersonMark], known: Mapping[str, float], path: Path
) -> tuple[dict[int, Points], list[str], list[str]]:
    """Points by ``id`` of the mark, what is wrong with the table, and the questions that it has."""
    sheet = read_sheet(path)
    names = {name.casefold(): name for name in known}
    columns = {place: names[head.strip().casefold()] for place, head in enumerate(sheet.head)
               if head.strip().casefold() in names}  # fmt: skip
    if not columns:
        raise AutograderError(f"{path} has no column for a question; the questions are {', '.join(known)}")
    matched = match(marks, listed_rows(sheet))
    problems = [f"{path}: {doubt}" for doubt in matched.doubts]
    problems += [f"{path}: {row.name} is not in the class" for _, row in matched.absent]
    found: dict[int, Points] = {}
    for place, mark in matched.mark_of.items():
        found[id(mark)] = {}
        for column, question in columns.items():
            cell = _cell(matched.rows[place], column)
            points = _number(cell)
            if points is not None and 0 <= points <= known[question]:
                found[id(mark)][question] = int(points) if points.is_integer() else points
            elif cell:
                most = f"a number from 0 to {known[question]:g} was expected"
                problems.append(f"{path}: {mark.name}, column {question}: {cell!r} does not count: {most}")
    return found, problems, list(columns.values())


def _cell(row: Listed, column: int) -> str:
    return row.cells[column].strip() if column < len(row.cells) else ""


def _number(cell: str) -> float | None:
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return None
