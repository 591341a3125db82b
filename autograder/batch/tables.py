"""final_grades.csv: the columns of ``otter grade``, and the student's name, ID and e-mail address if known."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import asdict

from ..errors import AutograderError, our_fault
from ..grading.quoting import harmless
from ..grading.results import Record, Student, write_file

FILE = "final_grades.csv"
_TOTALS = ["total_points_earned", "percent_correct", "grading_status"]
_STUDENT = ["name", "id", "email"]

Points = dict[str, int | float]


@dataclass(frozen=True, slots=True)
class _Row:
    """The part of a record that the table needs. Only this part of each record stays in memory."""

    file: str
    completed: bool
    status: str
    student: Student | None
    points: Points
    possible: Points

    @classmethod
    def of(cls, record: Record) -> "_Row":
        ours = record.ours
        return cls(ours.file, ours.completed, ours.status, ours.student, ours.points, ours.possible)


def write_grades(folder: Path, records: Iterable[Record]) -> Path:
    """Write final_grades.csv. The old file stays until the new one is complete.

    What was not graded stands at the end, with the reason for its status and without points, not even none.

    Raises:
        AutograderError: the file cannot be written.
    """
    rows = sorted(map(_Row.of, records), key=lambda row: (not row.completed, row.file))
    questions = sorted({question for row in rows for question in row.possible})
    columns = ["file", *questions, *_TOTALS, *(_STUDENT if any(row.student for row in rows) else [])]
    stream = io.StringIO()
    table = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    table.writeheader()
    if rows and rows[0].completed:
        possible = rows[0].possible
        table.writerow(_points(possible, possible) | {"file": "points-per-question", "grading_status": "--"})
    for row in rows:
        who = {key: harmless(value) for key, value in asdict(row.student).items()} if row.student else {}
        line = {"file": harmless(row.file), "grading_status": harmless(_one_line(row.status))}
        table.writerow((_points(row.points, row.possible) if row.completed else {}) | line | who)
    path = folder / FILE
    try:
        write_file(path, stream.getvalue().encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise AutograderError(
            f"cannot write {path}: {error.strerror}; the old file is unchanged; run the same command again. "
            f"{our_fault(error)}"
        ) from error
    return path


def _points(points: Points, possible: Points) -> dict[str, object]:
    total, most = sum(points.values()), sum(possible.values())
    return {**points, "total_points_earned": round(total, 5), "percent_correct": total / most if most else 0}


def _one_line(text: str) -> str:
    return " ".join(text.split())[:1000]
