"""final_grades.csv: a row for each person of the class. It says who it is, then come the columns of ``otter grade``."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import AutograderError, our_fault
from ..grading.changes import Change, of_student, points_with
from ..grading.files import write_file
from ..grading.people import Entry, Student
from ..grading.quoting import harmless
from ..grading.results import NOTHING, Record
from ..grading.seen import CellRun
from .edited import remember

FILE, SKIPPED_FILE = "final_grades.csv", "skipped.csv"

#: The columns before those of the questions, which say who it is. ``TOTALS`` are Otter's columns after them.
WHO = ("student", "id", "email", "submitted", "attempt", "late", "file")
OVERRIDES = "overrides"
"""The last column, if any marks were changed by hand: which ones, to what, why, and by whom."""
TOTALS = ("total_points_earned", "percent_correct", "grading_status")

GRADED, PARTLY, NOT_YET = "graded", "partly run", "not graded yet"

#: The entry under ``file`` in the row with the points that can be earned.
POSSIBLE = "points-per-question"

#: Spreadsheets read a file as UTF-8 only if it begins with this mark.
_MARK = b"\xef\xbb\xbf"

Points = dict[str, int | float]


@dataclass(frozen=True, slots=True)
class Row:
    """What the table says about one submission. Only this part of each record stays in memory."""

    file: str
    status: str
    entry: Entry
    points: Points | None = None
    """None if there is no mark, not even 0."""
    possible: Points = field(default_factory=dict)
    changes: Sequence[Change] = ()
    """What a person has changed."""
    members: Mapping[Student, Points] = field(default_factory=dict)
    """Points of the members of a group who have points of their own."""

    @classmethod
    def of(cls, record: Record) -> "Row":
        """The row of a record."""
        ours = record.ours
        points = ours.points if ours.marked or of_student(ours.changes, None) else None
        single = [change.student for change in ours.changes if change.student]
        members = {student: ours.points_of(student) for student in single}
        return cls(ours.file, status_of(record), ours.entry, points, ours.possible, ours.changes, members)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not graded, and why."""

    file: str
    reason: str
    student: str = ""


def status_of(record: Record) -> str:
    """What happened to a submission, in the words of the table."""
    ours = record.ours
    if not ours.completed:
        return f"{NOT_YET}: {ours.fault}"
    if ours.unread:
        return ours.unread
    stopped = [cell for cell in ours.cells if cell.error or cell.ended]
    if stopped:
        return f"{PARTLY}: {_cells(stopped)}"
    if ours.cases and all(case.outcome == "not run" for case in ours.cases):
        return f"{PARTLY}: the code cells did not finish"
    return GRADED


def _cells(cells: list[CellRun]) -> str:
    failed, ended = ([cell.number for cell in cells if bool(cell.error) is kind] for kind in (True, False))
    told = [f"{_numbered(failed)} failed"] if failed else []
    return ", ".join(told + ([f"{_numbered(ended)} ended the run with exit()"] if ended else []))


def _numbered(cells: list[int]) -> str:
    return f"cell{'s' if len(cells) > 1 else ''} " + ", ".join(map(str, cells[:8])) + (" ..." if cells[8:] else "")


def missing(student: Student, changes: Sequence[Change] = ()) -> Row:
    """The row of somebody who is on the roster but handed in nothing."""
    points = points_with({}, changes, {}, ()) if changes else None
    return Row("", f"{NOTHING}: nothing was handed in", Entry(students=[student]), points, {}, changes)


def write_grades(folder: Path, rows: Iterable[Row]) -> Path:
    """Write final_grades.csv. The old file stays until the new one is complete.

    Submissions that were not graded come last, with the reason as their status and without points, not even 0.

    Args:
        folder: where.
        rows: one for each submission. That of a group becomes several, one for each member.

    Raises:
        AutograderError: the file cannot be written.
    """
    rows = sorted(rows, key=lambda row: (row.points is None, not row.file, row.file))
    questions = sorted({question for row in rows for question in row.possible})
    lines: list[Sequence[object]] = []
    possible = next((row.possible for row in rows if row.possible and row.points is not None), None)
    if possible is not None:
        lines.append([*_who(POSSIBLE, Entry(), Student()), *_points(possible, possible, questions), "--"])
    for row in rows:
        status = harmless(_one_line(row.status))
        for student in row.entry.students or [Student()]:
            points, most = row.members.get(student, row.points), row.possible or possible or {}
            cells = _points(points, most, questions) if points is not None else [""] * (len(questions) + 2)
            lines.append([*_who(row.file, row.entry, student), *cells, status, _told(row, student)])
    columns = [*WHO, *questions, *TOTALS, OVERRIDES]
    if not any(row.changes for row in rows):
        columns = columns[:-1]
        lines = [line[: len(columns)] for line in lines]
    return _write(folder / FILE, [columns, *lines])


def write_skipped(folder: Path, skipped: Iterable[Skipped]) -> Path:
    """Write skipped.csv: every file of the download that was not graded, with the reason.

    Raises:
        AutograderError: the file cannot be written.
    """
    rows = [[harmless(one.file), harmless(one.student), harmless(_one_line(one.reason))] for one in skipped]
    return _write(folder / SKIPPED_FILE, [["file", "student", "reason"], *rows])


def _write(path: Path, lines: Iterable[Sequence[object]]) -> Path:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(lines)
    content = _MARK + stream.getvalue().encode("utf-8", "backslashreplace")
    try:
        if path.name == FILE:
            remember(path, content)
        write_file(path, content)
    except OSError as error:
        raise AutograderError(
            f"cannot write {path}: {error.strerror}; the old file is unchanged; run the same command again. "
            f"{our_fault(error)}"
        ) from error
    return path


def _who(file: str, entry: Entry, student: Student) -> list[str]:
    cells = student.name, student.id, student.email, entry.submitted, entry.attempt, entry.late, file
    return [harmless(_one_line(cell)) for cell in cells]


def _told(row: Row, student: Student) -> str:
    """What was changed by hand in a student's points."""
    return harmless(_one_line("; ".join(change.told for change in of_student(row.changes, student))))


def _points(points: Points, possible: Points, questions: Sequence[str]) -> list[object]:
    """The cells for the questions, for their sum, and for its share of the maximum."""
    total, most = sum(points.values()), sum(possible.values())
    return [*(points.get(question, "") for question in questions), round(total, 5), total / most if most else 0]


def _one_line(text: str) -> str:
    return " ".join(text.split())[:1000]
