"""Find the submissions of a class: whose work the downloads hold, which attempt counts, and what each is called."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..errors import AutograderError
from ..grading.people import Entry, Student
from ..grading.unpacking import sorted_out
from .attempts import Attempt, Choice, chosen, numbered
from .downloads import Download, ZipDownload, below, inner_zip, opened_download
from .found import Found
from .matching import by_table, levels, workers_in
from .people import Person, Roll
from .rolls import ONE, Reading, roll_of
from .spelling import spelled
from .store import RUN_FILE
from .tables import Skipped
from .things import stem

_EARLIER = {
    "latest": "an earlier attempt: the latest counts",
    "first": "a later attempt: the first counts",
    "best": "another attempt: the best counts",
}


@dataclass
class Classroom:
    """The submissions that the downloads hold, and the files in them that are not graded."""

    found: list[Found] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


@contextmanager
def find(
    paths: Sequence[Path], reading: Reading, choice: Choice, known: Mapping[str, tuple[str, Entry]]
) -> Iterator[Classroom]:
    """Find all submissions. Zips stay open within the block.

    Args:
        paths: folders, zips, and single submissions.
        reading: how to read them.
        choice: which attempts to grade.
        known: address and entry of the submissions that were graded before, by label.

    Raises:
        Undecided: it is not clear whose work a download holds.
        AutograderError: a path is missing or damaged, or nobody is found.
    """
    with ExitStack() as stack:
        rolls: list[tuple[Download | Path, Roll]] = []
        given = dict.fromkeys(map(_absolute, paths))
        for path in given:
            if (path / RUN_FILE).is_file() and (path / "results").is_dir():
                raise AutograderError(f"{path} holds the results of a class: give the folder or zip of submissions")
        for path in [path for path in given if not any(above in given for above in path.parents)]:
            for download, roll in _rolls(path, paths, reading, stack):
                rolls.append((download, roll))
        classroom = Classroom()
        for download, roll in rolls:
            _add(classroom, download, roll, choice)
        if not classroom.found:
            raise AutograderError(
                f"no submissions in {', '.join(map(str, paths))}: expected notebooks, scripts or zips, or folders of "
                "these, as a course system names them; docs/classes.md lists the supported downloads"
            )
        classroom.found = _labelled(_once(classroom), known)
        yield classroom


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))


def _rolls(
    path: Path, paths: Sequence[Path], reading: Reading, stack: ExitStack
) -> Iterator[tuple[Download | Path, Roll]]:
    """Find out whose work one of the given paths holds."""
    if not path.exists():
        raise AutograderError(f"{path}: no such file or folder; check the path")
    if path.is_dir():
        download = opened_download(path)
        yield _looked_into(download, reading, stack)
    elif path.suffix.lower() == ".zip" and (len(paths) == 1 or _all_classes(paths)):
        download = ZipDownload(path)
        stack.callback(download.close)
        into, roll = _looked_into(download, reading, stack)
        if into is download and roll.system == ONE and roll.people:
            yield path, Roll(ONE, people=[Person(roll.people[0].students, [Attempt("", {})])])
        else:
            yield into, roll
    else:
        yield path, _alone(path)


def _alone(path: Path) -> Roll:
    name = _spelled(path.name)
    return Roll(ONE, people=[Person([Student(stem(name))], [Attempt("", {})])])


def _all_classes(paths: Sequence[Path]) -> bool:
    """Whether each of several paths holds a class. Otherwise, the zips among them are submissions.

    A class may have only one person in it, if another one has more.
    """
    counts = list[int]()
    for path in paths:
        if path.is_dir():
            continue
        try:
            download = ZipDownload(path)
        except AutograderError:
            return False
        download.close()
        counts.append(workers_in(below(download.names, levels(download, sorted_out(download.names)[0])[-1])))
    return min(counts) > 0 and max(counts) > 1


def _looked_into(download: Download, reading: Reading, stack: ExitStack) -> tuple[Download, Roll]:
    """Find out whose work a download holds. If it holds only the zip of a class, look into that zip."""
    visible = sorted_out(download.names)[0]
    level = levels(download, visible)[-1]
    works = [name for name in visible if name.lower().endswith((".zip", ".ipynb", ".py"))]
    alone = len(works) == 1 and works[0].lower().endswith(".zip") and "/" not in below(works, level)[0]
    if alone and not by_table(download, visible):  # otherwise a system says which student handed in the zip
        inner = inner_zip(download, works[0])
        if inner is not None:
            stack.callback(inner.close)
            roll = roll_of(inner, reading)
            if roll.system != ONE:
                return inner, roll
    return download, roll_of(download, reading)


def _add(classroom: Classroom, download: Download | Path, roll: Roll, choice: Choice) -> None:
    """Add the people of a roll, each with the attempts to grade."""
    path = download if isinstance(download, Path) else download.path
    classroom.skipped += roll.skipped + ([] if isinstance(download, Path) else download.skipped)
    around = _around([attempt.root for person in roll.people for attempt in person.attempts], roll.level)
    first = max((one.person for one in classroom.found), default=-1) + 1
    for number, person in enumerate(roll.people, first):
        attempts = numbered(person.attempts)
        for attempt in chosen(attempts, choice):
            others = [one.root for one in attempts if one is not attempt]
            address = str(path / attempt.root) if attempt.root else str(path)
            label = attempt.root[len(around) :] or _spelled(path.name)
            entry = Entry(
                students=person.students, submitted=attempt.submitted, attempt=attempt.number, late=attempt.late,
                earlier=others,
            )  # fmt: skip
            if isinstance(download, Path):
                classroom.found.append(Found(address, label, entry, number, whole=path))
            else:
                files = _with_hidden(attempt, download)
                classroom.found.append(Found(address, label, entry, number, files, download))
            if choice != "best":
                names = ", ".join(student.name for student in person.students)
                classroom.skipped += [Skipped(other, _EARLIER[choice], names) for other in others]


def _around(roots: Sequence[str], level: str) -> str:
    """The common beginning of the paths of all attempts: the folders around the class."""
    if len(roots) == 1:
        return f"{level}/" if level and roots[0].startswith(f"{level}/") else ""
    above = {root.rpartition("/")[0] for root in roots}
    same = os.path.commonpath(above) if above and "" not in above else ""
    return f"{same}/".replace(os.sep, "/") if same else ""


def _with_hidden(attempt: Attempt, download: Download) -> dict[str, str]:
    """The files of an attempt, including those in its folder that the pattern does not match."""
    known = set(attempt.files.values())
    start = f"{attempt.root}/" if attempt.root else ""
    if start and not any(path.startswith(start) for path in known):
        return dict(attempt.files)
    whole = any(name == path for name, path in attempt.files.items())
    more = {(path if whole else path[len(start) :]): path for path in download.under(start)}
    return {name: path for name, path in more.items() if path not in known} | dict(attempt.files)


def _once(classroom: Classroom) -> list[Found]:
    """Each submission once, even if several paths lead to it, and each person once: the download named last counts.

    Two people are the same if their names, ids and addresses are, and there is an id.
    """
    unique = {one.address: one for one in classroom.found}.values()
    latest = {_identity(one): one.person for one in unique}
    for one in unique:
        if latest[_identity(one)] != one.person:
            reason = "from an earlier download: the one that was named last counts"
            classroom.skipped.append(Skipped(one.label, reason, one.entry.names))
    return [one for one in unique if latest[_identity(one)] == one.person]


def _identity(one: Found) -> tuple[object, ...]:
    students = one.entry.students
    return tuple(students) if all(student.id for student in students) and students else (one.person,)


def _labelled(found: list[Found], known: Mapping[str, tuple[str, Entry]]) -> list[Found]:
    """Give each submission a label of its own. If names clash, the labels include the folders."""
    before = {address: label for label, (address, _) in known.items()}
    names = Counter(one.label for one in found)
    clash = [Path(one.address) for one in found if names[one.label] > 1]
    common = Path(os.path.commonpath([path.parent for path in clash])) if clash else Path("/")
    taken, labelled = set[str](), []
    for one in sorted(found, key=lambda one: one.address not in before):
        path = Path(one.address)
        longer = _spelled(path.relative_to(common).as_posix()) if names[one.label] > 1 else one.label
        wanted = before.get(one.address, longer)
        label, number = wanted, 2
        while label in taken or not _is_free(label, one, known):
            label = f"{wanted}-{number}"
            number += 1
        taken.add(label)
        labelled.append(replace(one, label=label))
    return sorted(labelled, key=lambda one: one.label)


def _spelled(name: str) -> str:
    return spelled([os.fsencode(name)])[0]


def _is_free(label: str, one: Found, known: Mapping[str, tuple[str, Entry]]) -> bool:
    """Whether no record of somebody else has this label."""
    address, entry = known.get(label, (one.address, one.entry))
    return address == one.address or entry.students == one.entry.students
