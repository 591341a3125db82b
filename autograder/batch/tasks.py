"""Tasks: submissions that are ready to be graded, and the code that grades one after another."""

import hashlib
import json
import time

import msgspec

from ..errors import NOT_GRADED, OurFault, SubmissionError, our_fault
from ..grading.grade import grade_submission, unreadable, wanted
from ..grading.gradescope import about, gradescope_results, shown_by
from ..grading.people import Entry
from ..grading.results import TOLD_STUDENTS, Graded, OurPart, Record, record_of
from ..grading.results_json import GradescopeResults
from ..grading.submission import parse_submission
from ..sandbox import Sandbox
from ..version import digest_of_package, digest_of_zip, identity
from ..zips.reading import ZipContent


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
    entry: Entry = Entry()
    """Who handed it in, and when."""
    problem: str = ""
    """Why it cannot be read at all, for the student."""
    fault: str = ""
    """Why it cannot be read because of a fault on our side, for staff."""
    grader: str = ""
    """Identifies what grades it; see ``grader_of``."""


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


def not_graded(task: Task, reason: str) -> Record:
    """The record of a submission that could not be graded because of a fault on our side: no cases, no points."""
    ours = OurPart(
        cases=[], status=f"{NOT_GRADED}: {reason}", file=task.label, path=task.path, autograder=task.autograder,
        entry=task.entry, key=task.key, grader=task.grader,
    )  # fmt: skip
    return record_of(GradescopeResults(tests=[], output=TOLD_STUDENTS, output_format="text"), ours)


class Recorder:
    """Makes records of graded submissions."""

    def __init__(self, content: ZipContent) -> None:
        self.test_files = content.test_files
        self._shown = shown_by(content.settings, json.loads(content.config), self.test_files)
        self._program = identity()

    def record(self, task: Task, graded: Graded, seconds: float, chosen: str = "") -> Record:
        """Put together the record of a submission."""
        ours = OurPart(
            **msgspec.structs.asdict(graded), file=task.label, path=task.path, autograder=task.autograder,
            entry=task.entry, key=task.key, grader=task.grader, chosen=chosen, shown=self._shown,
            seconds=round(seconds, 3),
        )  # fmt: skip
        return record_of(gradescope_results(ours, self._shown), ours, about(graded, self._program, task.key, seconds))


class Grader:
    """Grades one submission after another with one autograder.zip."""

    def __init__(self, content: ZipContent, sandbox: Sandbox) -> None:
        self.content, self.sandbox = content, sandbox
        self._recorder = Recorder(content)

    def grade(self, task: Task) -> Record:
        """Grade a submission and return its record. Our own faults end up in its status, never as an exception."""
        begun = time.monotonic()
        try:
            chosen, graded = self._graded(task)
            return self._recorder.record(task, graded, time.monotonic() - begun, chosen)
        except Exception as error:
            return not_graded(task, str(our_fault(error)))

    def _graded(self, task: Task) -> tuple[str, Graded]:
        """The file of the submission that was run, and its results."""
        test_files = self.content.test_files
        try:
            if task.fault:
                raise OurFault(task.fault)
            if task.problem:
                raise SubmissionError(task.problem)
            judge, settings = self.content.judge, self.content.settings
            submission = parse_submission(task.name, task.content, wanted(judge, settings))
            return submission.name, grade_submission(submission, judge, settings, self.sandbox)
        except SubmissionError as error:
            return "", unreadable(test_files, error)
