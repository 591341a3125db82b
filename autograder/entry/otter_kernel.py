"""What runs in the kernel of ``otter run``: it grades with our code and gives the results to Otter."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from otter.execute import Checker

from ..errors import NOT_GRADED, OurFault
from ..grading.files import from_json
from ..grading.gradescope import otter_results
from ..grading.otter_parts import ExceptionTestFile
from ..settings import FILE_NAME
from .otter_grading import START, ForOtter, OtterFile

#: Start of the output line that passes the notes for student and staff to the plugin.
NOTE = "autograder-note: "


def grade_into_otter(submission: str, settings: str) -> None:
    """Grade a submission behind the wall, in a fresh process, and give Otter the test files with their results.

    At the end of a notebook, Otter runs only those test files that have no results yet. So our results count.

    Args:
        submission: path of the folder with all files that the student handed in.
        settings: text of otter_config.json.

    Raises:
        OurFault: it could not be graded because of a fault on our side.
    """
    tests = Path("tests")
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        config = Path(folder, FILE_NAME)
        config.write_text(settings, encoding="utf-8")
        command = [sys.executable, "-P", "-c", START, submission, str(tests.resolve()), str(config)]
        paths = [str(Path(__file__).resolve().parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OPENBLAS_NUM_THREADS": "1"}
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, env=environment, cwd=folder
        )
        if done.returncode != 0:
            reason = done.stderr.rpartition(f"{NOT_GRADED}: ")[2].strip() or f"it ended with {done.returncode}"
            raise OurFault(reason)
    told = from_json(done.stdout, ForOtter)
    graded = told.graded
    for test_file in otter_results(graded, [_test_file(file, tests) for file in told.files]).results.values():
        Checker.get_results().append(test_file)
    print(NOTE + json.dumps({"note": graded.told, "staff": graded.staff_report}))


def _test_file(file: OtterFile, folder: Path) -> ExceptionTestFile:
    return ExceptionTestFile(file.name, str(folder / file.file), file.cases, file.all_or_nothing)
