"""final_grades.csv: a row for each person of the class, with the columns of ``otter grade`` and who it is in front."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import AutograderError, our_fault
from ..grading.files import write_file
from ..grading.people import Entry, Student
from ..grading.quoting import harmless
from ..grading.results import NOTHING, CellRun, Record

FILE, SKIPPED_FILE = "final_grades.csv", "skipped.csv"

#: Who it is, and Otter's columns around those of the questions.
WHO = ("student", "id", "email", "submitted", "attempt", "late", "file")
TOTALS = ("total_points_earned", "percent_correct", "grading_status")

GRADED, PARTLY, NOT_YET = "graded", "partly run", "not graded yet"

#: The file in the row with the points that can be earned.
POSSIBLE = "points-per-question"

#: Spreadsheets take a file for UTF-8 only if it begins so.
_MARK = b"\xef\xbb\xbf"

Points = dict[str, int | float]


@dataclass(frozen=True, slots=True)
class Row:
    """What the table says of one submission. Only this part of each record stays in memory."""

    file: str
    status: str
    entry: Entry
    points: Points | None = None
    """None where there is no mark, not even none."""
    possible: Points = field(default_factory=dict)

    @classmethod
    def of(cls, record: Record) -> "Row":
        """The row of a record."""
        ours = record.ours
        return cls(ours.file, status_of(record), ours.entry, ours.points if ours.marked else None, ours.possible)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not graded, and why."""

    file: str
    reason: str
    student: str = ""


def status_of(record: Record) -> str:
    """What became of a submission, in the words of the table."""
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


def missing(student: Student) -> Row:
    """The row of somebody who is on the roster and handed in nothing."""
    return Row("", f"{NOTHING}: nothing was handed in", Entry(students=[student]))


def write_grades(folder: Path, rows: Iterable[Row]) -> Path:
    """Write final_grades.csv. The old file stays until the new one is complete.

    What was not graded stands at the end, with the reason for its status and without points, not even none.

    Args:
        folder: where.
        rows: one for each submission. A group's becomes several, one for each member.

    Raises:
        AutograderError: the file cannot be written.
    """
    rows = sorted(rows, key=lambda row: (row.points is None, not row.file, row.file))
    questions = sorted({question for row in rows for question in row.possible})
    lines: list[Sequence[object]] = []
    possible = next((row.possible for row in rows if row.points is not None), None)
    if possible is not None:
        lines.append([*_who(POSSIBLE, Entry(), Student()), *_points(possible, possible, questions), "--"])
    for row in rows:
        points = _points(row.points, row.possible, questions) if row.points is not None else [""] * (len(questions) + 2)
        status = harmless(_one_line(row.status))
        students = row.entry.students or [Student()]
        lines += [[*_who(row.file, row.entry, student), *points, status] for student in students]
    return _write(folder / FILE, [[*WHO, *questions, *TOTALS], *lines])


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
    try:
        write_file(path, _MARK + stream.getvalue().encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise AutograderError(
            f"cannot write {path}: {error.strerror}; the old file is unchanged; run the same command again. "
            f"{our_fault(error)}"
        ) from error
    return path


def _who(file: str, entry: Entry, student: Student) -> list[str]:
    cells = student.name, student.id, student.email, entry.submitted, entry.attempt, entry.late, file
    return [harmless(_one_line(cell)) for cell in cells]


def _points(points: Points, possible: Points, questions: Sequence[str]) -> list[object]:
    """The cells of the questions, of the sum, and of its share."""
    total, most = sum(points.values()), sum(possible.values())
    return [*(points.get(question, "") for question in questions), round(total, 5), total / most if most else 0]


def _one_line(text: str) -> str:
    return " ".join(text.split())[:1000]
