"""Shared by the tests of ``autograder grade``: a small autograder.zip, submissions, the command, and what it leaves."""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.zips.archive import write_zip
from tests.support import prepared
from tests.support.corpus import ROOT
from tests.support.samples import GOOD, config, notebook

#: A public case, then a hidden one: ``init`` must return 1, ``forward`` a number below 3. A submission can end the
#: process that judges it, either once, or as long as a certain file exists.
_CASES = """
import os
import signal
from pathlib import Path
from otter.test_files import test_case
from autograder.checking.calls import call
OK_FORMAT = False
name = "{question}"
points = None

@test_case(name="one", points=1, hidden=False)
def test_one(init):
    flag = Path("{flag}", str(call(init, name="init")))
    if flag.exists():
        if flag.name == "once":
            flag.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    assert init() == 1

@test_case(name="two", points=2, hidden=True)
def test_two(forward):
    assert forward() < 3
"""

Rows = dict[str, dict[str, str]]


class Place:
    """A folder for one test: an autograder.zip, submissions and results. It also catches temporary files."""

    def __init__(self, folder: Path, temporary: Path) -> None:
        self.folder, self.temporary = folder, temporary
        self.submissions, self.output, self.flags = folder / "in", folder / "out", folder / "flags"
        self.submissions.mkdir()
        self.flags.mkdir()
        self.zip = self.write_zip()

    def write_zip(
        self, name: str = "autograder.zip", question: str = "q3", version: str | None = None, **settings: Any
    ) -> Path:
        """Write an autograder.zip with two cases that are worth three points together."""
        init = (ROOT / "autograder" / "__init__.py").read_text(encoding="utf-8")
        if version:
            init = f'__version__ = "{version}"\n'
        limits = {"call_seconds": 5, "cells_seconds": 10, "total_seconds": 30}
        files = {
            f"tests/{question}.py": _CASES.format(question=question, flag=self.flags),
            "otter_config.json": json.dumps(config(**limits | settings)),
            "files/autograder/__init__.py": init,
        }
        path = self.folder / name
        write_zip(path, {inside: text.encode() for inside, text in files.items()})
        return path

    def write(self, name: str, forward: int = 1, cell: str = GOOD) -> Path:
        """Write a notebook whose ``forward`` returns a number. A number below 3 gets full marks."""
        path = self.submissions / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(notebook(cell, f"def forward(): return {forward}"))
        return path

    def write_many(self, count: int, cell: str = GOOD) -> None:
        """Write notebooks that get full marks, or one point."""
        for number in range(count):
            self.write(f"s{number:03}.ipynb", forward=1 + 4 * (number % 2), cell=cell)

    def command(self, *options: str | Path, paths: tuple[Path, ...] = ()) -> list[str]:
        """The command that grades these paths; by default all submissions."""
        return [
            sys.executable, "-m", "autograder", "grade", *map(str, paths or (self.submissions,)),
            "-a", str(self.zip), "-o", str(self.output), "-j", "2", *map(str, options),
        ]  # fmt: skip

    def options(self) -> dict[str, Any]:
        """Options for a process: its working directory, and the place for its temporary files."""
        return {"cwd": ROOT, "env": os.environ | {"TMPDIR": str(self.temporary), "COLUMNS": "200"}}

    def start(self, *options: str | Path, paths: tuple[Path, ...] = (), **how: Any) -> subprocess.Popen[str]:
        """Start the command in a process group of its own."""
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
        return subprocess.Popen(self.command(*options, paths=paths), **self.options() | pipes | how)

    def grade(self, *options: str | Path, paths: tuple[Path, ...] = ()) -> subprocess.CompletedProcess[str]:
        """Run the command without its start, and wait until it ends."""
        return self.run(self.command(*options, paths=paths))

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Run any command in the same way."""
        return prepared.run(command, **self.options())

    def table(self) -> Rows:
        """The rows of final_grades.csv by file."""
        with (self.output / "final_grades.csv").open(encoding="utf-8-sig", newline="") as stream:
            return {row["file"]: row for row in csv.DictReader(stream)}

    def rows(self) -> list[dict[str, str]]:
        """All rows of final_grades.csv."""
        with (self.output / "final_grades.csv").open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    def totals(self) -> dict[str, float]:
        """The points of each submission in the table that has any, even none."""
        rows = self.table()
        rows.pop("points-per-question", None)
        marked = {file: row for file, row in rows.items() if row["total_points_earned"]}
        assert all(row["grading_status"].startswith(("graded", "partly run")) for row in marked.values())
        return {file: float(row["total_points_earned"]) for file, row in marked.items()}

    def faults(self) -> dict[str, str]:
        """The reasons of the submissions in the table that were not graded; no file holds points of them."""
        found = {}
        for file, row in self.table().items():
            status = row.pop("grading_status")
            if status.startswith("not graded yet: "):
                found[row.pop("file")] = status.removeprefix("not graded yet: ")
                assert not any(
                    row[column] for column in ("q3", "total_points_earned", "percent_correct") if column in row
                )
                record = json.loads((self.output / "results" / f"{file}.json").read_bytes())
                assert (record["tests"], record.get("score")) == ([], None)
                assert record["extra_data"]["autograder"]["cases"] == []
        return found

    def records(self) -> dict[str, tuple[int, int]]:
        """The file of each record, with what changes if the record is written again. All records must be complete."""
        found = {}
        for path in sorted((self.output / "results").rglob("*.json")):
            status = path.stat()
            found[path.relative_to(self.output / "results").as_posix()] = (status.st_ino, status.st_mtime_ns)
            json.loads(path.read_bytes())
        return found

    def leftovers(self) -> list[str]:
        """Processes and temporary files of the command that still exist after a few seconds."""
        for _ in range(150):
            found = [*map(str, self.temporary.iterdir()), *map(str, self.processes())]
            if not found:
                break
            time.sleep(0.1)
        return found

    def processes(self) -> list[tuple[int, str]]:
        """Processes of the command that are still running: number and command line."""
        mark = f"TMPDIR={self.temporary}\0".encode()
        own, found = prepared.forked(), []
        for entry in Path("/proc").iterdir():
            try:
                if not entry.name.isdigit() or entry.name == str(os.getpid()):
                    continue
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                inside = int(entry.name) in own or os.readlink(entry / "cwd").startswith(str(self.temporary))
                if line and (inside or mark in (entry / "environ").read_bytes()):
                    found.append((int(entry.name), line))
            except OSError:
                continue  # it has ended meanwhile
        return found


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A folder for one test of ``autograder grade``. The user of a submission can reach the temporary files."""
    with tempfile.TemporaryDirectory(prefix="batch-test-") as temporary:
        Path(temporary).chmod(0o711)
        yield Place(tmp_path, Path(temporary))
