"""Stock ``otter run`` on zips with files that Otter, its kernel or Python would load by themselves."""

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from autograder.zips.sources import Sources
from tests.entry.test_otter_run import marks_of, otter_run
from tests.support.samples import zipped

pytestmark = pytest.mark.slow

FULL = {"q3": 20.0, "q4": 35.0, "q5": 20.0}
NOTHING = dict.fromkeys(FULL, 0.0)

#: A test file for stock Otter that every submission passes.
EASY = """
from otter.test_files import test_case
OK_FORMAT = False
name = "{name}"
points = None
@test_case(name="{name} shapes", points=100)
def test_anything(): pass
"""

SHADOWS = (
    "numpy.py", "otter.py", "json.py", "msgspec.py", "autograder.py", "sitecustomize.py", "usercustomize.py",
    "__init__.py", "conftest.py", "autograder/__init__.py", "autograder/entry/otter_kernel.py",
    "autograder/entry/otter_plugin.py",
    "reference_solution/__init__.py", "otter/__init__.py", "ipykernel/__init__.py", "ipython_config.py",
    "startup/00-start.py", "IPython/__init__.py",
)  # fmt: skip


class Bomb:
    """An object that writes to a file when it is unpickled."""

    def __init__(self, canary: Path) -> None:
        self.canary = canary

    def __reduce__(self) -> tuple[Any, ...]:
        return exec, (f"open({str(self.canary)!r}, 'w').write('unpickled')",)


def poison(canary: Path) -> dict[str, bytes]:
    """Files that write to the canary when something loads them."""
    write = f"open({str(canary)!r}, 'a').write(__file__)\n".encode()
    files = dict.fromkeys(SHADOWS, write) | {"evil.pth": b"import os; " + write}
    files |= {f"tests/{question}.py": write + EASY.format(name=question).encode() for question in FULL}
    return files | dict.fromkeys((".OTTER_LOG", "results.pkl"), pickle.dumps(Bomb(canary)))


@pytest.mark.parametrize("solved", [True, False])
def test_nothing_of_a_zip_is_loaded(solved: bool, dist: Path, sources: Sources, tmp_path: Path) -> None:
    """Pickles, modules with the names of ours or Otter's, start-up files and test files have no effect."""
    canary = tmp_path / "canary"
    submission = tmp_path / "homework.zip"
    submission.write_bytes(zipped(poison(canary) | {"homework.ipynb": sources.notebook(solved=solved)}))
    results = otter_run(submission, dist, tmp_path / "out")
    assert marks_of(results) == (FULL if solved else NOTHING)
    assert not canary.exists()


@pytest.mark.parametrize("name", ["numpy.py", "otter.py", "autograder.py"])
def test_scripts_with_the_names_of_modules(name: str, dist: Path, tmp_path: Path) -> None:
    """A script with the name of one of our modules is graded, and never imported."""
    canary = tmp_path / "canary"
    submission = tmp_path / name
    submission.write_text(f"open({str(canary)!r}, 'w').write('run')\ndef init(model, D, I, K): pass", encoding="utf-8")
    results = otter_run(submission, dist, tmp_path / "out")
    assert marks_of(results) == NOTHING
    assert not canary.exists()


def test_metadata(dist: Path, sources: Sources, tmp_path: Path) -> None:
    """A kernel of the student's choice, tags that hide cells from Otter and tests in the metadata have no effect."""
    content = json.loads(sources.notebook(solved=True))
    content["metadata"]["kernelspec"] = {"name": "no-such-kernel", "display_name": "x", "language": "bash"}
    for cell in content["cells"]:
        cell["metadata"] |= {"tags": ["otter_ignore"], "otter": {"ignore": True, "tests": ["q3"]}}
    submission = tmp_path / "homework.ipynb"
    submission.write_text(json.dumps(content), encoding="utf-8")
    assert marks_of(otter_run(submission, dist, tmp_path / "out")) == FULL
