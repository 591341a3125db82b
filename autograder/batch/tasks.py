"""Tasks: submissions as they are handed to whoever grades them, and the grading of one after the other."""

import hashlib
import json
import time
from collections.abc import Callable

import msgspec

from .. import __version__
from ..errors import SubmissionError
from ..grading.grade import grade_submission, not_run, unreadable
from ..grading.gradescope import GradescopeForm
from ..grading.results import Graded, OurPart, Record, Student, record_of
from ..grading.submission import parse_submission
from ..sandbox import Sandbox
from ..zips.reading import ZipContent

#: The message of the test cases of a submission that could not be graded for a reason that is ours.
FAULT = "Not graded: there is a fault in the autograder."


class Task(msgspec.Struct, frozen=True):
    """One submission, ready to be graded in any process or on any machine."""

    label: str
    path: str
    """Where it lies on the machine that asks; in an export's zip, with the path inside of it."""
    name: str
    """File name."""
    content: bytes
    key: str
    """Tells this submission and autograder from all others."""
    autograder: str
    """Path of the zip on the machine that asks."""
    student: Student | None = None
    problem: str = ""
    """Why it cannot be read at all, for the student."""


#: Makes the record of a task that could not be graded, for a reason.
Failed = Callable[[Task, str], Record]


def digest_of(archive: bytes) -> bytes:
    """What stands for an autograder.zip in keys."""
    return hashlib.sha256(archive).digest()


def key_of(content: bytes, name: str, archive: bytes) -> str:
    """A text that changes with the submission, the autograder.zip, or the version of this program.

    Args:
        content: of the submission.
        name: of its file.
        archive: the digest of the autograder.zip.
    """
    digest = hashlib.sha256()
    for part in (__version__.encode(), name.encode("utf-8", "replace"), archive, content):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


class Recorder:
    """Makes records of graded submissions."""

    def __init__(self, content: ZipContent) -> None:
        self.test_files = content.test_files
        self._form = GradescopeForm(self.test_files, json.loads(content.config))

    def record(self, task: Task, graded: Graded, seconds: float) -> Record:
        """Put together what is written for a submission."""
        ours = OurPart(
            **msgspec.structs.asdict(graded), file=task.label, path=task.path, autograder=task.autograder,
            student=task.student, key=task.key, seconds=round(seconds, 3),
        )  # fmt: skip
        return record_of(self._form.fill(graded), ours)

    def failed(self, task: Task, reason: str) -> Record:
        """The record of a submission that could not be graded for a reason that is ours."""
        return self.record(task, not_run(self.test_files, FAULT, status=reason), 0.0)


class Grader:
    """Grades one submission after the other with one autograder.zip."""

    def __init__(self, content: ZipContent, sandbox: Sandbox) -> None:
        self.content, self.sandbox = content, sandbox
        self._recorder = Recorder(content)

    def grade(self, task: Task) -> Record:
        """Grade a submission and return its record; a fault of ours is its status, never an exception."""
        begun = time.monotonic()
        graded = self._graded(task)
        return self._recorder.record(task, graded, time.monotonic() - begun)

    def _graded(self, task: Task) -> Graded:
        test_files = self.content.test_files
        try:
            if task.problem:
                raise SubmissionError(task.problem)
            submission = parse_submission(task.name, task.content, self.content.judge.functions)
            return grade_submission(submission, self.content.judge, self.content.settings, self.sandbox)
        except SubmissionError as error:
            return unreadable(test_files, str(error))
        except Exception as error:
            return not_run(test_files, FAULT, status=f"{type(error).__name__}: {error}")
