"""Grading one submission: read it, run it, and return Otter's results. The same call everywhere."""

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from otter.nbmeta_config import NBMetadataConfig
from otter.test_files import GradingResults, TestFile, create_test_file
from otter.test_files.abstract_test import TestCaseResult

from .errors import SubmissionError
from .messages import FAILED, PASSED
from .running import Report, run_submission
from .settings import Settings, load
from .submission import read_submission


def load_test_files(folder: Path) -> list[TestFile]:
    """Load the test files of a folder, in the order of their names."""
    return [create_test_file(str(path), NBMetadataConfig()) for path in sorted(folder.glob("*.py"))]


def grade(path: Path, tests: Path, settings: Settings) -> GradingResults:
    """Grade a submission.

    Args:
        path: a notebook, a script, a zip, or a folder of files.
        tests: folder of the test files.
        settings: for the time limits and the name of the assignment.

    Returns:
        Otter's results. Whatever happens, they hold every declared test case; a case without an outcome has failed.
        ``output`` tells the student what went wrong with the submission as a whole.
    """
    outcome = run(path, tests, settings)
    return fill_in(load_test_files(tests), outcome)


def run(path: Path, tests: Path, settings: Settings) -> dict[str, Any]:
    """Run a submission and return what came out of it, as plain data.

    Returns:
        ``cases``, by question and name of the case: None if it passed, else the message; ``missing``, the message
        of cases that are not among them; ``note``, what the student should know about the submission as a whole; and
        ``cells``, the records of the cells.
    """
    try:
        submission = read_submission(path)
    except SubmissionError as error:
        return {"cases": {}, "missing": "Not run: the submission cannot be read.", "note": str(error), "cells": []}
    folder = Path(tempfile.mkdtemp(prefix="submission-"))
    try:
        report = run_submission(submission, load_test_files(tests), folder, settings)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    cases: dict[str, dict[str, str | None]] = {}
    for (question, case), message in report.outcomes.items():
        cases.setdefault(question, {})[case] = message
    notes = [_other_assignment(submission.assignment, settings), report.problem, _failures(report)]
    note = "\n\n".join(note for note in notes if note)
    return {"cases": cases, "missing": f"Not run. {report.problem}".strip(), "note": note, "cells": report.cells}


def _failures(report: Report) -> str:
    from .student.shell import describe_failures

    return describe_failures(report.cells)


def _other_assignment(name: str | None, settings: Settings) -> str:
    if name in {None, settings.assignment_name}:
        return ""
    return (
        f"This notebook says that it belongs to the assignment '{name:.60}', not to '{settings.assignment_name}'. "
        "Did you hand in the wrong file?"
    )


def fill_in(test_files: list[TestFile], outcome: dict[str, Any]) -> GradingResults:
    """Put the outcomes of ``run`` into the declared test cases."""
    for test_file in test_files:
        messages = outcome["cases"].get(test_file.name, {})
        test_file.test_case_results = []
        for case in test_file.test_cases:
            message = messages.get(case.name, outcome["missing"])
            text = PASSED if message is None else f"{FAILED}\n{message}"
            test_file.test_case_results.append(TestCaseResult(case, text, message is None))
    results = GradingResults(test_files)
    if outcome["note"]:
        results.set_output(outcome["note"])
    return results


def main() -> None:
    """Run one submission in a process of its own: ``python -m autograder.grading PATH TESTS SETTINGS``."""
    path, tests, config = map(Path, sys.argv[1:])
    outcome = run(path, tests, load(config))
    sys.stdout.write(json.dumps(outcome))


if __name__ == "__main__":
    main()
