"""Grade one submission in a terminal, and print a table of all test cases."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..errors import NOT_GRADED, AutograderError, OurFault, our_fault
from ..grading.files import write_json
from ..grading.grade import grade, load_test_files
from ..grading.gradescope import gradescope_results, shown_by, with_staff_part
from ..grading.results import Graded
from ..sandbox import Sandbox
from ..zips.reading import read_autograder_zip
from .log import score_line


def grade_one(submission: Path, autograder: Path, json_path: Path | None, confine: bool = True) -> None:
    """Grade a submission with an autograder.zip and print the result.

    Raises:
        AutograderError: the zip is not an autograder.zip of this project.
        OurFault: the submission could not be graded because of a fault on our side; there are no results then.
    """
    with telling_faults():
        if json_path:
            json_path.unlink(missing_ok=True)  # from an earlier run
        _grade_one(submission, autograder, json_path, confine)


@contextmanager
def telling_faults() -> Iterator[None]:
    """Within the block, turn every error into a fault of ours, except for errors that a user can fix.

    Raises:
        AutograderError: a user can fix the error.
        OurFault: the submission could not be graded because of a fault on our side.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, AutograderError) and not isinstance(error, OurFault):
            raise
        raise OurFault(f"{NOT_GRADED}: {our_fault(error)}") from error


def _grade_one(submission: Path, autograder: Path, json_path: Path | None, confine: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="autograder-") as name:
        content = read_autograder_zip(autograder)
        tests = content.write_tests(Path(name))
        with Sandbox(secrets=[tests, autograder] if confine else [], confine=confine) as sandbox:
            graded = grade(submission, tests, content.settings, sandbox)
        config = json.loads(content.config)
        shown = shown_by(content.settings, config, load_test_files(tests))
        if json_path:
            write_json(json_path, with_staff_part(gradescope_results(graded, shown), graded))
        _print(graded, shown.scale, config, submission)


def _print(graded: Graded, scale: dict[str, float], config: dict[str, Any], submission: Path) -> None:
    console = Console()
    if graded.told:
        console.print(Text(graded.told), style="yellow")
    if "Hand in exactly one." in graded.told:
        console.print(f"If this is the work of a whole class, run: autograder grade {submission}", markup=False)
    table = Table(title=submission.name)
    for column in ("test case", "points", "message"):
        table.add_column(column)
    for case in graded.cases:
        kind = " (hidden)" if case.hidden else ""
        table.add_row(Text(case.name + kind), f"{case.earned:g} / {case.points:g}", Text(case.message))
    if config.get("print_summary", True):
        console.print(table)
    if config.get("print_score", True):
        console.print(f"{graded.total:g} of {sum(graded.possible.values()):g} points")
        if scale:
            console.print(score_line(graded, scale))
    if report := graded.staff_report:
        console.print(Text(f"\nFor staff only:\n{report}"), style="dim")
