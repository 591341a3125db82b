"""Hostile submissions in default Docker containers, where the grader is root, as on Gradescope.

Those that use nothing of the machine are in ``test_hostile.py`` only.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.attacks import Hostile, read_hostile
from tests.hostile.container import in_container
from tests.hostile.driver import Result, Start, run_shared
from tests.hostile.start import FOLDER, make_bundle
from tests.support.docker_engine import Engine

pytestmark = [pytest.mark.slow, pytest.mark.docker]

ENTRIES = [entry for entry in read_hostile(FOLDER) if entry.reach == "machine"]

#: Where the grader's folder is, as on Gradescope.
PLACE = "/autograder"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tar with the grader and the worker."""
    return make_bundle(tmp_path_factory.mktemp("hostile") / "bundle.tar")


@pytest.fixture(scope="module")
def start_in_container(docker_engine: Engine, base_image: str, bundle: Path) -> Iterator[Start]:
    """A function that starts the worker in a new container."""
    with in_container(docker_engine, base_image, bundle) as start:
        yield start


@pytest.fixture(scope="module")
def in_containers(start_in_container: Start) -> dict[str, Result]:
    """The results of each submission in a container, as root. Two containers share the work, side by side."""
    return run_shared([start_in_container] * 2, [entry.name for entry in ENTRIES], PLACE)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_attack_fails_in_a_container(entry: Hostile, in_containers: dict[str, Result]) -> None:
    """A hostile submission achieves nothing in a default container, where the grader is root."""
    assert in_containers[entry.name]["findings"] == []


def test_fork_bomb_harms_no_neighbour(in_containers: dict[str, Result]) -> None:
    """A fork bomb in one container harms no submission in the other one at that time, as with ``otter grade``."""
    began, ended = in_containers["fork_bomb"]["span"]
    beside = [
        result["findings"]
        for name, result in in_containers.items()
        if name != "fork_bomb" and result["span"][0] < ended and result["span"][1] > began
    ]
    assert beside
    assert not any(beside)
