"""Find the submissions of a class: whom the downloads hold, which attempt counts, and what each is called."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..errors import AutograderError, OurFault, SubmissionError, our_fault
from ..grading.people import Entry, Student
from ..grading.unpacking import FILE_LIMIT, TOTAL_LIMIT, is_large_zip, sorted_out, unzip
from .attempts import Attempt, Choice, chosen, numbered
from .downloads import Download, ZipDownload, below, inner_zip, opened_download
from .handing import packed, refuse_classes
from .people import Person, Roll, levels
from .rolls import ONE, Reading, is_of_a_system, roll_of
from .spelling import spelled
from .tables import Skipped
from .things import stem

_EARLIER = {
    "latest": "an earlier attempt: the latest counts",
    "first": "a later attempt: the first counts",
    "best": "another attempt: the best counts",
}


@dataclass(frozen=True)
class Found:
    """One submission that has been found, but not read yet."""

    address: str
    """Its absolute path. In a zip: the path of the zip, then the path inside the zip."""
    label: str
    """Its name in tables: its path in the download, with folders in front if two would have the same name."""
    entry: Entry
    person: int
    """A number that attempts of the same person share."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Paths in the download, by the names that the files have for their student."""
    download: Download | None = None
    whole: Path | None = None
    """The file, if it is one on disk."""
    fault: str = ""
    """Why it cannot even be looked into, for a reason that is ours."""

    def read(self) -> tuple[str, bytes]:
        """Read the submission into memory: a file name and its content. Several files become a zip.

        Raises:
            SubmissionError: it is too large, or cannot be read; the message is for the student.
            OurFault: it cannot be read for a reason that is not the student's.
        """
        if self.fault:
            raise OurFault(self.fault)
        if self.whole:
            name, content = self.whole.name, _bytes_of(self.whole)
        else:
            name, content = self._packed()
        refuse_classes(name, content, is_of_a_system)
        return name, content

    def _packed(self) -> tuple[str, bytes]:
        visible, hidden, left = sorted_out(self.files)
        download, name = self.download, self.label.split("/")[-1]
        if download is None or not (visible or hidden):
            return packed(name, {}, dict.fromkeys(left, b""))
        contents, room = dict[str, bytes](), TOTAL_LIMIT
        for one in visible:
            contents[one] = download.read(self.files[one])
            room -= len(contents[one])
            if room < 0:
                raise SubmissionError(f"It is larger than {TOTAL_LIMIT >> 20} MB: hand in only your notebook.")
        if len(visible) == 1 and not hidden:
            return next(iter(contents.items()))
        more = dict.fromkeys(left, b"")
        for one in hidden:
            try:
                content = download.read(self.files[one])
            except SubmissionError:
                continue
            room -= len(content)
            if room >= 0:
                more[one] = content
        return packed(name, contents, more)


def _bytes_of(path: Path) -> bytes:
    try:
        if is_large_zip(path):  # with an environment in it, say
            files = unzip(path.name, path)
            return packed(path.stem, files.visible, files.hidden | dict.fromkeys(files.leavings, b""))[1]
        if path.stat().st_size > FILE_LIMIT:
            raise SubmissionError(f"It is larger than {FILE_LIMIT >> 20} MB: hand in only your notebook.")
        return path.read_bytes()
    except OSError as error:  # what was found a moment ago can be read, but for a fault of the machine
        raise OurFault(f"{path} cannot be read: {our_fault(error)}") from error


@dataclass
class Classroom:
    """Everybody whom the downloads hold, and what in them is nobody's work."""

    found: list[Found] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def people(self) -> int:
        """How many people there are, each member of a group counted."""
        return sum({one.person: max(len(one.entry.students), 1) for one in self.found}.values())


@contextmanager
def find(
    paths: Sequence[Path], reading: Reading, choice: Choice, known: Mapping[str, tuple[str, Entry]]
) -> Iterator[Classroom]:
    """Find all submissions. Zips stay open within the block.

    Args:
        paths: folders, zips, and single submissions.
        reading: how they are to be read.
        choice: which attempts are to be graded.
        known: address and entry of the submissions that were graded before, by label.

    Raises:
        Undecided: it cannot be told whom a download holds.
        AutograderError: a path is missing or damaged, or nobody is found.
    """
    with ExitStack() as stack:
        rolls: list[tuple[Download | Path, Roll]] = []
        for path in dict.fromkeys(map(_absolute, paths)):
            for download, roll in _rolls(path, paths, reading, stack):
                rolls.append((download, roll))
        classroom = Classroom()
        for download, roll in rolls:
            _add(classroom, download, roll, choice)
        if not classroom.found:
            raise AutograderError(
                f"no submissions in {', '.join(map(str, paths))}: expected notebooks, scripts or zips, or folders of "
                "these, as a course system names them; docs/submissions.md lists what is understood"
            )
        classroom.found = _labelled(_once(classroom), known)
        yield classroom


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))


def _rolls(
    path: Path, paths: Sequence[Path], reading: Reading, stack: ExitStack
) -> Iterator[tuple[Download | Path, Roll]]:
    """Whom one of the given paths holds."""
    if not path.exists():
        raise AutograderError(f"there is no {path}")
    if path.is_dir():
        download = opened_download(path)
        yield _looked_into(download, reading, stack)
    elif path.suffix.lower() == ".zip" and (len(paths) == 1 or _all_classes(paths)):
        try:
            download = ZipDownload(path)
        except OurFault:
            raise
        except AutograderError:
            yield path, _alone(path)  # a damaged submission: its student gets a message
            return
        stack.callback(download.close)
        into, roll = _looked_into(download, reading, stack)
        if into is download and roll.system == ONE:
            yield path, Roll(ONE, people=[Person(roll.people[0].students, [Attempt("", {})])])
        else:
            yield into, roll
    else:
        yield path, _alone(path)


def _alone(path: Path) -> Roll:
    name = _spelled(path.name)
    return Roll(ONE, people=[Person([Student(stem(name))], [Attempt("", {})])])


def _all_classes(paths: Sequence[Path]) -> bool:
    """Whether each of several paths is a class's. Else zips among them are submissions, whatever they look like."""
    for path in paths:
        if path.is_dir():
            continue
        try:
            download = ZipDownload(path)
        except AutograderError:
            return False
        download.close()
        if not is_of_a_system(below(download.names, levels(download, sorted_out(download.names)[0])[-1])):
            return False
    return True


def _looked_into(download: Download, reading: Reading, stack: ExitStack) -> tuple[Download, Roll]:
    """Whom a download holds; if all that it holds is a zip of a class, whom that holds."""
    visible = sorted_out(download.names)[0]
    level = levels(download, visible)[-1]
    works = [name for name in visible if name.lower().endswith((".zip", ".ipynb", ".py"))]
    if len(works) == 1 and works[0].lower().endswith(".zip") and "/" not in below(works, level)[0]:
        inner = inner_zip(download, works[0])
        if inner is not None:
            stack.callback(inner.close)
            roll = roll_of(inner, reading)
            if roll.system != ONE:
                return inner, roll
    return download, roll_of(download, reading)


def _add(classroom: Classroom, download: Download | Path, roll: Roll, choice: Choice) -> None:
    """Add the people of a roll, each with the attempts that are to be graded."""
    path = download if isinstance(download, Path) else download.path
    classroom.skipped += roll.skipped + ([] if isinstance(download, Path) else download.skipped)
    first = max((one.person for one in classroom.found), default=-1) + 1
    for number, person in enumerate(roll.people, first):
        attempts = numbered(person.attempts)
        for attempt in chosen(attempts, choice):
            others = [one.root for one in attempts if one is not attempt]
            address = str(path / attempt.root) if attempt.root else str(path)
            label = attempt.root.removeprefix(f"{roll.level}/") or _spelled(path.name)
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


def _with_hidden(attempt: Attempt, download: Download) -> dict[str, str]:
    """The files of an attempt, with those below its folder that a pattern does not see."""
    known = set(attempt.files.values())
    start = f"{attempt.root}/" if attempt.root else ""
    if start and not any(path.startswith(start) for path in known):
        return dict(attempt.files)
    whole = any(name == path for name, path in attempt.files.items())
    more = {(path if whole else path[len(start) :]): path for path in download.names if path.startswith(start)}
    return {name: path for name, path in more.items() if path not in known} | dict(attempt.files)


def _once(classroom: Classroom) -> list[Found]:
    """Each submission once, even if several paths lead to it, and each person once: the download named last counts.

    Two people are one if their names and ids are the same, and there is an id.
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
    """Whether there is no record of somebody else under a label."""
    address, entry = known.get(label, (one.address, one.entry))
    return address == one.address or entry.students == one.entry.students
