"""A graded class: its people and their marks. Comparing and exporting start from it.

The marks are those in final_grades.csv, with the changes from overrides.csv.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..grading.changes import Change, of_student
from ..grading.overrides import apply, questions_of, read_overrides
from ..grading.people import Student
from ..grading.results import Record
from ..report.reading import read_records
from .roster import Roster, read_roster
from .store import LastRun, Store
from .tables import Points, Row, missing


@dataclass(frozen=True)
class PersonMark:
    """The mark of one person."""

    student: Student
    row: Row
    """The row of the table. The members of a group share one."""
    record: Record | None = None
    """None if the person handed in nothing."""

    @property
    def points(self) -> Points | None:
        """Points by question; None if there is no mark, not even 0."""
        return self.row.members.get(self.student, self.row.points)

    @property
    def total(self) -> float | None:
        """The sum of the points; None if there is no mark."""
        return None if self.points is None else round(sum(self.points.values()), 5)

    @property
    def changes(self) -> list[Change]:
        """What somebody has changed by hand in this mark."""
        return of_student(self.row.changes, self.student)

    @property
    def name(self) -> str:
        """What to call the person."""
        student = self.student
        return student.name or student.email or student.id or self.row.file


#: Finds the people of a class who handed in nothing, given the marks of those who did.
Absent = Callable[[Sequence[PersonMark]], Sequence[Student]]


@dataclass(frozen=True)
class GradedClass:
    """A folder of results."""

    folder: Path
    run: LastRun
    marks: list[PersonMark] = field(default_factory=list)
    possible: dict[str, int | float] = field(default_factory=dict)
    """What each question is worth."""
    problems: list[str] = field(default_factory=list)
    """What is wrong with overrides.csv."""

    @property
    def most(self) -> float:
        """The points that all questions together are worth."""
        return round(sum(self.possible.values()), 5)


def read_class(folder: Path, absent: Absent | None = None) -> GradedClass:
    """Read a folder of results.

    Args:
        folder: what ``autograder grade`` or ``autograder merge`` wrote.
        absent: finds those who handed in nothing; by default with the roster that the folder was graded with.

    Raises:
        AutograderError: it is not such a folder, or a record or a table in it cannot be read.
    """
    records = read_records(folder, "Then run this command again.")
    run = Store(folder).run()
    marks = [mark for record in records for mark in _marks(record)]
    missed = (absent or _by_roster(run))(marks)
    rows = read_overrides(folder)
    entries = [(record.ours.file, record.ours.entry) for record in records]
    applied = apply(rows, entries, missed, questions_of(records))
    for student in missed:
        marks.append(PersonMark(student, missing(student, applied.of_absent.get(student, ()))))
    return GradedClass(folder, run, marks, _possible(records), applied.problems)


def _marks(record: Record) -> Iterable[PersonMark]:
    row = Row.of(record)
    return [PersonMark(student, row, record) for student in row.entry.students or [Student()]]


def _possible(records: Sequence[Record]) -> dict[str, int | float]:
    """What each question is worth, according to the first record with the most questions."""
    return max((record.ours.possible for record in records), key=len, default={})


def _by_roster(run: LastRun) -> Absent:
    path = Path(run.roster) if run.roster else None
    if path is None or not path.is_file():
        return lambda _: []

    def absent(marks: Sequence[PersonMark]) -> Sequence[Student]:
        roster = Roster(read_roster(path))
        roster.complete(dict.fromkeys(mark.student for mark in marks))
        return list(roster.missing())

    return absent
