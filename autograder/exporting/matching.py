"""Find out who on a list each mark belongs to: by id, then by email, then by name. Ambiguous cases stay open."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ..batch.graded import PersonMark
from ..batch.roster import Member, Sheet, plain_name, squeezed
from ..grading.people import Student, bare_numbers

#: How Moodle's grading worksheet names a participant, in any language. The download has the same number.
_PARTICIPANT = re.compile(r"[^\d@\s][^\d@]*(\d+)")

#: The column that only a grading worksheet has, with the highest grade.
MOST = re.compile(r"m[aá]x|massim", re.IGNORECASE)


@dataclass(frozen=True)
class Listed:
    """A row of a list."""

    cells: list[str]
    member: Member | None = None
    """The person it is about; None if it is about nobody."""
    participant: str = ""
    """Moodle's number of the participant in the assignment, if the list is a grading worksheet."""

    @property
    def student(self) -> Student:
        """The person it is about, as far as known."""
        return self.member.student if self.member else Student()

    @property
    def name(self) -> str:
        """What to call the person."""
        return self.student.name or self.student.email or self.student.id or " ".join(self.cells[:2])


@dataclass
class Matched:
    """A list and a class side by side."""

    rows: list[Listed] = field(default_factory=list)
    """Everybody on the list."""
    mark_of: dict[int, PersonMark] = field(default_factory=dict)
    """Their marks, by their position in ``rows``."""
    strangers: list[PersonMark] = field(default_factory=list)
    """The marks of those who are not on the list."""
    doubts: list[str] = field(default_factory=list)
    """Messages about marks that could belong to several rows."""
    doubtful: set[int] = field(default_factory=set)
    """The positions of rows that a mark could belong to, if it is not clear to which."""

    @property
    def absent(self) -> list[tuple[int, Listed]]:
        """Those on the list for whom nothing was graded, with their positions."""
        return [
            (place, row)
            for place, row in enumerate(self.rows)
            if place not in self.mark_of and place not in self.doubtful
        ]


def listed_rows(sheet: Sheet) -> list[Listed]:
    """The rows of a list that are about a person, and rows for which Moodle gives only a number."""
    place = participant_column(sheet)
    rows = []
    for cells, member in sheet.rows:
        found = _PARTICIPANT.fullmatch(cells[place].strip()) if place is not None and place < len(cells) else None
        if found:
            rows.append(Listed(cells, member or Member(Student(), frozenset(), frozenset()), found[1]))
        elif member:
            rows.append(Listed(cells, member))
    return rows


def participant_column(sheet: Sheet) -> int | None:
    """The column of a worksheet that numbers the participants, such as "Participant 12". It can only be the first."""
    cells = [cells[0].strip() for cells, _ in sheet.rows if cells and cells[0].strip()]
    heads = {re.sub(r"\d+$", "", cell) for cell in cells}
    whole = bool(cells) and all(map(_PARTICIPANT.fullmatch, cells))
    return 0 if whole and len(heads) == 1 and any(map(MOST.search, sheet.head[1:])) else None


def match(marks: Sequence[PersonMark], rows: Sequence[Listed]) -> Matched:
    """Find the mark of each row.

    A mark and a row belong together if nothing else fits either of them. If several fit, the next way of matching is
    tried. If none decides, the mark is reported as doubtful.
    """
    matched, left = Matched(list(rows)), dict(enumerate(marks))
    several = dict[int, set[int]]()
    free = set(range(len(rows)))
    for of_mark, of_row in _WAYS:
        places = defaultdict[str, set[int]](set)
        for place in free:
            for key in of_row(rows[place]):
                places[key].add(place)
        fitting = {number: set().union(*(places[key] for key in of_mark(mark))) for number, mark in left.items()}
        claims = Counter(place for found in fitting.values() for place in found)
        for number, found in fitting.items():
            place = next(iter(found), -1)
            if len(found) == 1 and claims[place] == 1 and not _contradicts(left[number], place, rows, free):
                matched.mark_of[place] = left[number]
            elif found:
                several[number] = several.get(number, set()) | found
        free -= matched.mark_of.keys()
        known = {id(mark) for mark in matched.mark_of.values()}
        left = {number: mark for number, mark in left.items() if id(mark) not in known}
    for number, mark in left.items():
        if open_ := several.get(number, set()) & free:
            matched.doubtful |= open_
            names = " or ".join(f"{rows[place].name} ({_known(rows[place].student)})" for place in sorted(open_))
            matched.doubts.append(
                f"{mark.name} ({_known(mark.student)}) may be {names}: correct the list, or enter this mark yourself"
            )
        else:
            matched.strangers.append(mark)
    return matched


def _contradicts(mark: PersonMark, place: int, rows: Sequence[Listed], free: Iterable[int]) -> bool:
    """Whether the name of a mark differs from that of its row, but is that of another row."""
    name, here = plain_name(mark.student.name), rows[place].member
    if not name or here is None or not here.names or _is_called(name, here):
        return False
    return any(_is_called(name, member) for other in free if other != place and (member := rows[other].member))


def _is_called(plain: str, member: Member) -> bool:
    return any(plain in {name, *squeezed(name)} for name in member.names)


def _known(student: Student) -> str:
    return student.id or student.email or "no id"


def _folded(*texts: str) -> list[str]:
    return [text.strip().casefold() for text in texts if text.strip()]


def _exact(name: str) -> list[str]:
    """A name as it is written; "Last, First" is "First Last"."""
    last, comma, first = name.partition(",")
    return [" ".join(unicodedata.normalize("NFC", f"{first} {last}" if comma else name).split())] if name else []


def _participant(mark: PersonMark) -> list[str]:
    return _folded(mark.student.id) if re.search(r"_\d+_assignsubmission_", mark.row.file) else []


def _logins(row: Listed) -> list[str]:
    return list(row.member.ids) if row.member else []


def _plain_names(row: Listed) -> list[str]:
    names = row.member.names if row.member else []
    return [form for name in names for form in {name, *squeezed(name)} if form]


#: The ways of matching, in order: what identifies a mark, and what identifies a row.
_WAYS: tuple[tuple[Callable[[PersonMark], Sequence[str]], Callable[[Listed], Sequence[str]]], ...] = (
    (_participant, lambda row: [row.participant] if row.participant else []),
    (lambda mark: _folded(mark.student.id), _logins),
    (lambda mark: _folded(mark.student.email), lambda row: [*_folded(row.student.email), *_logins(row)]),
    (lambda mark: _exact(mark.student.name), lambda row: _exact(row.student.name)),
    (lambda mark: list(filter(None, [plain_name(mark.student.name)])), _plain_names),
    (lambda mark: [] if mark.student.id else _folded(mark.student.name), _logins),
    (lambda mark: [*bare_numbers(mark.student.id or mark.student.name)], lambda row: [*bare_numbers(*_logins(row))]),
)
