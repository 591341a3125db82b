"""Fixtures that several test files share."""

import os
import signal
from pathlib import Path

import pytest

os.environ.setdefault("MPLBACKEND", "Agg")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from autograder.zips.build import build
from autograder.zips.sources import Sources
from tests.entry.docker_fixtures import base_image, docker_engine
from tests.support.corpus import ROOT
from tests.support.quick import quick_ones
from tests.support.selection import marks, selection

# In the background or under nohup, tests start with signals ignored, and so would every command that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

__all__ = ["base_image", "docker_engine", "marks", "selection"]


#: The files that take longest.
_LONG = ("test_containers.py", "test_hostile.py", "test_corpus.py")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--quick`` leaves out what takes long."""
    parser.addoption("--quick", action="store_true", help="no slow tests, no containers, a sample of the corpus")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Files run side by side, those that take longest first; Docker's engine goes from one file to the next."""
    if config.getoption("--quick"):
        every, items[:] = items[:], quick_ones(items)
        config.hook.pytest_deselected(items=[item for item in every if item not in set(items)])
    items.sort(key=lambda item: _LONG.index(item.path.name) if item.path.name in _LONG else len(_LONG))


@pytest.fixture(scope="session")
def sources() -> Sources:
    """The project's own sources and settings."""
    return Sources(ROOT, ROOT / "otter_config.json")


@pytest.fixture(scope="session")
def case_files(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the test files as they are in autograder.zip."""
    folder = tmp_path_factory.mktemp("cases")
    for name, text in sources.all_tests.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def dist(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with student.zip and autograder.zip, built and validated."""
    folder = tmp_path_factory.mktemp("dist")
    build(sources, folder)
    return folder
