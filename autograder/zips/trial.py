"""Try out test cases in a plain process, where nothing can confine code: on macOS and Windows.

The notebooks are the instructor's own, so nothing has to be confined. The cases run as in a student's notebook.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat

from ..errors import BuildError
from ..grading.grade import load_test_files
from ..grading.judging import functions_of
from ..grading.messages import case_message, own_error

#: Seconds for all cells and cases of one notebook.
_LIMIT = 600

#: For each question: points, possible points, and the messages of the cases that failed.
Marks = dict[str, tuple[float, float, str]]


def try_out(notebook: bytes, tests: dict[str, bytes]) -> Marks:
    """Run a notebook of our own in a new process, then the test cases on its functions.

    Args:
        notebook: the notebook.
        tests: the test files by name.

    Raises:
        BuildError: the process ends without an outcome. The message contains its output.
    """
    with tempfile.TemporaryDirectory(prefix="trial-") as name:
        folder = Path(name)
        (folder / "tests").mkdir()
        for file, content in tests.items():
            (folder / "tests" / file).write_bytes(content)
        (folder / "notebook.ipynb").write_bytes(notebook)
        command = [sys.executable, "-c", f"from {__name__} import main; main()"]
        paths = [str(Path(__file__).resolve().parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = os.environ | {"MPLBACKEND": "Agg", "PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join(paths)}
        try:
            done = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, check=False, timeout=_LIMIT,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise BuildError(f"the cells and test cases took longer than {_LIMIT} s") from error
        outcome = folder / "outcome.json"
        if done.returncode != 0 or not outcome.is_file():
            raise BuildError(
                f"the test cases could not be tried out:\n{done.stderr[-4000:].decode('utf-8', 'replace')}"
            )
        marks: dict[str, Any] = json.loads(outcome.read_text(encoding="utf-8"))
    return {question: (earned, possible, told) for question, (earned, possible, told) in marks.items()}


def main() -> None:
    """Run ``notebook.ipynb`` of the working directory and the test cases in ``tests``; write ``outcome.json``."""
    names = _run_cells(Path("notebook.ipynb").read_bytes())
    marks = {}
    test_files = load_test_files(Path("tests"))
    functions = {name: names.get(name) for name in functions_of(test_files)}
    for test_file in test_files:
        told = {case.name: _problem(case, functions) for case in test_file.test_cases}
        earned = sum(case.points for case in test_file.test_cases if told[case.name] is None)
        possible = sum(case.points for case in test_file.test_cases)
        lines = [f"{name}: {problem}" for name, problem in told.items() if problem is not None]
        marks[test_file.name] = (round(earned, 5), round(possible, 5), "\n".join(lines))
    Path("outcome.json").write_text(json.dumps(marks), encoding="utf-8")


def _run_cells(notebook: bytes) -> dict[str, Any]:
    """The names that the cells leave behind; a cell that fails is skipped, as in Otter."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    for cell in nbformat.reads(notebook.decode("utf-8"), as_version=4).cells:
        if cell.cell_type == "code":
            shell.run_cell(cell.source)
    return dict(shell.user_ns)


def _problem(case: Any, functions: dict[str, Any]) -> str | None:
    """What is wrong according to a case; None if it passes."""
    try:
        case.body.call_func(functions)
    except Exception as error:
        return own_error(error) or case_message(error)
    return None
