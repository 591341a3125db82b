"""What ``run_autograder`` starts in a container of Gradescope or ``otter grade``.

It reads ``/autograder/submission``. At the end it writes ``results/results.json`` for Gradescope and
``results/results.pkl`` for Otter, each in one step. If something goes wrong on our side, there are no results, and the
exit status is 1. Both then show a submission that was not graded and can be graded again, not one with 0 points.
No Jupyter kernel is used. The warm parent starts before the other imports, because both take about the same time.
"""

import gc
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..errors import our_fault
from ..grading.results import NOT_GRADED, Graded, GradescopeResults, write_file, write_json
from ..sandbox import Sandbox
from ..settings import FILE_NAME, load

#: What no submission may read in the folder that Gradescope calls /autograder. It gets a copy of its own files.
_CLOSED = ("source", "results", "submission", "submission_metadata.json", "otter_config.json")


def main(autograder: Path) -> None:
    """Grade the submission in a container.

    Args:
        autograder: the folder that Gradescope calls ``/autograder``.

    Raises:
        SystemExit: with status 1, where it could not be graded for a reason that is ours; staff read it in the log.
    """
    results = autograder / "results"
    try:
        _forget(results)
        _grade(autograder)
    except Exception as error:
        fault = our_fault(error)
        print(f"{fault.details}{NOT_GRADED}: {fault}", flush=True)
        with suppress(OSError):
            _forget(results)
        sys.exit(1)


def _forget(results: Path) -> None:
    """Take away the results of another time; of the file that Otter brings and takes along, what is in it."""
    results.mkdir(exist_ok=True)
    for path in (results / "results.json", results / "results.part"):
        path.unlink(missing_ok=True)
    if (results / "results.pkl").exists():
        (results / "results.pkl").write_bytes(b"")


def _grade(autograder: Path) -> None:
    results, source = autograder / "results", autograder / "source"
    with Sandbox(secrets=close(autograder)) as sandbox:
        # While the warm parent loads its libraries, load all that comes later, too.
        import dill

        from ..grading.grade import grade_path, load_test_files
        from ..grading.gradescope import GradescopeForm, otter_results
        from ..grading.judging import Judge

        test_files = load_test_files(source / "tests")
        form = GradescopeForm(test_files, json.loads((source / FILE_NAME).read_text(encoding="utf-8")))
        gc.freeze()  # libraries are no garbage: run_otter.py keeps the collector off until here
        gc.enable()
        graded = grade_path(autograder / "submission", Judge(test_files), load(source / FILE_NAME), sandbox)

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
