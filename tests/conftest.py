"""Fixtures that several test files share."""

import fcntl
import gc
import os
import re
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import psutil
import pytest

os.environ.setdefault("MPLBACKEND", "Agg")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from autograder.zips.build import AUTOGRADER_ZIP, STUDENT_ZIP
from autograder.zips.sources import Sources
from tests.entry.docker_fixtures import base_image, docker_engine
from tests.support.corpus import ROOT, project
from tests.support.quick import quick_ones
from tests.support.selection import marks, selection

# In the background or under nohup, tests start with signals ignored, and so would every command that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

# Until all tests are found: none of the libraries and tests that are loaded is garbage.
gc.disable()

__all__ = ["base_image", "docker_engine", "marks", "selection"]


#: Files that take longest. One that began last would run alone at the end. Two that need Docker are far from each
#: other, since the second waits for the engine.
_LONG = (
    "test_containers.py", "test_hostile.py", "test_corpus.py", "test_cluster.py", "test_build.py", "test_pages.py",
    "test_installing.py", "test_killed.py", "test_hostile_containers.py", "test_second_assignment.py",
    "test_otter_run.py", "test_other_systems.py", "test_command.py", "test_student_way.py", "test_quarantine.py",
    "test_drawings.py", "test_pdf_containers.py", "test_staff_only.py", "test_input.py", "test_limits.py",
    "test_settings_everywhere.py", "test_public_checks.py", "test_cleanup.py", "test_clocks.py", "test_browser.py",
    "test_wheel.py", "test_image.py",
)  # fmt: skip

_PROCESS = psutil.Process()

#: Garbage is looked for after so many new objects. With Python's 700, that takes a tenth of the tests' time.
_GARBAGE = 10_000

#: How a file says that all of its tests are slow.
_ALL_SLOW = re.compile(r"^pytestmark = \[?pytest\.mark\.slow\b", re.MULTILINE)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--quick`` leaves out what takes long."""
    parser.addoption("--quick", action="store_true", help="no slow tests, no containers, a sample of the corpus")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even load a file in a quick run if all of its tests are slow."""
    if config.getoption("--quick") and collection_path.name.startswith("test_") and collection_path.suffix == ".py":
        return _ALL_SLOW.search(collection_path.read_text(encoding="utf-8")) is not None or None
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run the longest files first, as files run in parallel. Docker's engine goes from one file to the next."""
    if config.getoption("--quick"):
        every, items[:] = items[:], quick_ones(items)
        chosen = set(items)
        config.hook.pytest_deselected(items=[item for item in every if item not in chosen])
    items.sort(key=lambda item: _LONG.index(item.path.name) if item.path.name in _LONG else len(_LONG))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Keep the garbage collector away from the tests and the libraries, which it would search again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE)
    gc.enable()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """Free the figures of a test. The collector counts objects, and a few of them hold many megabytes.

    With gigabytes, everything is slower: a fork copies the tables of all pages.
    """
    before = _PROCESS.memory_info().rss
    result = yield
    if _PROCESS.memory_info().rss - before > 2 * 2**20:
        gc.collect()
    return result


@pytest.fixture(scope="session")
def sources() -> Sources:
    """The project's own sources and settings."""
    return project()


@pytest.fixture(scope="session")
def case_files(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the test files as they are in autograder.zip."""
    folder = tmp_path_factory.mktemp("cases")
    for name, text in sources.all_tests.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A folder with student.zip and autograder.zip, built by the command, once for all files that run side by side.

    What the command printed is in ``dist.out`` and ``dist.err`` beside it.
    """
    if not hasattr(request.config, "workerinput"):
        return _built(tmp_path_factory.mktemp("built"))
    shared = tmp_path_factory.getbasetemp().parent  # each worker has a folder of its own in it
    with (shared / "dist.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _built(shared)


def _built(place: Path) -> Path:
    """Build over older zips, unless that has been done."""
    folder, output, errors = place / "dist", place / "dist.out", place / "dist.err"
    if not errors.exists():
        folder.mkdir()
        for name in (STUDENT_ZIP, AUTOGRADER_ZIP):
            (folder / name).write_text("old")
        words = [sys.executable, "-m", "autograder", "build", "--root", str(ROOT), "-o", str(folder)]
        done = subprocess.run(
            words, cwd=place, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
        )
        output.write_text(done.stdout, encoding="utf-8")
        errors.write_text(done.stderr, encoding="utf-8")
    old = [path.name for path in folder.iterdir() if path.read_bytes() == b"old"]
    assert not old, errors.read_text(encoding="utf-8")
    return folder
