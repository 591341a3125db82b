"""The command: match the class with the list, write the table and the pages, and say who is missing where."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..batch.graded import GradedClass, PersonMark, read_class
from ..batch.roster import Member, Sheet, read_sheet
from ..errors import AutograderError, our_fault
from ..grading.files import write_file
from ..grading.people import Student
from ..sandbox.text import amount
from .feedback import pages, write_pages
from .matching import Listed, Matched, listed_rows, match
from .points import Choice, Counted, count
from .systems import TABLES, Out, System, Table, guarded

#: What a page goes back as, in the systems that recognise people by the names of files.
_RETURNED = {"canvas": "a notebook, script, zip or page from Canvas", "moodle": "a file from Moodle"}


@dataclass(frozen=True)
class Export:
    """What the user asks for."""

    folder: Path
    system: System
    roster: Path | None
    output: Path | None = None
    column: str = ""
    choice: Choice = field(default_factory=Choice)


@dataclass
class Written:
    """The outcome."""

    paths: list[Path] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """Whose marks are missing or ambiguous, and what is wrong with a table."""


def export(asked: Export) -> Written:
    """Write the table and the pages of a class for a course system.

    Raises:
        Undecided: a column must be named, or there is no column or question with the given name.
        AutograderError: something cannot be read or written, or the system has another maximum.
    """
    graded, sheet, matched = _read(asked)
    counted = count(graded, graded.marks, asked.choice)
    title = graded.run.assignment or "marks"
    table = TABLES[asked.system](Out(sheet, matched, counted, asked.column, title))
    output = asked.output or graded.folder / "export"
    people = [(matched.rows[place], mark) for place, mark in sorted(matched.mark_of.items())]
    found = pages(asked.system, title, people)
    written = Written(told=[*_told(counted, matched), *table.told])
    _write(output / f"{asked.system}.csv", table)
    written.paths.append(output / f"{asked.system}.csv")
    if found.files:
        write_pages(output / f"{asked.system}-feedback.zip", found)
        written.paths.append(output / f"{asked.system}-feedback.zip")
    if found.left_out:
        what = f"no page for {len(found.left_out)}, because what they handed in is not named like"
        written.told.append(f"{what} {_RETURNED[asked.system]}: {', '.join(found.left_out)}")
    written.problems += [*_unmatched(matched), *_without_marks(counted, people), *counted.problems]
    written.problems += [f"{graded.folder}: {problem}" for problem in graded.problems]
    return written


def _read(asked: Export) -> tuple[GradedClass, Sheet, Matched]:
    """The class, the list, and both side by side. Those who handed in nothing have the marks that a person gave."""
    if asked.roster is None:
        graded = read_class(asked.folder)
        rows = [Listed([], Member(mark.student, frozenset(), frozenset())) for mark in graded.marks]
        return graded, Sheet([], []), Matched(rows, dict(enumerate(graded.marks)))
    sheet = read_sheet(asked.roster)
    rows, found = listed_rows(sheet), list[Matched]()

    def absent(marks: Sequence[PersonMark]) -> Sequence[Student]:
        found.append(match(marks, rows))
        return [row.student for _, row in found[0].absent]

    graded = read_class(asked.folder, absent)
    matched = found[0]
    late = graded.marks[len(graded.marks) - len(matched.absent) :]
    for (place, _), mark in zip(list(matched.absent), late, strict=True):
        if mark.points is not None:
            matched.mark_of[place] = mark
    return graded, sheet, matched


def _told(counted: Counted, matched: Matched) -> list[str]:
    """How many marks are exported, out of how many points, and which questions are not in them."""
    total = sum(counted.total(mark) is not None for mark in matched.mark_of.values())
    bonus = f", {' and '.join(counted.bonus)} on top" if counted.bonus else ""
    lines = [f"{amount(total, 'mark')}, out of {amount(counted.most, 'point')} ({', '.join(counted.possible)}{bonus})"]
    if counted.by_hand:
        points = amount(sum(counted.by_hand.values()), "point")
        names = " and ".join(counted.by_hand)
        lines.append(f"without {names} ({points}), which a person grades: add them with --add FILE")
    return lines


def _unmatched(matched: Matched) -> list[str]:
    """Who is in only one of the two lists, and who may be one of several people."""
    lines = list(matched.doubts)
    if matched.strangers:
        names = ", ".join(_called(mark.name, mark.student) for mark in matched.strangers)
        lines.append(f"{len(matched.strangers)} in the class but not on the roster: {names}")
    if matched.absent:
        names = ", ".join(_called(row.name, row.student, row.participant) for _, row in matched.absent)
        lines.append(f"{len(matched.absent)} on the roster, but handed in nothing: {names}")
    return lines


def _called(name: str, student: Student, number: str = "") -> str:
    known = student.id or student.email or number
    return f"{name} ({known})" if known and known != name else name


def _without_marks(counted: Counted, people: Sequence[tuple[Listed, PersonMark]]) -> list[str]:
    """Those who get no mark although they are in the class, with the reason."""
    lines = []
    for row, mark in people:
        if missing := counted.missing(mark):
            none = mark.points is None and len(missing) == len(counted.possible)
            why = mark.row.status if none else f"no points in {', '.join(missing)}"
            lines.append(f"no mark: {row.name}: {why}")
    return lines


def _write(path: Path, table: Table) -> None:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([list(map(guarded, line)) for line in table.lines])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, stream.getvalue().encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise AutograderError(f"cannot write {path}: {our_fault(error)}") from error
