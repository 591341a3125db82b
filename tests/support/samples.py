"""Small submissions, test cases, zips and settings that tests make when they need them."""

import atexit
import io
import json
import os
import shutil
import time
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.grading.grade import grade, grade_path, load_test_files
from autograder.grading.judging import Judge
from autograder.grading.results import Graded
from autograder.sandbox import Sandbox
from autograder.settings import PLUGIN, Settings, load
from tests.support.corpus import ROOT

CONFIG = ROOT / "otter_config.json"
REAL_CASES = ROOT / "tests" / "otter"

#: The functions that the assignment asks for.
FUNCTIONS = ("init", "forward", "graph")

#: A cell that passes all cases of ``easy_cases``.
GOOD = "def init(): return 1"

#: A case for each of three functions.
THREE = {"first": "init", "hidden second": "forward", "third": "graph"}


def three(forward: str) -> tuple[str, str, str]:
    """Cells whose ``init`` and ``graph`` pass, with this body of ``forward``."""
    return GOOD, f"def forward():\n    {forward}", "def graph(): return 1"


_EASY = """
from otter.test_files import test_case
OK_FORMAT = False
name = "q3"
points = None
"""
_CASE = """
@test_case(name="{name}", points=1, hidden={hidden})
def test_{index}({function}):
    assert {function}() == 1
"""


#: Settings that belong to this assignment.
VALUES = ("weight_range", "steps", "seed")


def settings(**changes: Any) -> Settings:
    """The project's settings with short limits and the given changes."""
    limits: dict[str, Any] = {"call_seconds": 5, "cells_seconds": 20, "total_seconds": 60}
    return msgspec.structs.replace(load(CONFIG), **(limits | changes))


def config(**changes: Any) -> dict[str, Any]:
    """The content of otter_config.json with some of our settings and values changed; None removes a setting."""
    content = json.loads(CONFIG.read_text(encoding="utf-8"))
    ours = content["plugins"][0][PLUGIN]
    ours["values"] |= {key: changes.pop(key) for key in VALUES if key in changes}
    ours |= changes
    content["plugins"][0][PLUGIN] = {key: value for key, value in ours.items() if value is not None}
    return content


def write_config(folder: Path, **changes: Any) -> Path:
    """Write an otter_config.json with some of our settings changed, and return its path."""
    path = folder / "otter_config.json"
    path.write_text(json.dumps(config(**changes)), encoding="utf-8")
    return path


#: For tests in which a submission sends signals: it may send them only if it has a user of its own.
SENDS_SIGNALS = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="without a user of its own a submission may send no signals",
)


def copy_project(folder: Path) -> Path:
    """Copy the files that a build reads into a folder, and return the folder."""
    for name in ("assignment", "reference_solution", "tests/otter"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CONFIG, folder)
    return folder


def notebook(*cells: str, metadata: dict[str, Any] | None = None, outputs: list[Any] | None = None) -> bytes:
    """A notebook with these code cells. The outputs belong to the first cell."""
    content = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "execution_count": None, "source": source,
         "outputs": (outputs or []) if n == 0 else []}
        for n, source in enumerate(cells)
    ]  # fmt: skip
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata or {}, "cells": content}).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    """A compressed zip with these files. The names are used unchanged."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.filename = name  # ZipInfo cleans it
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def write_cases(folder: Path, **cases: str) -> Path:
    """Write a test file q3 with one-point cases ``name=function``, in which each function must return 1.

    Cases whose name begins with ``hidden`` are hidden.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = _EASY
    for index, (name, function) in enumerate(cases.items()):
        text += _CASE.format(name=name, index=index, function=function, hidden=name.startswith("hidden"))
    (folder / "q3.py").write_text(text, encoding="utf-8")
    return folder


def grade_cells(folder: Path, *cells: str, limits: dict[str, float] | None = None, **cases: str) -> Graded:
    """Grade a notebook with these cells. If no cases are given, use one that calls ``init``."""
    path = folder / "homework.ipynb"
    path.write_bytes(notebook(*cells))
    tests = write_cases(folder / "cases", **(cases or {"one": "init"}))
    return grade(path, tests, settings(**(limits or {})), shared_sandbox())


def grade_as_in_a_batch(path: Path, tests: Path, limits: Settings, sandbox: Sandbox | None = None) -> Graded:
    """Grade with test files that are loaded once for all submissions, as in a batch. Loading them takes longest."""
    return grade_path(path, judge_of(tests), limits, sandbox or shared_sandbox())


def judge_of(tests: Path) -> Judge:
    """What judges submissions with the test files of a folder, as they are now."""
    return _judge_of(tests, tuple((path.name, path.read_bytes()) for path in sorted(tests.glob("*.py"))))


@cache
def _judge_of(tests: Path, _: tuple[tuple[str, bytes], ...]) -> Judge:
    return Judge(load_test_files(tests))


@cache
def shared_sandbox() -> Sandbox:
    """A warm parent for all tests of this process."""
    sandbox = Sandbox()
    sandbox.start()
    atexit.register(sandbox.close)
    return sandbox


def passed(graded: Graded) -> dict[str, bool]:
    """Whether each case passed, by its name."""
    return {case.name: case.passed for case in graded.cases}


def messages(graded: Graded) -> str:
    """The messages of all cases, one below another."""
    return "\n".join(case.message for case in graded.cases)


def calm(graded: Graded) -> bool:
    """Whether the results do not mention any failed statements."""
    return "These statements failed" not in graded.note


def children(process: int | None) -> list[int]:
    """The processes that a process has forked or inherited; none if it has ended, which may happen at any moment."""
    with suppress(FileNotFoundError, ProcessLookupError):
        found = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
        return [int(child) for child in found.split()]
    return []


def processes_of_submissions() -> list[int]:
    """The processes below the shared sandbox's keepers that are still alive after a few seconds."""
    for _ in range(50):
        if not (found := [child for keeper in children(shared_sandbox().process_id) for child in children(keeper)]):
            break
        time.sleep(0.1)
    return found
