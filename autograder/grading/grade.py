"""Grading one submission: read it, run it behind the wall, and return Otter's results. The same call everywhere."""

import json
import sys
from pathlib import Path
from typing import Any

from ..errors import SubmissionError
from ..sandbox import Sandbox
from ..sandbox.session import Session
from ..sandbox.submission import Submission
from ..sandbox.text import clean
from ..settings import Settings, load
from .judging import Judge, Judged
from .messages import FAILED, PASSED, describe_failures, describe_output
from .otter_parts import GradingResults, NBMetadataConfig, TestCaseResult, TestFile, create_test_file, light_otter
from .submission import read_submission

#: How a case can end. Only the first gives points.
OUTCOMES = ("passed", "failed", "error", "timed out", "not run")


def load_test_files(folder: Path) -> list[TestFile]:
    """Load the test files of a folder, in the order of their names."""
    with light_otter():
        return [create_test_file(str(path), NBMetadataConfig()) for path in sorted(folder.glob("*.py"))]


def grade(path: Path, tests: Path, settings: Settings, sandbox: Sandbox | None = None) -> GradingResults:
    """Grade a submission.

    Args:
        path: a notebook, a script, a zip, or a folder of files.
        tests: folder of the test files.
        settings: for the time limits and the name of the assignment.
        sandbox: where to run it; by default in one that is started for it.

    Returns:
        Otter's results. Whatever happens, they hold every declared test case; a case without an outcome has failed.
        ``output`` tells the student what went wrong with the submission as a whole.

    Raises:
        SandboxError: student code cannot be run safely on this machine.
    """
    return fill_in(load_test_files(tests), run(path, tests, settings, sandbox))


def run(path: Path, tests: Path, settings: Settings, sandbox: Sandbox | None = None) -> dict[str, Any]:
    """Read and run a submission, and return what came out of it, as plain data; see ``run_submission``.

    Args:
        path: a notebook, a script, a zip, or a folder of files.
        tests: folder of the test files.
        settings: for the time limits and the name of the assignment.
        sandbox: where to run it; by default in one that is started for it.

    Raises:
        SandboxError: student code cannot be run safely on this machine.
    """
    judge = Judge(load_test_files(tests))
    try:
        submission = read_submission(path, judge.functions)
    except SubmissionError as error:
        return unreadable(str(error))
    if sandbox is not None:
        return run_submission(submission, judge, settings, sandbox)
    with Sandbox(secrets=[tests]) as own:
        return run_submission(submission, judge, settings, own)


def unreadable(problem: str) -> dict[str, Any]:
    """What comes out of a submission that cannot be read."""
    return nothing_run("Not run: the submission cannot be read.", clean(problem))


def nothing_run(missing: str, note: str) -> dict[str, Any]:
    """What comes out where nothing was run.

    Args:
        missing: the message of every test case.
        note: for the student, about the submission as a whole.
    """
    return {"cases": {}, "missing": missing, "note": note, "staff": "", "cells": [], "drawing": None}


def run_submission(submission: Submission, judge: Judge, settings: Settings, sandbox: Sandbox) -> dict[str, Any]:
    """Run a submission and return what came out of it, as plain data.

    Returns:
        ``cases``, by question and name of the case: ``outcome``, one of OUTCOMES, ``message`` for the student and
        ``staff``, the details that only staff may read; ``missing``, the message of cases that are not among them;
        ``note``, what the student should know about the submission as a whole; ``staff``, what only staff should;
        ``cells``, what became of each cell; and ``drawing``, the facts of the drawing of ``graph()``, or None.

    Raises:
        SandboxError: student code cannot be run safely on this machine.
    """
    with Session(sandbox, submission, judge.functions, settings) as session:
        able = session.run_cells()
        judged = judge.judge(session) if able else Judged()
    cells = sorted(session.cells.values(), key=lambda cell: cell.number)
    printed = [(f"Cell {cell.number}", cell.output) for cell in cells] + judged.printed
    missing = "Not run: the code cells did not come to an end."
    notes = [_other_assignment(submission, settings), "" if able else missing, describe_failures(cells)]
    return {
        "cases": judged.cases,
        "missing": missing if not able else "Not run: the time for the whole submission was over.",
        "note": "\n\n".join(note for note in (*notes, describe_output(printed)) if note),
        "staff": "\n".join(session.remarks),
        "cells": [_cell_record(cell) for cell in cells],
        "drawing": _drawing(judged.drawings),
    }


def _drawing(drawings: list[Any]) -> dict[str, Any] | None:
    """The facts of the drawing with the most texts, rounded, for a thumbnail."""
    best = max(drawings, key=lambda drawing: len(drawing.texts), default=None)
    if best is None:
        return None
    corners = [[*_rounded(m.box.x0, m.box.y0, m.box.x1, m.box.y1), m.round] for m in best.markers]
    texts = [[clean(t.text), *_rounded(t.box.x0, t.box.y0, t.box.x1, t.box.y1)] for t in best.texts]
    lines = [[line.pointed, [_rounded(*point) for point in (*line.path[:50], line.path[-1])]] for line in best.lines]
    return {"markers": corners, "texts": texts, "lines": lines}


def _rounded(*numbers: float) -> list[float]:
    return [round(number, 1) for number in numbers]


def _cell_record(cell: Any) -> dict[str, Any]:
    failure = cell.failure and clean(f"{cell.failure.kind}: {cell.failure.text}".removeprefix(": "))
    line = cell.failure and cell.failure.line
    return {"cell": cell.number, "output": clean(cell.output), "error": failure, "line": line, "ended": cell.ended}


def _other_assignment(submission: Submission, settings: Settings) -> str:
    if submission.assignment in {None, settings.assignment_name}:
        return ""
    return (
        f"This notebook says that it belongs to the assignment '{clean(submission.assignment or ''):.60}', not to "
        f"'{settings.assignment_name}'. Did you hand in the wrong file?"
    )


def fill_in(test_files: list[TestFile], outcome: dict[str, Any]) -> GradingResults:
    """Put the outcomes of ``run`` into the declared test cases; a case that has none has failed."""
    for test_file in test_files:
        found = outcome["cases"].get(test_file.name, {})
        test_file.test_case_results = []
        for case in test_file.test_cases:
            result = found.get(case.name, {"outcome": "not run", "message": outcome["missing"]})
            passed = result["outcome"] == "passed"
            text = PASSED if passed else f"{FAILED}\n{result['message']}"
            test_file.test_case_results.append(TestCaseResult(case, text, passed))
    results = GradingResults(test_files)
    if outcome["note"]:
        results.set_output(outcome["note"])
    return results


def staff_report(outcome: dict[str, Any]) -> str:
    """What only staff may read about a submission: its processes, and the details of cases that did not pass."""
    parts = [outcome["staff"]]
    for results in outcome["cases"].values():
        for name, result in results.items():
            if result["outcome"] != "passed":
                parts.append(f"{name}: {result['outcome']}\n    {result['message']}")
                parts += [f"    {line}" for line in result["staff"].splitlines()]
    return "\n".join(part for part in parts if part)


def main() -> None:
    """Run one submission in a process of its own: ``python -m autograder.grading.grade PATH TESTS SETTINGS``."""
    path, tests, config = map(Path, sys.argv[1:])
    outcome = run(path, tests, load(config))
    sys.stdout.write(json.dumps(outcome))


if __name__ == "__main__":
    main()
