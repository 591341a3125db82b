"""Folders of results as ``autograder grade`` leaves them, made up without grading, and tables as people read them."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from autograder.batch.store import LastRun, Store
from autograder.batch.tables import Row, write_grades
from autograder.grading.gradescope import gradescope_results
from autograder.grading.people import Entry, Student
from autograder.grading.results import CaseResult, OurPart, Record, record_of

#: Question, test case and points.
CASES = (("q3", "shapes", 2), ("q3", "range", 3), ("q4", "example", 4), ("q4", "stable", 6))

JANA, OLAF = Student("Jana Beispiel", "007", "jana@example.org"), Student("Olaf Muster", "012", "olaf@example.org")
ZOE, LIN = Student("Zoë Ångström", "013", "zoe@example.org"), Student("Lin Wu", "021", "lin@example.org")
LIN_TOO = Student("Lin Wu", "022", "lin2@example.org")


def record(file: str, *students: Student, passed: Sequence[str] = (), **facts: object) -> Record:
    """The record of a submission that passes some of the cases."""
    cases = [
        CaseResult(question=question, name=name, points=points, outcome="passed" if name in passed else "failed")
        for question, name, points in CASES
    ]
    details: dict[str, object] = {"cases": cases, "grader": "same", "key": file, "path": f"/home/ta/download/{file}"}
    ours = OurPart(file=file, entry=Entry(students=list(students)), **details | facts)  # type: ignore[arg-type]
    return record_of(gradescope_results(ours, ours.shown), ours)


def write_folder(folder: Path, records: Sequence[Record], **run: object) -> Path:
    """Write records and the table of a run."""
    store = Store(folder)
    for one in records:
        store.write(one)
    write_grades(folder, map(Row.of, records))
    files = [one.ours.file for one in records]
    store.write_run(LastRun(assignment="rnn", files=files, downloads=[f"/home/ta/{folder.name}"], **run))  # type: ignore[arg-type]
    return folder


def table(folder: Path) -> list[dict[str, str]]:
    """The rows of final_grades.csv."""
    text = (folder / "final_grades.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def row_of(folder: Path, student: Student) -> dict[str, str]:
    """The row of a person."""
    (row,) = [row for row in table(folder) if row["id"] == student.id]
    return row


def write_overrides(folder: Path, *rows: str, head: str = "person,case,points,comment,by") -> Path:
    """Write overrides.csv."""
    path = folder / "overrides.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path
