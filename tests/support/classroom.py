"""Whom the paths of a test hold, in the form in which samples expect them."""

from pathlib import Path

from autograder.batch.attempts import Choice
from autograder.batch.found import Found
from autograder.batch.patterns import custom
from autograder.batch.rolls import Layout, Reading
from autograder.batch.submissions import Classroom, find
from autograder.errors import AutograderError
from autograder.grading.submission import Wanted
from tests.support.packing import ASSIGNMENT, NB, Expected

WANTED = Wanted(("init",), ASSIGNMENT)


def classroom(*paths: Path, layout: Layout = "auto", pattern: str = "", attempt: Choice = "latest") -> Classroom:
    """Whom downloads hold."""
    reading = Reading(WANTED, layout, custom(pattern) if pattern else None)
    with find(paths, reading, attempt, {}) as found:
        for one in found.found:
            read_quietly(one)
        return found


def read_quietly(one: Found) -> tuple[str, bytes]:
    """What is graded, or why it cannot be read."""
    try:
        return one.read()
    except AutograderError as error:
        return str(error), b""


def people(found: Classroom) -> list[Expected]:
    """The people of a class, as the samples expect them."""
    return [
        (student.name, student.id, student.email, one.entry.late, one.entry.attempt, one.label)
        for one in found.found
        for student in one.entry.students
    ]


def names(found: Classroom) -> list[str]:
    """The names of the people of a class."""
    return sorted(student.name for one in found.found for student in one.entry.students)


def write(folder: Path, *files: str, content: bytes = NB) -> Path:
    """Write files of the same content."""
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder
