"""What ``run_autograder`` starts in a container of Gradescope or ``otter grade``.

It reads ``/autograder/submission``. It writes ``results/results.json`` for Gradescope and ``results/results.pkl`` for
Otter. ``results.json`` is there from the start and is replaced in one step, so it is valid whatever happens.
No Jupyter kernel is used. The warm parent starts before the other imports, because both take about the same time.
"""

import gc
import json
import os
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..errors import SubmissionError
from ..grading.results import Graded, GradescopeResults, write_file, write_json
from ..sandbox import Sandbox
from ..settings import FILE_NAME, load

_NOT_FINISHED = GradescopeResults(
    score=0, output="Not graded: the autograder did not finish. Please tell the course staff.", tests=[]
)

#: What no submission may read in the folder that Gradescope calls /autograder. It gets a copy of its own files.
_CLOSED = ("source", "results", "submission", "submission_metadata.json", "otter_config.json")


def main(autograder: Path) -> None:
    """Grade the submission in a container.

    Args:
        autograder: the folder that Gradescope calls ``/autograder``.
    """
    results, source = autograder / "results", autograder / "source"
    results.mkdir(exist_ok=True)
    write_json(results / "results.json", _NOT_FINISHED)
    secrets = close(autograder)
    with Sandbox(secrets=secrets) as sandbox:
        # While the warm parent loads its libraries, load all that comes later, too.
        import dill

        from ..grading.grade import load_test_files
        from ..grading.gradescope import GradescopeForm, otter_results

        test_files = load_test_files(source / "tests")
        form = GradescopeForm(test_files, json.loads((source / FILE_NAME).read_text(encoding="utf-8")))
        gc.freeze()  # libraries are no garbage: run_otter.py keeps the collector off until here
        gc.enable()
        graded = _grade(autograder, test_files, sandbox)

    output = form.fill(graded)
    write_json(results / "results.json", output)
    write_file(results / "results.pkl", _pickled(dill.dumps, otter_results(graded, test_files)))
    _print_summary(output, graded)


def close(autograder: Path) -> list[Path]:
    """Close our files and folders to everybody but their owner. If we are root, become their owner.

    Returns:
        The files and folders that exist.
    """
    found = [autograder / name for name in _CLOSED if (autograder / name).exists()]
    for path in found:
        with suppress(PermissionError):  # not ours, and we are not root; the sandbox checks whether it can be read
            path.chmod(0o700 if path.is_dir() else 0o600)
            if os.geteuid() == 0:
                os.chown(path, 0, 0)
    return found


def _grade(autograder: Path, test_files: list[Any], sandbox: Sandbox) -> Graded:
    from ..grading.grade import grade_submission, not_run, unreadable
    from ..grading.judging import Judge
    from ..grading.submission import read_submission

    try:
        judge = Judge(test_files)
        settings = load(autograder / "source" / FILE_NAME)
        try:
            submission = read_submission(autograder / "submission", judge.functions)
        except SubmissionError as error:
            return unreadable(test_files, str(error))
        return grade_submission(submission, judge, settings, sandbox)
    except Exception as error:  # our fault: staff find the details in the container's log
        traceback.print_exc()
        note = "Not graded: there is a fault in the autograder. Please tell the course staff."
        told = f"{type(error).__name__}: {error}"
        return not_run(test_files, note, note=note, staff=told, status=told)


def _pickled(dumps: Callable[[Any], bytes], results: Any) -> bytes:
    """Otter's format, for ``otter grade``. It holds only our own results. This project never reads such a file."""
    from ..grading.otter_parts import light_otter

    with light_otter():
        return dumps(results)


def _print_summary(output: GradescopeResults, graded: Graded) -> None:
    """Print a summary for staff to the container's log."""
    for test in output.tests:
        if test.score is not None:
            print(f"{test.name}: {test.score:g} / {test.max_score:g}")
    for note in (output.output, graded.staff_report):
        if note:
            print(note)
