"""Grading one submission on a TA's machine, with a table of all test cases."""

import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .errors import AutograderError
from .grading import fill_in, load_test_files, run, staff_report
from .harness import gradescope_output, write_json
from .otter_parts import GradingResults
from .sandbox import Sandbox
from .settings import FILE_NAME, parse


def run_single(submission: Path, autograder: Path, json_path: Path | None, confine: bool = True) -> None:
    """Grade a submission with an autograder.zip and print the result.

    Raises:
        AutograderError: the zip is none of ours.
        SandboxError: student code cannot be run safely on this machine.
    """
    with tempfile.TemporaryDirectory(prefix="autograder-") as name:
        tests = Path(name, "tests")
        config = unpack(autograder, Path(name))
        settings = parse(config, f"{FILE_NAME} in {autograder}")
        with Sandbox(secrets=[tests, autograder] if confine else [], confine=confine) as sandbox:
            outcome = run(submission, tests, settings, sandbox)
        graded = fill_in(load_test_files(tests), outcome)
    _print(graded, outcome, submission)
    if json_path:
        write_json(json_path, gradescope_output(graded, json.loads(config)))


def unpack(autograder: Path, folder: Path) -> str:
    """Unpack the test files of an autograder.zip, and return the text of its settings.

    Raises:
        AutograderError: it is not a zip, or holds no settings or no test cases.
    """
    try:
        with zipfile.ZipFile(autograder) as archive:
            names = [name for name in archive.namelist() if name.startswith("tests/") and name.endswith(".py")]
            if not names or FILE_NAME not in archive.namelist():
                raise AutograderError(
                    f"{autograder} holds no test cases or no {FILE_NAME}: build it with 'autograder build'"
                )
            (folder / "tests").mkdir()
            for name in names:
                (folder / "tests" / Path(name).name).write_bytes(archive.read(name))
            return archive.read(FILE_NAME).decode("utf-8")
    except (zipfile.BadZipFile, OSError, UnicodeDecodeError) as error:
        raise AutograderError(f"cannot read {autograder}: {error}; build it with 'autograder build'") from error


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
