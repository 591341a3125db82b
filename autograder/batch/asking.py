"""What a run should grade: the class in the given paths, or a part of the class that was graded before."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from ..errors import Undecided
from ..grading.people import Entry, Student
from ..grading.submission import Wanted
from .attempts import Choice
from .found import Found
from .job import Batch
from .patterns import custom
from .rolls import Layout, Reading
from .roster import Roster, read_roster
from .store import LastRun
from .submissions import Classroom, find


@dataclass
class Asked:
    """The class, and the submissions in it that this run should grade."""

    classroom: Classroom
    part: list[Found]
    run: LastRun
    roster: Roster | None = None

    @classmethod
    @contextmanager
    def by(
        cls, batch: Batch, before: LastRun, wanted: Wanted, known: Mapping[str, tuple[str, Entry]]
    ) -> Iterator["Asked"]:
        """Find the class, and the part of it that this run should grade.

        Args:
            batch: the command.
            before: what the last run in the same folder was asked for.
            wanted: what a submission should contain.
            known: address and entry of the submissions that were graded before, by label.

        Raises:
            Undecided: an option is wrong, or it is not clear whose work a download holds.
            AutograderError: something is missing or damaged.
        """
        paths = [Path(path).absolute() for path in batch.paths]
        if before.downloads and all(_is_inside(path, before.downloads) for path in paths):
            run = _with_options(before, batch)
            with _found(run, wanted, known) as asked:
                part = [one for one in asked.classroom.found if any(_is_of(one, path) for path in paths)]
                if all(any(_is_of(one, path) for one in part) for path in paths):
                    yield replace(asked, part=part)
                    return
        run = _with_options(LastRun(assignment=before.assignment, downloads=list(map(str, paths))), batch)
        with _found(run, wanted, known) as asked:
            yield asked


def _is_inside(path: Path, downloads: list[str]) -> bool:
    """Whether a path lies inside one of the downloads, and is not a download itself."""
    return any(Path(download) in path.parents for download in downloads) and str(path) not in downloads


def _is_of(one: Found, path: Path) -> bool:
    address = Path(one.address)
    return address == path or path in address.parents or (address in path.parents and one.whole is None)


def _with_options(run: LastRun, batch: Batch) -> LastRun:
    changes = {
        "layout": batch.layout, "pattern": batch.pattern, "attempt": batch.attempt,
        "roster": str(batch.roster.absolute()) if batch.roster else "",
    }  # fmt: skip
    return msgspec.structs.replace(run, **{key: value for key, value in changes.items() if value})


@contextmanager
def _found(run: LastRun, wanted: Wanted, known: Mapping[str, tuple[str, Entry]]) -> Iterator[Asked]:
    try:
        pattern = custom(run.pattern) if run.pattern else None
    except ValueError as error:
        raise Undecided(f"--pattern {run.pattern!r}: {error}") from error
    layouts: dict[str, Layout] = {name: name for name in ("auto", "folders", "files", "one")}
    choices: dict[str, Choice] = {name: name for name in ("latest", "first", "best")}
    reading = Reading(wanted, layouts[run.layout], pattern)
    roster = Roster(read_roster(Path(run.roster))) if run.roster else None
    with find(list(map(Path, run.downloads)), reading, choices[run.attempt], known) as classroom:
        if roster:
            _complete(classroom, roster)
        files = [one.label for one in classroom.found]
        yield Asked(classroom, classroom.found, msgspec.structs.replace(run, files=files), roster)


def _complete(classroom: Classroom, roster: Roster) -> None:
    """Fill in what the roster says about the people of a class."""
    students = dict.fromkeys(student for one in classroom.found for student in one.entry.students)
    listed = roster.complete(students)

    def known(student: Student) -> Student:
        return listed.get(student, student)

    classroom.found = [
        replace(one, entry=msgspec.structs.replace(one.entry, students=list(map(known, one.entry.students))))
        for one in classroom.found
    ]
