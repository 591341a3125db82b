"""overrides.csv: marks that a person decided, in the folder of results; read, checked, and put into records.

People write the file, and we only read it here, so nothing in it is lost. Each row has a person, a test case or a
question, the points, a comment, and who decided it.
"""

import csv
import difflib
import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace as replaced

from ..errors import AutograderError, our_fault
from ..sandbox.text import amount
from .changes import Change
from .gradescope import gradescope_results
from .people import Entry, Student, bare_numbers
from .results import Record, record_of
from .sheets import rows_of

FILE = "overrides.csv"
COLUMNS = ("person", "case", "points", "comment", "by")

#: Other headings that people give a column.
_ALSO = {
    "person": {"student", "name", "id", "email", "file", "who"},
    "case": {"question", "test case", "test case or question", "case or question", "item", "test"},
    "comment": {"reason", "why", "note"},
    "by": {"by whom", "grader", "ta", "author"},
    "points": {"score", "mark", "marks"},
}

#: Columns that tell people apart better than names do.
_SURE = ("id", "email")

#: What each question is made of: its test cases with their points.
Questions = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Override:
    """A row of the file, as it was written."""

    line: int
    person: str
    case: str
    points: str
    comment: str = ""
    by: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """Its cells, in the order of ``COLUMNS``."""
        return self.person, self.case, self.points, self.comment, self.by


@dataclass
class Applied:
    """What the file means for a class."""

    of_file: dict[str, list[Change]] = field(default_factory=dict)
    """Changes by the ``file`` of the record."""
    of_absent: dict[Student, list[Change]] = field(default_factory=dict)
    """Changes of people who handed in nothing."""
    problems: list[str] = field(default_factory=list)
    """Rows that cannot be applied, each with the reason."""


def read_overrides(folder: Path) -> list[Override]:
    """Read the file of a folder; no rows if there is none.

    Raises:
        AutograderError: it cannot be read, or lacks a column.
    """
    path = folder / FILE
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise AutograderError(f"cannot read {path}: {our_fault(error)}") from error
    try:
        rows = rows_of(content)
    except csv.Error as error:
        raise AutograderError(f"cannot read {path}: {error}") from error
    if not any(map(any, rows)):
        return []
    places = _places(rows[0], path)
    found = []
    for line, row in enumerate(rows[1:], 2):
        cells = {
            column: next((row[place].strip() for place in several if place < len(row) and row[place].strip()), "")
            for column, several in places.items()
        }
        if any(cells.values()):
            found.append(Override(line, **cells))
    return found


def _places(head: list[str], path: Path) -> dict[str, list[int]]:
    """The positions of each column. Of several that say who it is, an id comes first, then an email, then a name."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, heading in enumerate(head):
        name = " ".join(heading.lower().split())
        for column in COLUMNS:
            if name == column or name in _ALSO[column]:
                found[column].append((_SURE.index(name) if name in _SURE else len(_SURE), place))
    if missing := [column for column in COLUMNS[:3] if column not in found]:
        raise AutograderError(f"{path} has no column {missing[0]!r}: its first row must be {','.join(COLUMNS)}")
    return {column: [place for _, place in sorted(several)] for column, several in found.items()}


def apply(
    overrides: Iterable[Override], entries: Iterable[tuple[str, Entry]], absent: Iterable[Student], questions: Questions
) -> Applied:
    """Find out what each row means.

    Args:
        overrides: the rows.
        entries: the ``file`` of each record of the class, and whose it is.
        absent: people of the class who handed in nothing.
        questions: the questions of the class.
    """
    applied, people = Applied(), _People(entries, absent)
    given: dict[tuple[str, Student | None, str], list[tuple[Override, Change]]] = defaultdict(list)
    for row in overrides:
        where = f"{FILE}, line {row.line}"
        try:
            change = _change(row, questions)
            targets = people.find(row.person)
        except ValueError as problem:
            applied.problems.append(f"{where}: {problem}")
            continue
        for file, student in targets:
            given[file, student, change.question].append((row, replaced(change, student=student)))
    for (file, student, _), rows in given.items():
        if why := _contradiction([row for row, _ in rows], [change for _, change in rows]):
            applied.problems.append(why)
        elif file:
            applied.of_file.setdefault(file, []).extend(_last(change for _, change in rows))
        elif student:
            applied.of_absent.setdefault(student, []).extend(
                replaced(change, student=None) for change in _last(change for _, change in rows)
            )
    return applied


def _last(changes: Iterable[Change]) -> list[Change]:
    """One change for each case; of equal ones, the last."""
    return list({change.case: change for change in changes}.values())


def _contradiction(rows: list[Override], changes: list[Change]) -> str:
    """How several rows about one person and question contradict each other, if they do."""
    points = defaultdict[str, set[float]](set)
    for change in changes:
        points[change.case].add(change.points)
    lines = ", ".join(str(row.line) for row in rows)
    if any(len(different) > 1 for different in points.values()):
        twice = f"{rows[0].person} has different points for the same test case or question"
        return f"{FILE}, lines {lines}: {twice}; none of them counts"
    if "" in points and len(points) > 1:
        return (
            f"{FILE}, lines {lines}: {rows[0].person} has points for {changes[0].question} and for its test cases; "
            "none of them counts"
        )
    return ""


def _change(row: Override, questions: Questions) -> Change:
    """What a row changes.

    Raises:
        ValueError: there is no such question or test case, or the points are wrong.
    """
    item = _key(row.case)
    cases = [(question, name) for question, inner in questions.items() for name in inner if _key(name) == item]
    found = [(question, "") for question in questions if _key(question) == item] or cases
    if not found:
        names = {_key(name): name for inner in questions.values() for name in inner}
        near = [repr(names[key]) for key in difflib.get_close_matches(item, names)]
        meant = f" (did you mean {' or '.join(near)}?)" if near else ""
        raise ValueError(f"there is no question or test case {row.case!r}{meant}; questions are {', '.join(questions)}")
    if len(found) > 1:
        where = " and in ".join(question for question, _ in found)
        raise ValueError(f"there is a test case {row.case!r} in {where}: give the points of the whole question instead")
    question, case = found[0]
    most = round(questions[question][case] if case else sum(questions[question].values()), 5)
    try:
        points = float(row.points.replace(",", "."))
    except ValueError:
        raise ValueError(f"{row.points!r} is not a number of points") from None
    if not math.isfinite(points) or not 0 <= points <= most:
        raise ValueError(f"{case or question} is worth {amount(most, 'point')}, so it cannot get {row.points}")
    short = int(points) if points.is_integer() else points
    return Change(question=question, case=case, points=short, comment=row.comment, by=row.by)


class _People:
    """The people in a class, by everything that they may be called."""

    def __init__(self, entries: Iterable[tuple[str, Entry]], absent: Iterable[Student]) -> None:
        self._known: dict[str, dict[tuple[str, Student | None], Student | str]] = defaultdict(dict)
        self._bare = self._known.copy()  # by ids without the zeros at their start, which a spreadsheet drops
        for file, entry in entries:
            group = len(entry.students) > 1
            for student in entry.students:
                self._add(student, file, student if group else None)
            self._known[_person(file)][file, None] = file
        for student in absent:
            self._add(student, "", student)

    def _add(self, student: Student, file: str, member: Student | None) -> None:
        for name in filter(None, (student.name, student.id, student.email)):
            self._known[_person(name)][file, member] = student
            for number in bare_numbers(name):
                self._bare[number][file, member] = student

    def find(self, person: str) -> list[tuple[str, Student | None]]:
        """The records of a person, each with the person if it belongs to a group.

        Raises:
            ValueError: there is nobody of that name, or more than one.
        """
        key = _person(person)
        found = self._known.get(key) or self._bare.get(key, {})
        if not found:
            raise ValueError(f"nobody in this class is called {person!r}")
        if len(set(found.values())) > 1:
            raise ValueError(f"{person!r} may be one of {len(set(found.values()))} people: write the id or the email")
        return list(found)


def _person(text: str) -> str:
    """A name, id or email as it is looked up; ``Last, First`` becomes ``First Last``."""
    last, comma, first = text.removeprefix("'").partition(",")
    return _key(f"{first} {last}" if comma else text)


def _key(text: str) -> str:
    """A name without case, extra spaces, and the apostrophe with which a spreadsheet marks a text."""
    return " ".join(unicodedata.normalize("NFC", text).removeprefix("'").casefold().split())


def questions_of(records: Iterable[Record]) -> dict[str, dict[str, float]]:
    """The questions that these records were judged by, with the points of their test cases."""
    found: dict[str, dict[str, float]] = {}
    for record in records:
        for case in record.ours.cases:
            found.setdefault(case.question, {})[case.name] = case.points
    return found


def changed(record: Record, changes: Iterable[Change]) -> Record:
    """A record with these changes and no others: in our part, and in the points and the note that a student sees."""
    ours = record.ours
    own = {case.name: case.earned for case in ours.cases} if ours.marked else {}
    before = {**ours.own_points, **own} if ours.marked else {}
    noted = [replaced(change, before=before.get(change.case or change.question)) for change in changes]
    if noted == ours.changes:
        return record
    ours = replaced(ours, changes=noted)
    return record_of(gradescope_results(ours, ours.shown), ours, record.extra_data.about)


def merged(first: list[Override], second: list[Override]) -> list[Override]:
    """The rows of two files, each once, with new line numbers."""
    rows = dict.fromkeys(row.cells for row in (*first, *second))
    return [Override(line, *cells) for line, cells in enumerate(rows, 2)]
