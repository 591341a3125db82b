"""Grading one submission on a TA's machine, with a table of all test cases."""

import json
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..grading.grade import fill_in, load_test_files, run, staff_report
from ..grading.otter_parts import GradingResults
from ..sandbox import Sandbox
from ..zips.reading import read_autograder_zip
from .container import gradescope_output, write_json


def run_single(submission: Path, autograder: Path, json_path: Path | None, confine: bool = True) -> None:
    """Grade a submission with an autograder.zip and print the result.

    Raises:
        AutograderError: the zip is none of ours.
        SandboxError: student code cannot be run safely on this machine.
    """
    with tempfile.TemporaryDirectory(prefix="autograder-") as name:
        content = read_autograder_zip(autograder)
        tests = content.write_tests(Path(name))
        with Sandbox(secrets=[tests, autograder] if confine else [], confine=confine) as sandbox:
            outcome = run(submission, tests, content.settings, sandbox)
        graded = fill_in(load_test_files(tests), outcome)
    _print(graded, outcome, submission)
    if json_path:
        write_json(json_path, gradescope_output(graded, json.loads(content.config)))


def _print(graded: GradingResults, outcome: dict[str, Any], submission: Path) -> None:
    console = Console()
    if graded.output:
        console.print(Text(graded.output), style="yellow")
    table = Table(title=submission.name)
    for column in ("test case", "points", "message"):
        table.add_column(column)
    for test_file in graded.results.values():
        for result in test_file.test_case_results:
            case, earned = result.test_case, result.test_case.points if result.passed else 0
            message = "" if result.passed else str(result.message).split("\n", 1)[-1]
            kind = " (hidden)" if case.hidden else ""
            table.add_row(Text(case.name + kind), f"{earned:g} / {case.points:g}", Text(message))
    console.print(table)
    console.print(f"{graded.total:g} of {graded.possible:g} points")
    if report := staff_report(outcome):
        console.print(Text(f"\nFor staff only:\n{report}"), style="dim")
