"""One student's folder with very many files, or with long ones, does not keep the others waiting."""

import json
import time
from collections import Counter
from pathlib import Path

from autograder.batch.shapes import View
from autograder.batch.things import names_assignment
from autograder.grading.leavings import is_leaving
from autograder.grading.submission import may_be_submission
from autograder.grading.unpacking import sorted_out
from tests.support.classroom import WANTED, classroom, write
from tests.support.packing import HELPER, NB
from tests.support.samples import GOOD, notebook


class Read:
    """The files of a folder. It counts how often each of them is read."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files, self.counts = files, Counter[str]()

    def __call__(self, name: str) -> bytes:
        """The content of a file."""
        self.counts[name] += 1
        return self.files[name]


def test_scripts_are_read_once() -> None:
    """To find the scripts that only help others, each file is read once, however many there are."""
    files = {f"src/m{number}.py": f"import m{number + 1}".encode() for number in range(50)}
    files |= {
        "src/hw.py": GOOD.encode(),
        "src/both.py": b"import both",
        "src/a/ü.py": b"",
        "src/z.py": "import ü".encode(),
    }
    read = Read(files)
    view = View(list(files), [], read, WANTED)
    assert view.gradable(files) == ["src/m0.py", "src/hw.py", "src/both.py", "src/z.py"]
    assert set(read.counts.values()) == {1}


def test_helpers_of_a_notebook_are_read_twice() -> None:
    """Whether a script beside a notebook defines a function is looked up only if nothing imports it."""
    files = {"src/hw.ipynb": NB, "src/used.py": b"", "src/init.py": GOOD.encode()}
    files |= {f"src/m{number}.py": b"from pkg.used import x" for number in range(50)}
    read = Read(files)
    assert View(list(files), [], read, WANTED).gradable(files) == ["src/hw.ipynb", "src/init.py"]
    assert max(read.counts.values()) == 2


def test_modules_of_many_people_are_read_once(tmp_path: Path) -> None:
    """If each file is one student's, the modules that it imports go with it, wherever they are."""
    write(tmp_path / "in", "a/jana.py", "b/olaf.py", content=f"from pkg.tools import x\nimport more\n{GOOD}".encode())
    write(tmp_path / "in", "c/tools.py", "d/more.py", "d/tools.py", content=HELPER)
    found = {one.label: one.files for one in classroom(tmp_path / "in", layout="files").found}
    assert found["a/jana.py"] == {"jana.py": "a/jana.py", "more.py": "d/more.py", "tools.py": "c/tools.py"}
    assert list(found) == ["a/jana.py", "b/olaf.py"]


def test_data_files_are_parsed_once() -> None:
    """A data file may be a renamed notebook. It is read once, and a long one is not parsed."""
    read = Read({"a/hw.json": NB, "a/data.json": b"{}"})
    view = View(list(read.files), [], read, WANTED)
    assert [view.gradable(read.files), view.gradable(read.files)] == [["a/hw.json"]] * 2
    assert set(read.counts.values()) == {1}
    long = b'{"cells": [' + b"[]," * 400_000
    assert may_be_submission("hw.json", lambda _: long + b'"nbformat"')
    assert not may_be_submission("hw.json", lambda _: long)


def test_long_notebooks_are_not_parsed() -> None:
    """The assignment of a long notebook is found without parsing it, and a text in a cell is not taken for it."""
    cells = [f"x = {'1' * 2**20}", '{"assignment_name": "other"}']
    long = notebook(*cells, metadata={"otter": {"assignment_name": "Übung 1"}})
    plain = json.dumps(json.loads(long), ensure_ascii=False).encode()
    assert [names_assignment(one, "Übung 1") for one in (long, plain)] == [True, True]
    assert [names_assignment(one, name) for one in (long, plain) for name in ("other", "Übung")] == [False] * 4
    values = b'{"nbformat": 4, "cells": [], "a": [' + b"[]," * 1_490_000 + b"0]}"
    start = time.process_time()
    assert not any(names_assignment(values, "Übung 1") for _ in range(20))
    assert time.process_time() - start < 3


def test_very_many_environments() -> None:
    """What belongs to an environment is found without comparing each file with each environment."""
    names = [f"{number}/{inside}" for number in range(5_000) for inside in ("pyvenv.cfg", "bin/python", "hw.py")]
    start = time.process_time()
    assert sorted_out(names)[0] == [name for name in names if name.endswith("hw.py")]
    assert time.process_time() - start < 3
    assert is_leaving("a/b/lib/x.py", {"a/": "venv", "a/b/": "conda"})
    assert not is_leaving("a/b/lib/x.py", {"a/": "venv", "b/": "venv", "a/b": "venv"})
