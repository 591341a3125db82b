"""The results of a submission as types, and how they are written to disk and read back.

A record is a file in the format of Gradescope's results.json. Our part is in its ``extra_data``.
"""

import math
from pathlib import Path
from typing import Literal, get_args

import msgspec

from ..checking.marks import Parts
from ..errors import NOT_GRADED
from ..settings import HiddenResults
from .changes import Change, of_student, points_with
from .files import RecordError, parsed, typed
from .people import Entry, Student
from .pictures import MarkedPicture
from .results_json import About, GradescopeResults
from .seen import CellRun, PrintedText, RunFacts, Thumbnail, describe_printed

Outcome = Literal["passed", "failed", "timed out", "error", "not run"]

#: The outcomes of a test case, in the order of the report. Only the first gives points.
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

#: Status of a submission that was graded without problems, no matter what its marks are.
COMPLETED = "Completed"

#: How the reason begins if a submission has no marks because of what was handed in, not because of a fault of ours.
UNREADABLE, NOTHING = "unreadable", "nothing to grade"

#: What the student reads if we are at fault.
TOLD_STUDENTS = "Not graded: there is a fault in the autograder, not in your submission. Please tell the course staff."

#: The version of our part of a record. It changes whenever the format does.
VERSION = 4


class CaseResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one test case."""

    question: str
    name: str
    points: int | float
    """What it is worth."""
    hidden: bool = False
    outcome: Outcome
    message: str = ""
    """For the student; empty if the case passed."""
    staff: str = ""
    """Details that only staff may read."""
    parts: list[Parts] = []
    """What is right, missing and surplus in an answer that consists of parts. It may be shown with the message."""

    @property
    def passed(self) -> bool:
        """Whether it passed."""
        return self.outcome == "passed"

    @property
    def earned(self) -> int | float:
        """Its points if it passed, otherwise 0."""
        return self.points if self.passed else 0


class Graded(msgspec.Struct, frozen=True, kw_only=True):
    """A graded submission."""

    cases: list[CaseResult]
    """Every declared case, in the order of the test files."""
    whole: list[str] = []
    """Questions that give points only if all of their cases pass: Otter's ``all_or_nothing``."""
    cells: list[CellRun] = []
    note: str = ""
    """A note for the student about the submission as a whole."""
    printed: list[PrintedText] = []
    """What the student may read of what was printed, without what the handout's own cells print."""
    staff: str = ""
    """A note that only staff may read."""
    run: RunFacts = RunFacts()
    drawing: Thumbnail | None = None
    pictures: list[MarkedPicture] = []
    """Pictures of its drawings with the faults marked; see ``pictures_for``."""
    status: str = COMPLETED
    """COMPLETED; else NOT_GRADED, and the reason."""
    unread: str = ""
    """Why nothing of it could be run, beginning with UNREADABLE or NOTHING. It earns nothing, but has no mark of 0."""

    @property
    def told(self) -> str:
        """The note for the student with what was printed, as plain text."""
        return "\n\n".join(filter(None, [self.note, describe_printed(self.printed)]))

    @property
    def marked(self) -> bool:
        """Whether its points say what it is worth: it was graded, and there was something to run."""
        return self.completed and not self.unread

    @property
    def completed(self) -> bool:
        """Whether it was graded. If not, it has no points and must be graded again."""
        return self.status == COMPLETED

    @property
    def fault(self) -> str:
        """Why it was not graded; empty if it was."""
        return "" if self.completed else self.status.removeprefix(f"{NOT_GRADED}: ")

    @property
    def possible(self) -> dict[str, int | float]:
        """Points that each question is worth."""
        return {name: round(sum(case.points for case in cases), 5) for name, cases in self._by_question().items()}

    @property
    def points(self) -> dict[str, int | float]:
        """Points earned in each question; meaningless if the submission was not graded."""
        return self.own_points

    @property
    def own_points(self) -> dict[str, int | float]:
        """The points that the test cases gave, without what a person has changed."""
        if not self.completed:
            return {}
        return {name: round(self._earned(name, cases), 5) for name, cases in self._by_question().items()}

    @property
    def total(self) -> int | float:
        """Points earned in all questions; meaningless if the submission was not graded."""
        return round(sum(self.points.values()), 5)

    @property
    def staff_report(self) -> str:
        """The text for staff only: remarks, and the details of cases that were run and did not pass."""
        parts = [self.staff]
        for case in self.cases:
            if case.outcome not in {"passed", "not run"}:
                parts.append(f"{case.name}: {case.outcome}\n    {case.message}")
                parts += [f"    {line}" for line in case.staff.splitlines()]
        return "\n".join(part for part in parts if part)

    def _by_question(self) -> dict[str, list[CaseResult]]:
        found: dict[str, list[CaseResult]] = {}
        for case in self.cases:
            found.setdefault(case.question, []).append(case)
        return found

    def _earned(self, question: str, cases: list[CaseResult]) -> int | float:
        if question in self.whole and not all(case.passed for case in cases):
            return 0
        return sum(case.earned for case in cases)


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What the settings say about the page of a submission."""

    hidden_results: HiddenResults = "after_published"
    """When students see the results of hidden test cases."""
    by_person: dict[str, float] = {}
    """Points of the questions that a person grades."""
    scale: dict[str, float] = {}
    """Otter's ``points_possible`` and ``score_threshold``, if they are set."""
    show_stdout: bool = False
    """Whether students see what a container prints, once marks are published."""


class OurPart(Graded, frozen=True, kw_only=True):
    """Our part of a record: the graded submission, whose it is, and what it was graded with."""

    version: int = VERSION
    file: str
    """Its name in tables: the file name, with folders in front if two submissions would have the same name."""
    path: str = ""
    """Its path."""
    autograder: str = ""
    """Path of the autograder.zip."""
    entry: Entry = Entry()
    """Who handed it in, and when."""
    chosen: str = ""
    """The file of the submission that was run, if any."""
    key: str = ""
    """Changes with the submission, the autograder.zip and the program."""
    grader: str = ""
    """Changes with the autograder.zip and the program."""
    shown: Shown = Shown()
    """What the settings say about its page."""
    changes: list[Change] = []
    """What a person has changed; see ``overrides``."""
    seconds: float = 0.0

    @property
    def points(self) -> dict[str, int | float]:
        """Points of each question, with what was changed for all who handed in the submission."""
        return self.points_of(None)

    def points_of(self, student: Student | None) -> dict[str, int | float]:
        """Points of each question, with what was changed for a member of a group."""
        mine = of_student(self.changes, student)
        own = self.own_points if self.marked or not mine else {}
        cases = {
            name: {case.name: (case.earned, case.points) for case in cases}
            for name, cases in self._by_question().items()
        }
        return points_with(own, mine, cases, self.whole) if mine else own


class Extra(msgspec.Struct, frozen=True):
    """Data that Gradescope stores for us and does not read."""

    autograder: OurPart
    about: About = About()


class Record(GradescopeResults, frozen=True, kw_only=True):
    """Graded results on disk."""

    extra_data: Extra

    @property
    def ours(self) -> OurPart:
        """Our part of the record."""
        return self.extra_data.autograder


class OlderRecord(RecordError):
    """A record from an older version of the autograder. Its submission must be graded again."""

    def __init__(self, version: object, file: str, path: str) -> None:
        super().__init__(f"written by an older version of 'autograder grade' (format {version})")
        self.file, self.path = file, path


def record_of(results: GradescopeResults, ours: OurPart, about: About | None = None) -> Record:
    """Add our part to results in Gradescope's format."""
    return Record(**msgspec.structs.asdict(results), extra_data=Extra(ours, about or About()))


def read_record(path: Path) -> Record:
    """Read a record from a file.

    Raises:
        OSError: the file cannot be read.
        OlderRecord: it is from an older version.
        RecordError: it is damaged, or 'autograder grade' did not write it.
    """
    raw = parsed(path.read_bytes())
    extra = raw.get("extra_data") if isinstance(raw, dict) else None
    ours = extra.get("autograder") if isinstance(extra, dict) else None
    if not isinstance(ours, dict):
        raise RecordError("not written by 'autograder grade': its data in 'extra_data' is missing")
    version = ours.get("version")
    if isinstance(version, int) and version < VERSION:
        raise OlderRecord(version, str(ours.get("file")), str(ours.get("path")))
    if version != VERSION:
        raise RecordError(f"written by another version of 'autograder grade' (format {version!r:.20})")
    record = typed(raw, Record)
    if not all(map(math.isfinite, [record.ours.seconds, *(case.points for case in record.ours.cases)])):
        raise RecordError("damaged (points or seconds are not finite numbers)")
    return record
