"""``autograder merge``: put together what several people graded, as if one run had graded it all.

Contradictions are listed, not resolved: the same person with different marks in two folders, or two rows of
overrides.csv that disagree. The folders stay as they are; the new one holds copies.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from ..errors import AutograderError, our_fault
from ..grading import overrides
from ..grading.files import write_file
from ..grading.overrides import Override, read_overrides
from ..grading.people import Student
from ..grading.results import OlderRecord, Record
from .command import locked
from .edited import set_aside
from .joining import Conflict, Joined, join
from .roster import Roster, read_roster
from .store import LastRun, Store
from .tables import FILE, SKIPPED_FILE, Row, Skipped, missing, write_grades, write_skipped


@dataclass
class Merged:
    """The outcome."""

    people: int
    problems: list[str] = field(default_factory=list)
    """Conflicts, and what is wrong with overrides.csv."""
    edits: list[str] = field(default_factory=list)
    """Which tables were edited by hand, and where they are kept."""


@dataclass(frozen=True)
class _Part:
    """One of the folders."""

    folder: Path
    run: LastRun
    records: list[Record]


def merge(folders: Sequence[Path], output: Path, roster: Path | None = None) -> Merged:
    """Write a folder with the records, the tables and the overrides of several folders.

    Args:
        folders: what ``autograder grade`` wrote.
        output: the new folder, or one that an earlier merge wrote.
        roster: a list of the class; by default the one that a folder was graded with, if it still exists.

    Raises:
        AutograderError: a folder cannot be read, they do not belong together, or the new one cannot be written.
    """
    parts = [_read(folder) for folder in folders]
    _check(parts, output)
    joined = join([(part.folder, part.records) for part in parts])
    try:
        output.mkdir(parents=True, exist_ok=True)
        with (output / ".lock").open("w") as lock:
            if not locked(lock):
                raise AutograderError(f"another run is using {output}: wait until it is done")
            rows = _overrides(parts, output)
            _write_overrides(output, rows)
            return _write(parts, joined, rows, output, _roster(parts, roster))
    except OSError as error:
        raise AutograderError(f"cannot write to {output}: {our_fault(error)}") from error


def _read(folder: Path) -> _Part:
    store = Store(folder)
    if not store.folder.is_dir():
        raise AutograderError(f"{folder} holds no results: give folders that 'autograder grade' wrote (its -o)")
    run, records = store.run(), []
    for record in store.read_all():
        if isinstance(record, OlderRecord):
            raise AutograderError(
                f"{folder} has records of an older version: rerun the 'autograder grade' command that made it"
            )
        if run.files is None or record.ours.file in run.files:
            records.append(record)
    if not records:
        raise AutograderError(
            f"{folder} holds no results that can be read: rerun the 'autograder grade' command that made it"
        )
    return _Part(folder, run, records)


def _check(parts: Sequence[_Part], output: Path) -> None:
    """Check that folders belong together, and that the new one is not in use for something else."""
    first = parts[0]
    if len({part.folder.resolve() for part in parts}) < max(len(parts), 2):
        raise AutograderError("name two or more different folders")
    for part in parts:
        if part.folder.resolve() == output.resolve():
            raise AutograderError(f"{output} is one of the folders: name a new one with -o")
        if part.run.assignment != first.run.assignment:
            raise AutograderError(
                f"{first.folder} has the assignment {first.run.assignment!r}, but {part.folder} has "
                f"{part.run.assignment!r}: merge only folders of the same assignment"
            )
    graders = {record.ours.grader: part.folder for part in parts for record in part.records if record.ours.completed}
    if len(graders) > 1:
        told = " and ".join(map(str, dict.fromkeys(graders.values())))
        raise AutograderError(
            f"{told} were graded with different versions of the program or of autograder.zip: grade them again with "
            "the same program and the same zip; 'autograder --version' shows both"
        )
    if (output / "results").exists() and not Store(output).run().merged:
        raise AutograderError(f"{output} holds results that are not from a merge: choose another folder with -o")


def _roster(parts: Sequence[_Part], path: Path | None) -> Roster | None:
    named = [Path(part.run.roster) for part in parts if part.run.roster]
    found = path or next((one for one in named if one.is_file()), None)
    return Roster(read_roster(found)) if found else None


def _overrides(parts: Sequence[_Part], output: Path) -> list[Override]:
    """The rows of all folders, including the new one, each once."""
    rows: list[Override] = []
    for folder in (*(part.folder for part in parts), output):
        rows = overrides.merged(rows, read_overrides(folder))
    return rows


def _write_overrides(output: Path, rows: Sequence[Override]) -> None:
    if not rows or [row.cells for row in rows] == [row.cells for row in read_overrides(output)]:
        return
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([overrides.COLUMNS, *(row.cells for row in rows)])
    write_file(output / overrides.FILE, b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "backslashreplace"))


def _write(
    parts: Sequence[_Part], joined: Joined, rows: list[Override], output: Path,
    roster: Roster | None,
) -> Merged:  # fmt: skip
    store = Store(output)
    absent = _absent(joined, roster)
    entries = [(record.ours.file, record.ours.entry) for record in joined.records]
    applied = overrides.apply(rows, entries, absent, overrides.questions_of(joined.records))
    records = [overrides.changed(one, applied.of_file.get(one.ours.file, ())) for one in joined.records]
    _keep(store, records)
    edits = [*set_aside(output / FILE), *_edits(parts, output)]
    people = [Row.of(record) for record in records] + [_conflicting(conflict) for conflict in joined.conflicts]
    people += [missing(student, applied.of_absent.get(student, ())) for student in absent]
    write_grades(output, people)
    write_skipped(output, _skipped(parts))
    first = parts[0].run
    store.write_run(replace(
        first, downloads=list(dict.fromkeys(path for part in parts for path in part.run.downloads)),
        files=sorted(record.ours.file for record in records), merged=[str(part.folder) for part in parts],
    ))  # fmt: skip
    told = [*(conflict.told for conflict in joined.conflicts), *applied.problems]
    return Merged(sum(max(len(row.entry.students), 1) for row in people), told, edits)


def _absent(joined: Joined, roster: Roster | None) -> list[Student]:
    """Who is on the roster but in none of the folders."""
    if roster is None:
        return []
    students = [student for one in joined.records for student in one.ours.entry.students]
    students += [student for conflict in joined.conflicts for student in conflict.students]
    roster.complete(dict.fromkeys(students))
    return list(roster.missing())


def _keep(store: Store, records: Iterable[Record]) -> None:
    """Write the records, and remove those of an earlier merge that no longer belong here."""
    store.tidy()
    files = set()
    for record in records:
        store.write(record)
        files.add(store.path(record.ours.file))
    for path in store.files():
        if path not in files:
            path.unlink()


def _conflicting(conflict: Conflict) -> Row:
    ours = conflict.records[0].ours
    return Row(ours.file, conflict.status, replace(ours.entry, students=conflict.students), None, ours.possible)


def _edits(parts: Sequence[_Part], output: Path) -> list[str]:
    """Copy those tables of the folders that were edited by hand, and say what was edited."""
    told = []
    for number, part in enumerate(parts, 1):
        if lines := set_aside(
            part.folder / FILE, output / f"{Path(FILE).stem}.edited-in-{number}-{part.folder.name}.csv"
        ):
            told += [f"{part.folder}: {lines[0]}", *lines[1:]]
    return told


def _skipped(parts: Sequence[_Part]) -> list[Skipped]:
    """The rows of all the skipped.csv files, each once."""
    found: dict[Skipped, None] = {}
    for part in parts:
        path = part.folder / SKIPPED_FILE
        if path.is_file():
            for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")):
                found[Skipped(row.get("file") or "", row.get("reason") or "", row.get("student") or "")] = None
    return sorted(found, key=lambda one: (one.file, one.reason))
