"""The roster: a list of the people in a class, as a CSV file that a course system or an office exports."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import AutograderError
from ..grading.people import Student, bare_numbers
from ..grading.sheets import rows_of

#: Headings of columns, in lower case without punctuation.
_NAMES = re.compile(r"(full |display |student )?name|students?|teilnehmer(in)?|nom complet|sortable name")
_FIRST = re.compile(r"(first|given|fore) ?names?|vornamen?|prénom|first")
_LAST = re.compile(r"(last|family) ?names?|sur ?name|nachname|familienname|nom|last")
_IDS = re.compile(
    r"(student |sis |user |canvas |id |login |org defined |matriculation |campus )*(id|sid|number|nummer|no)"
    r"|matrikel(nummer|nr)?|login|user ?name|net ?id|orgdefinedid|anonymous id|kennung"
)
#: Rows of Canvas's gradebook that are not about a person.
_NOBODY = re.compile(r"points possible|student, test|test student", re.IGNORECASE)
_EMAILS = re.compile(r"(e ?mail|institutional email)( ?address| ?adresse)?")


@dataclass(frozen=True)
class Member:
    """A person on the list, with all ids and names that it gives."""

    student: Student
    ids: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True)
class Sheet:
    """A list, with its cells as they were written."""

    head: list[str]
    rows: list[tuple[list[str], Member | None]]
    """The cells of each row, and the person it is about; None if it is about nobody."""

    @property
    def kinds(self) -> list[str]:
        """What each column says about a person: ``name``, ``first``, ``last``, ``id``, ``email``, or empty."""
        return list(map(_kind, self.head))


def read_roster(path: Path) -> list[Member]:
    """Read a list of people.

    Raises:
        AutograderError: it cannot be read, or has no column of names, ids or emails.
    """
    return [member for _, member in read_sheet(path).rows if member]


def read_sheet(path: Path) -> Sheet:
    """Read a list of people, with all its columns.

    Raises:
        AutograderError: it cannot be read, or has no column of names, ids or emails.
    """
    try:
        rows = [row for row in rows_of(path.read_bytes()) if any(map(str.strip, row))]
    except (OSError, csv.Error) as error:
        raise AutograderError(f"cannot read the roster {path}: {error}") from error
    kinds = [_kind(cell) for cell in rows[0]] if rows else []
    if not any(kinds):
        raise AutograderError(
            f"the roster {path} needs a first line that names its columns, with one of name (or first name and last "
            f"name), id, email; it has {', '.join(rows[0])[:200] if rows else 'nothing'}"
        )
    members = [(row, _member(list(zip(kinds, map(str.strip, row), strict=False)))) for row in rows[1:]]
    return Sheet(rows[0], [(row, member if _is_person(member) else None) for row, member in members])


def _is_person(member: Member) -> bool:
    known = member.ids or member.names or member.student.email
    return bool(known) and not _NOBODY.fullmatch(member.student.name)


def _kind(heading: str) -> str:
    plain = " ".join(re.sub(r"[^\w]+", " ", heading.casefold().replace("_", " ")).split())
    kinds = (("email", _EMAILS), ("first", _FIRST), ("last", _LAST), ("name", _NAMES), ("id", _IDS))
    return next((kind for kind, pattern in kinds if pattern.fullmatch(plain)), "")


def _member(cells: Sequence[tuple[str, str]]) -> Member:
    found = {
        kind: [text for other, text in cells if other == kind and text]
        for kind in ("name", "first", "last", "id", "email")
    }
    both = [" ".join(found["first"][:1] + found["last"][:1])] if found["first"] or found["last"] else []
    names, emails = found["name"] + both, found["email"]
    student = Student(next(iter(both + names), ""), next(iter(found["id"]), ""), next(iter(emails), ""))
    logins = {email.split("@")[0].casefold() for email in emails}
    return Member(student, frozenset(map(str.casefold, found["id"])) | logins, frozenset(map(plain_name, names)))


def plain_name(name: str) -> str:
    """A name without order, case and accents: "Beispiel, Jana" and "Jana Beispiel" are both "beispiel jana"."""
    bare = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode() or name.casefold()
    return " ".join(sorted(re.findall(r"\w+", bare)))


def squeezed(name: str) -> set[str]:
    """A plain name as Canvas may write it: its words run together, in rotated or reversed order."""
    words = name.split()
    return {"".join(words[turn:] + words[:turn]) for turn in range(len(words))} | {"".join(reversed(words))}


class Roster:
    """Matches the people of a class with a list."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._left = list(members)
        self.strangers: list[Student] = []
        """People in the class who are not on the list."""

    def complete(self, students: Iterable[Student]) -> dict[Student, Student]:
        """Match the people of a class by id, then by email, then by name. Fill in what the download does not say.

        A spreadsheet drops the zeros with which an id begins. Such an id counts where it can only be one person's.
        """
        found, waiting = dict[Student, Student](), list(students)
        for likeness in (_same_id, _same_email, _same_name, _same_number):
            for student in list(waiting):
                fitting = [member for member in self._left if likeness(student, member)]
                if likeness is _same_number:
                    rivals = [other for other in waiting if any(likeness(other, member) for member in fitting)]
                    fitting = fitting if len(fitting) == len(rivals) == 1 else []
                if fitting:
                    self._left.remove(fitting[0])
                    waiting.remove(student)
                    listed = fitting[0].student
                    found[student] = Student(
                        student.name or listed.name, student.id or listed.id, student.email or listed.email
                    )
        self.strangers += waiting
        return found

    def missing(self) -> Iterator[Student]:
        """Those on the list who have not been matched."""
        return (member.student for member in self._left)


def _same_id(student: Student, member: Member) -> bool:
    own = {text.casefold() for text in (student.id, student.name, student.email.split("@")[0]) if text}
    return bool(own & member.ids)


def _same_number(student: Student, member: Member) -> bool:
    return bool(bare_numbers(student.id, student.name) & bare_numbers(*member.ids))


def _same_email(student: Student, member: Member) -> bool:
    return bool(student.email) and student.email.casefold() == member.student.email.casefold()


def _same_name(student: Student, member: Member) -> bool:
    plain = plain_name(student.name)
    return bool(plain) and (plain in member.names or any(plain in squeezed(name) for name in member.names))
