"""``autograder total``: check the graders' tables, join them with the automatic marks, and write feedback."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..batch.store import Store
from ..errors import AutograderError, our_fault
from ..grading.changes import of_student
from ..grading.files import RecordError, from_json, write_file
from ..grading.people import Entry, Student
from ..grading.quoting import harmless
from ..grading.results import OlderRecord, Record
from ..sandbox.text import amount, clean
from .agreement import Agreement, agreement_of
from .codes import CODES_FILE, read_codes
from .feedback import Feedback, write_feedback
from .rubric import Rubric
from .sheet import Marks, MarksTable, read_sheet, tables_in
from .store import WrittenStore

TOTAL_FILE, AGREEMENT_FILE, DIFFERENCES_FILE = "total.csv", "agreement.csv", "disagreements.csv"
_MARK = b"\xef\xbb\xbf"

_COMPLETE, _NOT_AUTOMATIC = "complete", "no marks from the test cases"


@dataclass
class Totals:
    """The outcome."""

    people: int = 0
    complete: int = 0
    problems: list[str] = field(default_factory=list)
    """What is wrong with the tables, and whose marks are incomplete."""
    told: list[str] = field(default_factory=list)


def total(folder: Path, tables: Sequence[Path] = (), graded: Path | None = None) -> Totals:
    """Join the marks of a class.

    Args:
        folder: the folder of ``autograder written``.
        tables: the graders' tables; by default written.csv in the folder, and those beside it.
        graded: the folder of ``autograder grade``; by default the same folder.

    Raises:
        AutograderError: something is missing, or cannot be read or written.
    """
    rubric = _rubric(folder)
    codes = read_codes(folder)
    if not codes:
        raise AutograderError(f"there is no {CODES_FILE} in {folder}: run 'autograder written ... -o {folder}' first")
    paths = list(tables) or tables_in(folder)
    if not paths:
        raise AutograderError(f"there is no table of marks in {folder}: run 'autograder written ... -o {folder}' first")
    sheets = [read_sheet(path, rubric, codes.values()) for path in paths]
    totals = Totals(problems=[problem for sheet in sheets for problem in sheet.problems])
    marks = _joined(sheets, totals.problems)
    records = {record.ours.file: record for record in Store(graded or folder).read_all() if isinstance(record, Record)}
    if not records:
        older = any(isinstance(one, OlderRecord) for one in Store(graded or folder).read_all())
        why = "they are from an older version; grade again" if older else "name the folder with --graded"
        totals.problems.append(f"there are no marks from test cases in {graded or folder}: {why}")
    rows = list(_rows(rubric, codes, marks, records, totals))
    try:
        _write_total(folder / TOTAL_FILE, rubric, rows)
        totals.told.append(
            f"{folder / TOTAL_FILE}: {amount(totals.people, 'person', 'people')}, {totals.complete} with all marks"
        )
        totals.told += _write_agreement(folder, agreement_of(sheets, rubric))
        for row in rows:
            write_feedback(folder, rubric, row.feedback())
    except OSError as error:
        raise AutograderError(f"cannot write to {folder}: {our_fault(error)}") from error
    totals.told.append(f"{folder / 'feedback'}: {amount(len(rows), 'page')}, one for each submission")
    return totals


def _rubric(folder: Path) -> Rubric:
    path = WrittenStore(folder).rubric
    try:
        return from_json(path.read_bytes(), Rubric)
    except (OSError, RecordError) as error:
        why = "" if isinstance(error, FileNotFoundError) else f" ({error})"
        raise AutograderError(
            f"{folder} is not a folder made by 'autograder written', or was made without a rubric: run 'autograder "
            f"written ... -o {folder} --rubric FILE'{why}"
        ) from error


def _joined(sheets: Sequence[MarksTable], problems: list[str]) -> dict[str, Marks]:
    """The marks of all tables. If two tables disagree on an item, it gets no mark, and the problem is listed."""
    found: dict[str, Marks] = {}
    for sheet in sheets:
        for code, marks in sheet.marks.items():
            if code not in found:
                found[code] = Marks(marks.where, dict(marks.points), dict(marks.comments))
                continue
            known = found[code]
            for item, points in marks.points.items():
                if known.points.setdefault(item, points) != points:
                    problems.append(
                        f"{marks.where}, column {item}: {points:g}, but {known.where} has {known.points[item]:g}; "
                        "expected the same in both, so it has no mark"
                    )
                    known.points[item] = float("nan")
            for question, comment in marks.comments.items():
                both = dict.fromkeys([known.comments.get(question, ""), comment])
                known.comments[question] = " / ".join(filter(None, both))
    for marks in found.values():
        marks.points = {item: points for item, points in marks.points.items() if points == points}
    return found


@dataclass
class _Row:
    """All marks of a submission."""

    label: str
    code: str
    entry: Entry
    marks: Marks
    record: Record | None
    rubric: Rubric
    missing: list[str]

    def written(self) -> dict[str, float | None]:
        """The points of each written question; None while an item has none."""
        found: dict[str, float | None] = {}
        for question in self.rubric.questions:
            points = [self.marks.points.get(item.name) for item in question.items]
            whole = [one for one in points if one is not None]
            found[question.name] = round(sum(whole), 5) if len(whole) == len(points) else None
        return found

    def automatic(self, student: Student | None = None) -> dict[str, float] | None:
        """The points of the other questions; None where there are none."""
        if self.record is None or not self.record.ours.completed:
            return None
        ours = self.record.ours
        by_hand = of_student(ours.changes, student)
        return dict(ours.points_of(student)) if ours.marked or by_hand else None

    def status(self) -> str:
        """Whether anything is missing."""
        return "; ".join(self.missing) or _COMPLETE

    def feedback(self) -> Feedback:
        """What its page says."""
        return Feedback(self.label, clean(self.entry.names or self.label), self.marks, self.record)


def _rows(
    rubric: Rubric, codes: Mapping[str, str], marks: Mapping[str, Marks], records: Mapping[str, Record], totals: Totals
) -> Iterator[_Row]:
    for label, code in sorted(codes.items()):
        record, mine = records.get(label), marks.get(code, Marks(""))
        gaps = [item.name for item in rubric.items if item.name not in mine.points]
        missing = [f"no points for {', '.join(gaps)}"] if gaps else []
        row = _Row(label, code, record.ours.entry if record else Entry(), mine, record, rubric, missing)
        if row.automatic() is None:
            missing.append(_NOT_AUTOMATIC)
        count = max(len(row.entry.students), 1)
        totals.people += count
        totals.complete += 0 if missing else count
        if missing:
            totals.problems.append(f"{code} ({clean(row.entry.names or label)}): {row.status()}")
        yield row
    if strange := sorted(set(records) - set(codes)):
        who = "it" if len(strange) == 1 else "them"
        totals.problems.append(
            f"{', '.join(strange)}: there are marks from the test cases, but no code: include {who} in the "
            "paths of 'autograder written', and run it again"
        )


def _write_total(path: Path, rubric: Rubric, rows: Sequence[_Row]) -> None:
    written = [question.name for question in rubric.questions]
    tested = sorted({name for row in rows for name in (row.record.ours.possible if row.record else {})})
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(
        ["student", "id", "email", "submitted", "late", "file", "code", *written, *tested, "total", "status"]
    )
    for row in rows:
        for student in row.entry.students or [Student(row.label)]:
            by_hand, by_tests = row.written(), row.automatic(student)
            points = [by_hand[name] for name in written]
            points += [None if by_tests is None else by_tests.get(name) for name in tested]
            whole = [one for one in points if one is not None]
            complete = len(whole) == len(points) and not row.missing
            known = [student.name, student.id, student.email, row.entry.submitted, row.entry.late, row.label]
            cells: list[object] = ["" if one is None else f"{one:g}" for one in points]
            cells.append(f"{round(sum(whole), 5):g}" if complete else "")
            table.writerow([*(harmless(" ".join(cell.split())) for cell in known), row.code, *cells, row.status()])
    write_file(path, _MARK + stream.getvalue().encode("utf-8", "backslashreplace"))


def _write_agreement(folder: Path, agreement: Agreement) -> list[str]:
    if not agreement.items:
        return []
    items, differences = io.StringIO(), io.StringIO()
    table = csv.writer(items, lineterminator="\n")
    table.writerow(["item", "table 1", "table 2", "answers", "same", "kappa"])
    for one in agreement.items:
        kappa = "" if one.kappa is None else f"{one.kappa:.3f}"
        table.writerow([one.item, one.first, one.second, one.answers, one.same, kappa])
    table = csv.writer(differences, lineterminator="\n")
    table.writerow(["code", "item", "table 1", "points 1", "table 2", "points 2"])
    table.writerows((code, item, a, f"{x:g}", b, f"{y:g}") for code, item, a, x, b, y in agreement.differences)
    for name, stream in ((AGREEMENT_FILE, items), (DIFFERENCES_FILE, differences)):
        write_file(folder / name, _MARK + stream.getvalue().encode())
    told = [
        f"{one.item}: {one.same} of {one.answers} the same, kappa "
        + ("not defined: all have the same points" if one.kappa is None else f"{one.kappa:.2f}")
        for one in agreement.items
    ]
    return [f"{folder / AGREEMENT_FILE} and {folder / DIFFERENCES_FILE}:", *(f"    {line}" for line in told)]
