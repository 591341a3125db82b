"""Stock ``otter run`` on zips with files that Otter, its kernel or Python would load by themselves."""

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from autograder.zips.sources import Sources
from tests.entry.otter_runs import otter_runs
from tests.entry.test_otter_run import marks_of
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


SCRIPTS = ("numpy.py", "otter.py", "autograder.py")


def foreign_metadata(notebook: bytes) -> bytes:
    """The notebook with a kernel that does not exist, tags that hide cells from Otter, and tests of its own."""
    content = json.loads(notebook)
    content["metadata"]["kernelspec"] = {"name": "no-such-kernel", "display_name": "x", "language": "bash"}
    for cell in content["cells"]:
        cell["metadata"] |= {"tags": ["otter_ignore"], "otter": {"ignore": True, "tests": ["q3"]}}
    return json.dumps(content).encode()


@pytest.fixture(scope="module")
def canaries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder to which whatever should not be loaded would write."""
    return tmp_path_factory.mktemp("canaries")


@pytest.fixture(scope="module")
def graded(
    dist: Path, sources: Sources, canaries: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    """What ``otter run`` makes of each of the submissions below."""
    folder = tmp_path_factory.mktemp("quarantine")
    solved, untouched = sources.notebook(solved=True), sources.notebook(solved=False)
    contents = {
        "solved.zip": zipped(poison(canaries / "solved.zip") | {"homework.ipynb": solved}),
        "untouched.zip": zipped(poison(canaries / "untouched.zip") | {"homework.ipynb": untouched}),
        "homework.ipynb": foreign_metadata(solved),
    }
    for name in SCRIPTS:
        write = f"open({str(canaries / name)!r}, 'w').write('run')"
        contents[name] = f"{write}\ndef init(model, D, I, K): pass".encode()
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return otter_runs(dist / "autograder.zip", {name: folder / name for name in contents}, folder / "out")


@pytest.mark.parametrize(("name", "marks"), [("solved.zip", FULL), ("untouched.zip", NOTHING)])
def test_nothing_of_a_zip_is_loaded(
    name: str, marks: dict[str, float], graded: dict[str, dict[str, Any]], canaries: Path
) -> None:
    """Pickles, modules with the names of ours or Otter's, start-up files and test files have no effect."""
    assert marks_of(graded[name]) == marks
    assert not (canaries / name).exists()


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_with_the_names_of_modules(name: str, graded: dict[str, dict[str, Any]], canaries: Path) -> None:
    """A script with the name of one of our modules is graded, and never imported."""
    assert marks_of(graded[name]) == NOTHING
    assert not (canaries / name).exists()


def test_metadata(graded: dict[str, dict[str, Any]]) -> None:
    """A kernel of the student's choice, tags that hide cells from Otter and tests in the metadata have no effect."""
    assert marks_of(graded["homework.ipynb"]) == FULL
