"""final_grades.csv, with exactly the columns of ``otter grade``, and who handed in where that is known."""

import csv
import io
import os
from collections.abc import Iterable
from pathlib import Path

from ..errors import AutograderError
from ..grading.quoting import harmless
from .records import COMPLETED, Record, ours

FILE = "final_grades.csv"
_TOTALS = ["total_points_earned", "percent_correct", "grading_status"]
_STUDENT = ["name", "id", "email"]
_NEEDED = ("file", "status", "student", "points", "possible")


def write_grades(folder: Path, records: Iterable[Record]) -> Path:
    """Write final_grades.csv; the old one stays until the new one is complete.

    Raises:
        AutograderError: it cannot be written.
    """
    rows = [{name: ours(record)[name] for name in _NEEDED} for record in records]
    rows.sort(key=lambda row: str(row["file"]))
    questions = sorted({question for row in rows for question in row["possible"]})
    columns = ["file", *questions, *_TOTALS, *(_STUDENT if any(row["student"] for row in rows) else [])]
    stream = io.StringIO()
    table = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    table.writeheader()
    if rows:
        possible = next((row for row in rows if row["status"] == COMPLETED), rows[0])["possible"]
        table.writerow(_points(possible, possible) | {"file": "points-per-question", "grading_status": "--"})
    for row in rows:
        who = {key: harmless(value) for key, value in (row["student"] or {}).items()}
        line = {"file": harmless(row["file"]), "grading_status": harmless(_one_line(row["status"]))}
        table.writerow(_points(row["points"], row["possible"]) | line | who)
    path = folder / FILE
    beside = path.with_suffix(".part")
    try:
        beside.write_text(stream.getvalue(), encoding="utf-8", errors="backslashreplace")
        os.replace(beside, path)
    except OSError as error:
        raise AutograderError(f"cannot write {path}: {error.strerror}; the old one is unchanged") from error
    return path


def _points(points: dict[str, float], possible: dict[str, float]) -> dict[str, object]:
    total, most = sum(points.values()), sum(possible.values())
    return {**points, "total_points_earned": round(total, 5), "percent_correct": total / most if most else 0}


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
