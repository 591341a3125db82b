"""The record of a graded submission: Gradescope's results.json, with what staff and resuming need beside it."""

import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from .. import __version__
from ..entry.container import gradescope_output, write_json
from ..errors import AutograderError, SubmissionError
from ..grading.grade import fill_in, nothing_run, run_submission, unreadable
from ..grading.submission import parse_submission
from ..sandbox import Sandbox
from ..zips.reading import ZipContent

Record = dict[str, Any]

COMPLETED = "Completed"


@dataclass(frozen=True)
class Task:
    """One submission, ready to be graded in any process or on any machine."""

    label: str
    path: str
    """Where it lies on the machine that asks; in an export's zip, with the path inside of it."""
    name: str
    """File name."""
    content: bytes
    key: str
    """Tells this submission and autograder from all others."""
    autograder: str
    """Path of the zip on the machine that asks."""
    student: dict[str, str] | None = None
    problem: str = ""
    """Why it cannot be read at all, for the student."""


def key_of(content: bytes, name: str, archive: bytes) -> str:
    """A text that changes with the submission, the autograder.zip, or the version of this program."""
    digest = hashlib.sha256()
    for part in (__version__.encode(), name.encode("utf-8", "replace"), _digest(archive), content):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


@lru_cache(2)
def _digest(archive: bytes) -> bytes:
    return hashlib.sha256(archive).digest()


class Grader:
    """Grades one submission after the other with one autograder.zip."""

    def __init__(self, content: ZipContent, sandbox: Sandbox) -> None:
        self.settings, self.sandbox = content.settings, sandbox
        self.config = json.loads(content.config)
        self.test_files, self.judge = content.test_files, content.judge

    def grade(self, task: Task) -> Record:
        """Grade a submission and return its record; a fault of ours is its status, never an exception."""
        begun = time.monotonic()
        status = COMPLETED
        try:
            if task.problem:
                raise SubmissionError(task.problem)
            submission = parse_submission(task.name, task.content, self.judge.functions)
            outcome = run_submission(submission, self.judge, self.settings, self.sandbox)
        except SubmissionError as error:
            outcome = unreadable(str(error))
        except Exception as error:
            status = f"{type(error).__name__}: {error}"
            outcome = nothing_run(FAULT, "")
        return make_record(task, outcome, self.test_files, self.config, status, time.monotonic() - begun)


#: The message of the test cases of a submission that could not be graded for a reason that is ours.
FAULT = "Not graded: there is a fault in the autograder."


def make_record(
    task: Task, outcome: dict[str, Any], test_files: list[Any], config: dict[str, Any], status: str, seconds: float
) -> Record:
    """Put together what is written for a submission."""
    graded = fill_in(test_files, outcome)
    cases = []
    for test_file in test_files:
        found = outcome["cases"].get(test_file.name, {})
        for case in test_file.test_cases:
            result = found.get(case.name, {"outcome": "not run", "message": outcome["missing"], "staff": ""})
            entry = {"question": test_file.name, "name": case.name, "points": case.points, "hidden": bool(case.hidden)}
            cases.append(entry | result)
    record: Record = gradescope_output(graded, config)
    record["extra_data"] = {
        "autograder": {
            "version": 1,
            "file": task.label,
            "path": task.path,
            "autograder": task.autograder,
            "student": task.student,
            "key": task.key,
            "status": status,
            "points": {name: round(graded.get_result(name).score, 5) for name in graded.test_files},
            "possible": {name: round(graded.get_result(name).possible, 5) for name in graded.test_files},
            "cases": cases,
            "cells": outcome["cells"],
            "note": outcome["note"],
            "staff": outcome["staff"],
            "drawing": outcome["drawing"],
            "seconds": round(seconds, 3),
        }
    }
    return record


class Store:
    """The folder with the records of a run: ``results/LABEL.json``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "results"

    def path(self, label: str) -> Path:
        """The file of a submission's record."""
        if len(label.encode("utf-8", "replace")) > 200:  # a longer name is no name of a file
            label = f"{label[:60]}-{hashlib.sha256(label.encode('utf-8', 'replace')).hexdigest()[:16]}"
        return self.folder / f"{label}.json"

    def write(self, record: Record) -> None:
        """Write a record; a reader finds the old one or the new one.

        Raises:
            AutograderError: it cannot be written; what was there is still there.
        """
        path = self.path(ours(record)["file"])
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_json(path, record)
        except OSError as error:
            with suppress(OSError):
                path.with_suffix(".part").unlink()
            raise AutograderError(
                f"cannot write {path}: {error.strerror}; what was graded until now is kept, and the same command goes "
                "on from there"
            ) from error

    def tidy(self) -> None:
        """Remove what was half-written when a run was killed."""
        for path in (*self.folder.rglob("*.part"), *self.folder.parent.glob("final_grades.part")):
            path.unlink(missing_ok=True)

    def read_all(self) -> Iterator[Record]:
        """All records that are complete and of our making, in the order of their labels."""
        for path in sorted(self.folder.rglob("*.json")):
            try:
                record = json.loads(path.read_text(encoding="utf-8"))
                complete = ours(record)["version"] == 1 and self.path(ours(record)["file"]) == path
            except (OSError, ValueError, KeyError, TypeError):
                continue  # damaged: it is graded again
            if complete:
                yield record


def ours(record: Record) -> dict[str, Any]:
    """Our part of a record."""
    part: dict[str, Any] = record["extra_data"]["autograder"]
    return part
