"""What runs in the kernel of ``otter run``: our grading, handed over to Otter's own bookkeeping."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from otter.execute import Checker

from .grading import fill_in, load_test_files
from .settings import ENVIRONMENT_VARIABLE, FILE_NAME

#: Begins the line of output that carries the note for the student to the plugin.
NOTE = "autograder-note: "


def grade_into_otter(submission: str, settings: str) -> None:
    """Grade a submission in a fresh process, and give Otter the test files with their results.

    Otter runs a test file at the end of a notebook unless its results are there already; so ours count.

    Args:
        submission: path of the notebook or script.
        settings: text of otter_config.json.
    """
    tests = Path("tests")
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        config = Path(folder, FILE_NAME)
        config.write_text(settings, encoding="utf-8")
        # For test files that were not bundled, as of a plain ``otter generate``: they read the settings themselves.
        os.environ[ENVIRONMENT_VARIABLE] = str(config)
        command = [sys.executable, "-m", "autograder.grading", submission, str(tests.resolve()), str(config)]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"the autograder failed:\n{done.stderr}")
        outcome = json.loads(done.stdout)
        for test_file in fill_in(load_test_files(tests), outcome).results.values():
            Checker.get_results().append(test_file)
    print(NOTE + json.dumps(outcome["note"]))
