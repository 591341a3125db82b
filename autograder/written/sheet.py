"""written.csv: a row for each submission, a column for each item of the rubric, to be filled in with a spreadsheet."""

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import AutograderError
from ..grading.files import write_file
from ..grading.quoting import harmless
from ..grading.sheets import rows_of
from ..sandbox.text import amount
from .rubric import Rubric

FILE = "written.csv"
CODE, STUDENT, COMMENT, POSSIBLE = "code", "student", "comment", "points"
_MARK = b"\xef\xbb\xbf"


@dataclass
class Marks:
    """What a grader gave one submission."""

    where: str
    """The table and the row."""
    points: dict[str, float] = field(default_factory=dict)
    """The points by item, without items that are still empty."""
    comments: dict[str, str] = field(default_factory=dict)
    """The comments by question."""


@dataclass
class MarksTable:
    """A table that a grader filled in."""

    path: Path
    marks: dict[str, Marks] = field(default_factory=dict)
    """The marks by code."""
    problems: list[str] = field(default_factory=list)
    """What is wrong with it: row, column, and what was expected."""


def columns_of(rubric: Rubric, names: bool) -> list[str]:
    """The columns of the table."""
    found = [CODE, *([STUDENT] if names else [])]
    for question in rubric.questions:
        found += [*(item.name for item in question.items), f"{COMMENT} {question.name}"]
    return found


def write_sheet(folder: Path, rubric: Rubric, codes: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """Write the empty table. An existing table stays as it is, and rows that it lacks go into a table of their own.

    Args:
        folder: the folder to write it to.
        rubric: its columns.
        codes: its rows.
        names: the students' names by code; empty if graders do not see names.

    Returns:
        Messages for the user.

    Raises:
        AutograderError: it cannot be written, or an existing table cannot be read.
    """
    there = list(tables_in(folder))
    known = {code for path in there for code in _codes_in(path)}
    new = [code for code in codes if code not in known]
    if there and not new:
        return [f"{there[0]}: it already has a row for every submission, so it was not changed"]
    path, number = folder / FILE, 2
    while path.exists():
        path = folder / f"{Path(FILE).stem}-{number}.csv"
        number += 1
    columns = columns_of(rubric, bool(names))
    possible = {item.name: f"{item.points:g}" for item in rubric.items}
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(columns)
    table.writerow([POSSIBLE, *(possible.get(column, "") for column in columns[1:])])
    for code in new:
        table.writerow([code, *(harmless(names.get(code, "")) if column == STUDENT else "" for column in columns[1:])])
    try:
        write_file(path, _MARK + stream.getvalue().encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise AutograderError(f"cannot write {path}: {error.strerror}") from error
    return [f"{path}: {amount(len(new), 'row')} to fill in"]


def tables_in(folder: Path) -> list[Path]:
    """The tables of graders in a folder: written.csv and written-2.csv, ..."""
    stem = Path(FILE).stem
    more = sorted(folder.glob(f"{stem}-[0-9]*.csv"), key=lambda path: (len(path.name), path.name))
    return [path for path in (folder / FILE, *more) if path.is_file()]


def _codes_in(path: Path) -> list[str]:
    return [row[0].strip() for row in _rows(path)[1:] if row]


def _rows(path: Path) -> list[list[str]]:
    try:
        return rows_of(path.read_bytes())
    except (OSError, csv.Error) as error:
        raise AutograderError(f"cannot read {path}: {error}") from error


def read_sheet(path: Path, rubric: Rubric, codes: Iterable[str]) -> MarksTable:
    """Read a table that a grader filled in.

    Args:
        path: the path of the table.
        rubric: what its columns must be.
        codes: the codes of the submissions.

    Raises:
        AutograderError: it cannot be read, or no row says whose marks it has.
    """
    sheet, known = MarksTable(path), set(codes)
    head, *rows = _rows(path) or [[]]
    head = [" ".join(cell.split()) for cell in head]
    if CODE not in head:
        raise AutograderError(
            f"{path} is not a table of marks: its first row has no column '{CODE}'; expected the columns of {FILE}"
        )
    sheet.problems += _head_problems(path.name, head, rubric)
    for number, row in enumerate(rows, 2):
        cells = {column: cell.strip() for column, cell in zip(head, row, strict=False)}
        code = cells.get(CODE, "")
        where = f"{path.name}, row {number} ({code or 'no code'})"
        if not any(cells.values()) or code == POSSIBLE:
            continue
        if code not in known:
            sheet.problems.append(f"{where}, column {CODE}: unknown code; the codes are in written-codes.csv")
            continue
        marks = _marks(where, cells, rubric, sheet.problems)
        if (before := sheet.marks.get(code)) is None:
            sheet.marks[code] = marks
        elif (before.points, before.comments) != (marks.points, marks.comments):
            sheet.problems.append(f"{where}: it differs from {before.where}; expected one row for each code")
            before.points = {}
    return sheet


def _head_problems(name: str, head: Sequence[str], rubric: Rubric) -> list[str]:
    wanted = columns_of(rubric, names=False)
    missing = [column for column in wanted if column not in head]
    twice = sorted({column for column in head if column and head.count(column) > 1})
    strange = [column for column in head if column and column not in {*wanted, STUDENT}]
    return [
        *(f"{name}, row 1: there is no column {column!r}; expected {', '.join(wanted)}" for column in missing),
        *(f"{name}, row 1: the column {column!r} appears twice; expected once" for column in twice),
        *(f"{name}, row 1: the column {column!r} is not an item of the rubric, so it is ignored" for column in strange),
    ]


def _marks(where: str, cells: Mapping[str, str], rubric: Rubric, problems: list[str]) -> Marks:
    marks = Marks(where)
    for item in rubric.items:
        text = cells.get(item.name, "")
        if not text:
            continue
        points = _number(text)
        if points is None or not 0 <= points <= item.points:
            expected = f"expected a number from 0 to {item.points:g}"
            problems.append(f"{where}, column {item.name}: {text!r:.40} does not fit; {expected}")
        else:
            marks.points[item.name] = points
    for question in rubric.questions:
        if comment := cells.get(f"{COMMENT} {question.name}", ""):
            marks.comments[question.name] = comment
    return marks


def _number(text: str) -> float | None:
    """A number as a spreadsheet writes it, with a comma in many countries."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
