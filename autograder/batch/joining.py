"""Join the records of several folders into one class: each person once, and a conflict where marks differ."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from os.path import commonpath
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from ..grading.people import Student
from ..grading.results import OurPart, Record
from ..sandbox.text import amount
from .tables import NOT_YET


@dataclass(frozen=True)
class Conflict:
    """A person with different marks in two folders."""

    records: list[Record]
    folders: list[Path]

    @property
    def _marks(self) -> str:
        return ", ".join(
            f"{_marks_of(record.ours)} in {folder}" for record, folder in zip(self.records, self.folders, strict=True)
        )

    @property
    def status(self) -> str:
        """What the table says about it."""
        return f"{NOT_YET}: two folders differ: {self._marks}"

    @property
    def told(self) -> str:
        """What the terminal says about it, with what to do."""
        who = self.records[0].ours.entry.names or self.records[0].ours.file
        paths = " or ".join(
            f"{folder}/results/{record.ours.file}.json"
            for record, folder in zip(self.records, self.folders, strict=True)
        )
        return f"conflict: {who}: {self._marks}; move away the one that does not count, {paths}, and merge again"

    @property
    def students(self) -> list[Student]:
        """Everybody concerned."""
        return everybody(self.records)


@dataclass
class Joined:
    """The records of one class."""

    records: list[Record] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def join(parts: Sequence[tuple[Path, Sequence[Record]]]) -> Joined:
    """Find the same people in several folders.

    Args:
        parts: each folder with its records.
    """
    every = [(folder, record) for folder, records in parts for record in records]
    joined = Joined()
    for same in _by_person([record for _, record in every]):
        mine = [every[place] for place in same]
        graded = [one for one in mine if one[1].ours.completed] or mine[:1]
        if len({_outcome(record.ours) for _, record in graded}) > 1:
            joined.conflicts.append(Conflict([one for _, one in graded], [folder for folder, _ in graded]))
        else:
            latest = max((one for _, one in graded), key=lambda one: one.ours.entry.submitted)
            joined.records.append(with_students(latest, everybody([one for _, one in graded])))
    joined.records = _labelled(joined.records)
    return joined


def everybody(records: Sequence[Record]) -> list[Student]:
    """The students of several records of the same people, each once, with the fullest details that are known."""
    known = _known(records)
    found: dict[Hashable, Student] = {}
    for record in sorted(records, key=lambda one: -len(one.ours.entry.students)):
        for student in record.ours.entry.students:
            keys = _keys_of(student, known)
            old = next((found[key] for key in keys if key in found), student)
            best = max(old, student, key=lambda one: sum(map(bool, (one.name, one.id, one.email))))
            found |= dict.fromkeys(keys, best)
    return list(dict.fromkeys(found.values()))


def with_students(record: Record, students: list[Student]) -> Record:
    """The same record, with these students."""
    if record.ours.entry.students == students:
        return record
    ours = replace(record.ours, entry=replace(record.ours.entry, students=students))
    return replace(record, extra_data=replace(record.extra_data, autograder=ours))


def _by_person(records: Sequence[Record]) -> list[list[int]]:
    """The positions of the records of each person, or of each group, in the order of their first record."""
    first: dict[Hashable, int] = {}
    root = list(range(len(records)))

    def find(place: int) -> int:
        while root[place] != place:
            place = root[place]
        return place

    known = _known(records)
    for place, record in enumerate(records):
        for key in _keys(record, known):
            root[find(place)] = find(first.setdefault(key, place))
    found = defaultdict[int, list[int]](list)
    for place in range(len(records)):
        found[find(place)].append(place)
    return list(found.values())


def _known(records: Sequence[Record]) -> dict[str, set[tuple[Hashable, ...]]]:
    """For each name of a student, the ids and addresses of the people who have that name."""
    found: dict[str, set[tuple[Hashable, ...]]] = defaultdict(set)
    for record in records:
        for student in record.ours.entry.students:
            if sure := _sure(student):
                found[_plain(student.name)].add(tuple(sure))
    return found


def _keys(record: Record, known: dict[str, set[tuple[Hashable, ...]]]) -> list[Hashable]:
    """What tells whose a record is: ids and addresses, even those known for the name; or else the name or the file."""
    students = record.ours.entry.students
    if not students:
        return [("file", record.ours.file)]
    return [key for student in students for key in _keys_of(student, known)]


def _keys_of(student: Student, known: dict[str, set[tuple[Hashable, ...]]]) -> list[Hashable]:
    name = _plain(student.name)
    same = known.get(name, set())
    return _sure(student) or (list(next(iter(same))) if len(same) == 1 else [("name", name)])


def _sure(student: Student) -> list[Hashable]:
    sure: list[Hashable] = [("id", _plain(student.id))] if student.id else []
    return [*sure, *([("email", _plain(student.email))] if student.email else [])]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _outcome(part: OurPart) -> Hashable:
    """What must agree between two folders."""
    cases = tuple(sorted((case.question, case.name, case.passed, case.points) for case in part.cases))
    return part.completed, bool(part.unread), cases if part.marked else ()


def _marks_of(part: OurPart) -> str:
    return amount(sum(part.own_points.values()), "point") if part.marked else part.unread or part.status


def _labelled(records: list[Record]) -> list[Record]:
    """If records have the same name, put folders in front of it, as a single run would."""
    names = Counter(record.ours.file for record in records)
    clash = [record.ours.path for record in records if names[record.ours.file] > 1]
    common = commonpath([str(PurePosixPath(path).parent) for path in clash]) if clash else ""
    taken, labelled = set(names), []
    for record in records:
        file = record.ours.file
        if names[file] > 1:
            path = PurePosixPath(record.ours.path)
            file = path.relative_to(common).as_posix() if path.is_relative_to(common) else f"{path.parent.name}/{file}"
            number = 2
            while file in taken:
                file, number = f"{path.parent.name}-{number}/{record.ours.file}", number + 1
            taken.add(file)
        ours = replace(record.ours, file=file)
        labelled.append(replace(record, extra_data=replace(record.extra_data, autograder=ours)))
    return labelled
