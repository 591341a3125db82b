"""The outcome of a run: the table of the class, what was not graded, and what is printed at the end."""

from collections import Counter, defaultdict
from collections.abc import Iterator

import msgspec

from ..grading.leavings import is_handout, is_hidden, is_leaving
from ..grading.overrides import Applied, apply, changed, questions_of, read_overrides
from ..grading.people import Student
from ..grading.results import NOTHING, UNREADABLE, Record
from ..sandbox.text import amount
from .asking import Asked
from .edited import set_aside
from .found import Found
from .store import Store
from .tables import FILE, GRADED, NOT_YET, PARTLY, Row, Skipped, missing, write_grades, write_skipped
from .things import DOCUMENT

#: How many lines of a kind are printed at the end. The rest are in a table.
_SHOWN = 20

_KINDS = (GRADED, PARTLY, UNREADABLE, NOTHING, NOT_YET)


class Outcome:
    """The tables of a run, and what it prints at the end."""

    def __init__(self, store: Store, asked: Asked, done: set[str]) -> None:
        """Prepare them.

        Args:
            store: the records.
            asked: the class.
            done: labels of the submissions whose records match their current content.
        """
        self.store, self.asked, self.done = store, asked, done
        self.failures: list[tuple[str, str, str]] = []
        """For each submission that could not be graded: label, reason, path."""
        self.problems: list[str] = []
        """What is wrong with overrides.csv."""
        self.edits: list[str] = []
        """What somebody has edited by hand in the table."""
        self._overrides = Applied()
        self._rows: list[Row] = []
        self._skipped: list[Skipped] = []

    def write(self) -> None:
        """Write both tables, and note which records are in them.

        Raises:
            AutograderError: they cannot be written.
        """
        self.failures, self._skipped = [], list(self.asked.classroom.skipped)
        roster = self.asked.roster
        absent = list(roster.missing()) if roster else []
        self._overrides = self._read_overrides(absent)
        self.problems = self._overrides.problems
        people = defaultdict[int, list[Row]](list)
        for one in self.asked.classroom.found:
            people[one.person].append(self._row(one))
        counted = [max(rows, key=_worth) for rows in people.values()]
        for rows, best in zip(people.values(), counted, strict=True):
            others = [row for row in rows if row is not best]
            self._skipped += [
                Skipped(row.file, "another attempt: the best counts", row.entry.names) for row in others
            ]  # fmt: skip
        folder, changes = self.store.folder.parent, self._overrides.of_absent
        self._rows = counted + [missing(student, changes.get(student, ())) for student in absent]
        self.edits = [*self.edits, *set_aside(folder / FILE)]
        write_grades(folder, self._rows)
        write_skipped(folder, self._skipped)
        files = sorted(row.file for row in counted)
        self.store.write_run(msgspec.structs.replace(self.asked.run, files=files))

    def _read_overrides(self, absent: list[Student]) -> Applied:
        """What overrides.csv means for this class; nothing as long as nobody has been graded."""
        rows = read_overrides(self.store.folder.parent)
        if not rows:
            return Applied()
        records = (self.store.read(one.label) for one in self.asked.classroom.found if one.label in self.done)
        questions = next(filter(None, (questions_of([record]) for record in records if record)), None)
        entries = [(one.label, one.entry) for one in self.asked.classroom.found]
        return apply(rows, entries, absent, questions) if questions else Applied()

    def _row(self, one: Found) -> Row:
        record = self.store.read(one.label) if one.label in self.done else None
        if record is None:
            return Row(one.label, f"{NOT_YET}: run the same command again", one.entry)
        after = changed(record, self._overrides.of_file.get(one.label, ()))
        if after is not record:
            self.store.write(after)
            record = after
        if not record.ours.completed:
            self.failures.append((one.label, record.ours.fault, record.ours.path))
        self._skipped += _beside(one, record)
        return Row.of(record)

    def told(self, left_out: list[str], replaced: list[str]) -> list[str]:
        """The lines to print at the end: how many people, what was not graded and why, who is not on the roster.

        Args:
            left_out: labels of records whose submissions are no longer in the class.
            replaced: labels of submissions that take the place of others, which were in another download.
        """
        kinds = Counter(_kind(row) for row in self._rows for _ in range(len(row.entry.students) or 1))
        told = ", ".join(f"{kinds[kind]} {kind}" for kind in _KINDS if kinds[kind])
        unread = [row for row in self._rows if _kind(row) in {UNREADABLE, NOTHING}]
        lines = [f"{amount(kinds.total(), 'person', 'people')}: {told}"]
        lines += _listed([f"{row.entry.names or row.file}: {row.status}" for row in unread])
        if self._skipped:
            lines.append(f"{amount(len(self._skipped), 'file was', 'files were')} not graded; see skipped.csv:")
            lines += _listed([f"{one.file}: {one.reason}" for one in self._skipped])
        if self.asked.roster and self.asked.roster.strangers:
            names = [student.name or student.id or student.email for student in self.asked.roster.strangers]
            lines.append(f"not on the roster: {', '.join(names)}")
        if replaced:
            what = amount(len(replaced), "submission replaces", "submissions replace")
            lines.append(
                f"{what} work by the same people that was graded from another download (if that is wrong, grade the "
                "other download again):"
            )
            lines += _listed(replaced)
        if left_out:
            of = "record is for" if len(left_out) == 1 else "records are for"
            lines.append(f"{len(left_out)} {of} work that is no longer in this class. Left out of the table:")
            lines += _listed(left_out)
        return lines


def _kind(row: Row) -> str:
    return next((kind for kind in _KINDS if row.status.startswith(kind)), GRADED)


def _worth(row: Row) -> tuple[bool, float]:
    return row.points is not None, sum((row.points or {}).values())


def _beside(one: Found, record: Record) -> Iterator[Skipped]:
    """The files of a submission that were not graded: other notebooks, and documents."""
    ours = record.ours
    for name, path in one.files.items():
        if is_hidden(name) or is_leaving(name) or is_handout(name) or name == ours.chosen:
            continue
        if name.lower().endswith(".ipynb") and one.files.get(ours.chosen) != path:
            why = f"another notebook: {ours.chosen} was graded" if ours.chosen else "it could not be read"
            yield Skipped(path, why, one.entry.names)
        elif DOCUMENT.fullmatch(name):
            yield Skipped(path, "neither a notebook nor a script", one.entry.names)


def _listed(lines: list[str]) -> list[str]:
    more = [f"    ... and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    return [f"    {line}" for line in lines[:_SHOWN]] + more
