"""Who handed in a submission, and when."""

import msgspec


class Student(msgspec.Struct, frozen=True):
    """A student, as far as known. An id is a text: it may begin with zeros."""

    name: str = ""
    id: str = ""
    email: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What the download of a class says about a submission. A table has a row for each of its students."""

    students: list[Student] = []
    """One; several if a group handed in together."""
    submitted: str = ""
    """When, as far as the download says: ``2026-11-20 23:58:00``, or in its own words."""
    attempt: str = ""
    """The number of the attempt that counts, if there are several."""
    late: str = ""
    """``yes`` or ``no``; empty if the download does not say."""
    earlier: list[str] = []
    """Paths of the attempts that do not count."""

    @property
    def names(self) -> str:
        """The names of all students, for a heading."""
        return ", ".join(student.name or student.email or student.id for student in self.students)


def bare_numbers(*texts: str) -> set[str]:
    """The ids that are numbers, without the zeros with which they begin: a spreadsheet drops these."""
    return {text.lstrip("0") for text in texts if text.isdecimal()}
