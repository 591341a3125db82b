"""Grade one submission: read it, run its cells behind the wall, judge its functions. Every way of grading uses this."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import HelperLost, NothingToGrade, OurFault, SubmissionError, our_fault
from ..sandbox import Sandbox
from ..sandbox.machine import check_room_was_left
from ..sandbox.places import Places
from ..sandbox.session import Session
from ..sandbox.submission import Submission
from ..sandbox.text import clean
from ..settings import Settings
from ..wire import schema
from ..wire.facts import Drawing
from .given import is_given
from .judging import Judge, Judged
from .messages import describe_failures, printed_output
from .otter_parts import ExceptionTestFile, TestFile, light_otter
from .results import NOTHING, UNREADABLE, CaseResult, Graded
from .seen import CellRun, RunFacts, Thumbnail
from .submission import Wanted, read_submission


def load_test_files(folder: Path) -> list[TestFile]:
    """Load the test files of a folder, in the order of their names.

    Raises:
        OurFault: there are no test files, or one of them is broken.
    """
    paths = sorted(folder.glob("*.py"))
    if not paths:
        raise OurFault(f"there are no test files in {folder}: build autograder.zip with 'autograder build'")
    with light_otter():
        return [_load_test_file(path) for path in paths]


def _load_test_file(path: Path) -> TestFile:
    try:
        return ExceptionTestFile.from_file(str(path))  # create_test_file would run it twice
    except OSError as error:
        raise our_fault(error) from error
    except Exception as error:  # Otter and the file itself may raise anything
        raise OurFault(
            f"the test file {path.name} cannot be loaded ({type(error).__name__}: {error}): correct it, and build "
            "autograder.zip again with 'autograder build'"
        ) from error


def grade(path: Path, tests: Path, settings: Settings, sandbox: Sandbox | None = None, ours: bool = False) -> Graded:
    """Grade a submission.

    Args:
        path: a notebook, a script, a zip, or a folder of files.
        tests: folder of the test files.
        settings: the limits, and the name of the assignment.
        sandbox: where to run it; by default a new one.
        ours: whether it is the reference solution; see ``Judge``.

    Returns:
        Its results. They always list every declared test case. A case without an outcome was not run.

    Raises:
        OurFault: something on our side prevented grading; there are no results then.
    """
    judge = Judge(load_test_files(tests), ours)
    if sandbox is not None:
        return grade_path(path, judge, settings, sandbox)
    with Sandbox(secrets=[tests]) as own:
        return grade_path(path, judge, settings, own)


def grade_path(path: Path, judge: Judge, settings: Settings, sandbox: Sandbox) -> Graded:
    """Read a submission and grade it; see ``grade``."""
    try:
        submission = read_submission(path, wanted(judge, settings))
    except SubmissionError as error:
        return unreadable(judge.test_files, error)
    return grade_submission(submission, judge, settings, sandbox)


def wanted(judge: Judge, settings: Settings) -> Wanted:
    """Return what a submission must define, and the name of its assignment."""
    return Wanted(judge.functions, settings.assignment_name)


def unreadable(test_files: list[TestFile], problem: SubmissionError) -> Graded:
    """Return the results of a submission that cannot be read, or holds nothing to grade."""
    nothing = isinstance(problem, NothingToGrade)
    why = f"{NOTHING}: {clean(problem.found)}" if isinstance(problem, NothingToGrade) else f"{UNREADABLE}: {problem}"
    reason = "Not run: there is nothing to grade." if nothing else "Not run: the submission cannot be read."
    return not_run(test_files, reason, note=clean(str(problem)), unread=clean(why))


def not_run(test_files: list[TestFile], reason: str, **facts: Any) -> Graded:
    """Return the results of a submission of which nothing was run.

    Args:
        test_files: the test files, with the declared cases.
        reason: the message of every case.
        **facts: further fields of the results.
    """
    return Graded(cases=complete(test_files, [], reason), whole=_whole(test_files), **facts)


def grade_submission(submission: Submission, judge: Judge, settings: Settings, sandbox: Sandbox) -> Graded:
    """Grade a submission that has been read.

    Raises:
        OurFault: something on our side prevented grading; there are no results then.
    """
    try:
        return _grade_once(submission, judge, settings, sandbox)
    except HelperLost:
        return _grade_once(submission, judge, settings, sandbox)


def _grade_once(submission: Submission, judge: Judge, settings: Settings, sandbox: Sandbox) -> Graded:
    with Session(sandbox, submission, judge.functions, settings) as session:
        able = session.run_cells()
        judged = judge.judge(session) if able else Judged()
    check_room_was_left()
    cells = sorted(session.cells.values(), key=lambda cell: cell.number)
    places = Places(submission, session.cells)
    given = {cell.number for cell in cells if is_given(submission, cell.number, settings)}
    printed = [(places.label(cell.number), cell.output) for cell in cells if cell.number not in given]
    printed += judged.printed
    missing = "Not run: the code cells did not finish."
    notes = [
        clean(submission.note), _other_assignment(submission, settings), "" if able else missing,
        describe_failures(cells, places), *session.notes, _about_unset(submission, judged),
    ]  # fmt: skip
    if able:
        missing = "Not run: the time for the whole submission was up."
    return Graded(
        cases=complete(judge.test_files, judged.cases, missing),
        whole=_whole(judge.test_files),
        cells=list(_cell_runs(cells, given)),
        note="\n\n".join(note for note in notes if note),
        printed=printed_output(printed),
        staff="\n".join(session.remarks),
        run=RunFacts(
            digest=submission.digest,
            confined=session.confined,
            limits=session.limits,
            processor_seconds=round(session.processor_seconds, 3),
        ),
        drawing=_thumbnail(judged.drawings),
        pictures=judged.pictures,
    )


def complete(test_files: list[TestFile], cases: list[CaseResult], reason: str) -> list[CaseResult]:
    """Return the results of all declared cases. Cases without a result were not run, for the given reason."""
    found = {(case.question, case.name): case for case in cases}
    return [
        found.get((test_file.name, case.name))
        or CaseResult(
            question=test_file.name, name=case.name, points=case.points, hidden=bool(case.hidden),
            outcome="not run", message=reason,
        )
        for test_file in test_files
        for case in test_file.test_cases
    ]  # fmt: skip


def _whole(test_files: list[TestFile]) -> list[str]:
    return [test_file.name for test_file in test_files if test_file.all_or_nothing]


def _thumbnail(drawings: list[Drawing]) -> Thumbnail | None:
    """Return the facts of the drawing with the most texts, rounded."""
    best = max(drawings, key=lambda drawing: len(drawing.texts), default=None)
    if best is None:
        return None
    return Thumbnail(
        [(*_rounded(m.box.x0, m.box.y0, m.box.x1, m.box.y1), m.round) for m in best.markers],
        [(clean(t.text), *_rounded(t.box.x0, t.box.y0, t.box.x1, t.box.y1)) for t in best.texts],
        [(line.pointed, [_rounded(*point) for point in (*line.path[:50], line.path[-1])]) for line in best.lines],
    )


def _rounded(*numbers: float) -> Any:
    return tuple(round(number, 1) for number in numbers)


#: The most characters of output of all cells that a record keeps.
_MOST_KEPT = 1_000_000


def _cell_runs(cells: list[schema.Cell], given: set[int]) -> Iterator[CellRun]:
    left = _MOST_KEPT
    for cell in cells:
        failures = cell.failures
        told = (clean(f"{failure.kind}: {failure.text}".removeprefix(": ")) for failure in failures)
        output, error = clean(cell.output)[:left], "\n".join(told)[:left]
        left = max(left - len(output) - len(error), 0)
        line = failures[0].line if failures else None
        yield CellRun(cell.number, output, error or None, line, cell.ended, cell.number in given)


def _other_assignment(submission: Submission, settings: Settings) -> str:
    if submission.assignment in {None, settings.assignment_name}:
        return ""
    return (
        f"This notebook says that it belongs to the assignment '{clean(submission.assignment or ''):.60}', not to "
        f"'{settings.assignment_name}'. Did you hand in the wrong file?"
    )


def _about_unset(submission: Submission, judged: Judged) -> str:
    """A note on ``np.empty``. Hidden test cases do not count, so that it says nothing about their results."""
    if all(case.hidden or case.passed for case in judged.cases):
        return ""
    if not any(re.search(r"\bempty(_like)?\(", cell) for cell in submission.cells):
        return ""
    return (
        "np.empty makes an array without setting its values. During grading, such values are numbers like -6.3e+66 or "
        "-842150451; on your own machine they are often 0. If you read a value before you set it, use np.zeros."
    )
