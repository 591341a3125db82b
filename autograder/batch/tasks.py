"""Tasks: submissions that are ready to be graded, and the code that grades one after the other."""

import hashlib
import json
import time
from collections.abc import Callable

import msgspec

from ..errors import SubmissionError
from ..grading.grade import grade_submission, not_run, unreadable, wanted
from ..grading.gradescope import GradescopeForm
from ..grading.results import Graded, OurPart, Record, Student, record_of
from ..grading.submission import parse_submission
from ..sandbox import Sandbox
from ..version import digest_of_package, digest_of_zip
from ..zips.reading import ZipContent

#: Message of every test case if a submission could not be graded and the fault is ours.
FAULT = "Not graded: there is a fault in the autograder."


class Task(msgspec.Struct, frozen=True):
    """One submission, ready to be graded in any process or on any machine."""

    label: str
    path: str
    """Its path on the machine that sends the task. In a zipped export, the path inside the zip follows."""
    name: str
    """File name."""
    content: bytes
    key: str
    """Identifies the submission and what grades it; see ``key_of``."""
    autograder: str
    """Path of the zip on the machine that sends the task."""
    student: Student | None = None
    problem: str = ""
    """Why it cannot be read, as a message for the student."""


#: Takes a task that could not be graded and the reason; makes its record.
Failed = Callable[[Task, str], Record]


def grader_of(archive: bytes) -> bytes:
    """Return the digest of everything that grades: the files of this program, and the autograder.zip."""
    return digest_of_package() + digest_of_zip(archive)


def key_of(content: bytes, name: str, grader: bytes) -> str:
    """Return a text that changes with the submission, the autograder.zip and every file of this program.

    Args:
        content: the submission's content.
        name: its file name.
        grader: what ``grader_of`` returns. It takes a few milliseconds, so call it once per command.
    """
    digest = hashlib.sha256()
    for part in (grader, name.encode("utf-8", "replace"), content):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


class Recorder:
    """Makes records of graded submissions."""

    def __init__(self, content: ZipContent) -> None:
        self.test_files = content.test_files
        self._form = GradescopeForm(self.test_files, json.loads(content.config))

    def record(self, task: Task, graded: Graded, seconds: float) -> Record:
        """Put together the record of a submission."""
        ours = OurPart(
            **msgspec.structs.asdict(graded), file=task.label, path=task.path, autograder=task.autograder,
            student=task.student, key=task.key, seconds=round(seconds, 3),
        )  # fmt: skip
        return record_of(self._form.fill(graded), ours)

    def failed(self, task: Task, reason: str) -> Record:
        """Make the record of a submission that could not be graded; the fault is ours."""
        return self.record(task, not_run(self.test_files, FAULT, status=reason), 0.0)


class Grader:
    """Grades one submission after the other with one autograder.zip."""

    def __init__(self, content: ZipContent, sandbox: Sandbox) -> None:
        self.content, self.sandbox = content, sandbox
        self._recorder = Recorder(content)

    def grade(self, task: Task) -> Record:
        """Grade a submission and return its record. Our own faults end up in its status, never as an exception."""
        begun = time.monotonic()
        graded = self._graded(task)
        return self._recorder.record(task, graded, time.monotonic() - begun)

    def _graded(self, task: Task) -> Graded:
        test_files = self.content.test_files
        try:
            if task.problem:
                raise SubmissionError(task.problem)
            judge, settings = self.content.judge, self.content.settings
            submission = parse_submission(task.name, task.content, wanted(judge, settings))
            return grade_submission(submission, judge, settings, self.sandbox)
        except SubmissionError as error:
            return unreadable(test_files, str(error))
        except Exception as error:
            return not_run(test_files, FAULT, status=f"{type(error).__name__}: {error}")
