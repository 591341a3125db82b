"""A naive grader, as you might write it in an afternoon: everything in the student's process, results in a pickle.

We run hostile submissions on it to show that they really work and that our checks notice them. It unpacks zips to any
path that they name, runs the cells with access to everything that it knows, and loads the test cases afterwards as
stock Otter does. It shows the student every message, and trusts any results that it finds.
"""

import json
import os
import pickle
import shutil
import signal
import stat
import sys
import tempfile
import time
import unittest
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
from msgspec.structs import replace

RESULTS = "results.json"
LOG = ".OTTER_LOG"

#: What its processes need. They are forked from one that has them.
LIBRARIES = ("IPython.core.interactiveshell", "matplotlib.pyplot", "networkx", "numpy", "otter")

#: Seconds by the clock for the cells and for each test case, and for the whole, on a machine that has other things to
#: do. None of the submissions that are tried here uses them up.
_ALARM, _WHOLE = 60, 120


def grade(path: Path, tests: Path) -> Any:
    """Grade a submission in a child process, and read whatever results exist when it ends."""
    from autograder.grading.grade import complete, load_test_files
    from autograder.grading.results import Graded

    test_files = load_test_files(tests)
    folder = Path(tempfile.mkdtemp(prefix="naive-"))
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            _be_child(path, tests, folder)
        os._exit(0)
    deadline = time.monotonic() + _WHOLE
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.02)
    outcome: dict[str, Any] = {"note": "", "cases": {}}
    with suppress(OSError, ValueError):
        outcome |= json.loads((folder / RESULTS).read_bytes())
    with suppress(Exception):
        outcome["cases"] |= pickle.loads((folder / LOG).read_bytes())
    shutil.rmtree(folder, ignore_errors=True)
    cases = [
        replace(case, outcome="passed" if message is None else "failed", message=str(message or ""))
        for case in complete(test_files, [], "no result")
        for message in [outcome["cases"].get(case.name, "no result")]
    ]
    return Graded(cases=cases, note=str(outcome["note"]))


def _unpack(path: Path, folder: Path) -> Path:
    """Put the files of a submission into a folder, and return the notebook or script among them."""
    if path.is_dir():
        shutil.copytree(path, folder, symlinks=True, dirs_exist_ok=True)
    elif path.suffix != ".zip":
        shutil.copy(path, folder)
    else:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                target = Path(os.path.join(folder, entry.filename.replace("\\", "/")))
                target.parent.mkdir(parents=True, exist_ok=True)
                if stat.S_ISLNK(entry.external_attr >> 16):
                    target.symlink_to(archive.read(entry).decode())
                elif not entry.is_dir():
                    target.write_bytes(archive.read(entry))
    found = sorted(
        [*folder.rglob("*.ipynb"), *folder.glob("*.py")], key=lambda p: ("__" in p.name, p.suffix != ".ipynb")
    )
    return found[0]


def _be_child(path: Path, tests: Path, folder: Path) -> None:
    from IPython.core.interactiveshell import InteractiveShell

    from autograder.grading.grade import load_test_files

    target = _unpack(path, folder)
    os.chdir(target.parent)
    sys.path.insert(0, os.getcwd())
    shell = InteractiveShell.instance()
    if shell.history_manager is not None:
        shell.history_manager.enabled = False
    cells = [target.read_text()]
    if target.suffix == ".ipynb":
        cells = [cell.source for cell in nbformat.read(target, 4).cells if cell.cell_type == "code"]
    notes = []
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.alarm(_ALARM)
    for source in cells:
        with suppress(SystemExit):
            result = shell.run_cell(source)
            error = result.error_before_exec or result.error_in_exec
            if error is not None:
                notes.append(f"{type(error).__name__}: {error}")
    signal.alarm(0)
    cases: dict[str, str | None] = {}
    _write(folder, notes, cases)
    for test_file in load_test_files(tests):
        for case in test_file.test_cases:
            signal.alarm(_ALARM)
            try:
                case.body.call_func(shell.user_ns)
                cases[case.name] = None
            except unittest.SkipTest:
                cases[case.name] = None
            except Exception as error:
                cases[case.name] = f"{type(error).__name__}: {error}"
            except BaseException as error:
                cases[case.name] = type(error).__name__
            signal.alarm(0)
            _write(folder, notes, cases)


def _write(folder: Path, notes: list[str], cases: dict[str, str | None]) -> None:
    """Write the results so far. A submission that ends the process keeps them."""
    (folder / RESULTS).write_text(json.dumps({"note": "\n".join(notes), "cases": cases}), encoding="utf-8")
