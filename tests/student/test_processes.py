"""The descendants of a process: found in every way that systems offer, without those that have ended."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.student import processes, system
from autograder.student.processes import descendants


@pytest.fixture
def family() -> Iterator[tuple[int, int]]:
    """A child that waits, and its child, which waits too, until both are ended."""
    told, tell = os.pipe()
    over, end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(end)
        grandchild = os.fork()
        if grandchild:
            os.write(tell, f"{grandchild}\n".encode())
        os.read(over, 1)
        os._exit(0)
    grandchild = int(os.read(told, 20))
    yield child, grandchild
    for descriptor in (told, tell, over, end):
        os.close(descriptor)
    os.waitpid(child, 0)


def ended() -> int:
    """The number of a process that is gone."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return child


@pytest.mark.skipif(not system.LINUX, reason="there is no /proc")
def test_descendants_where_the_kernel_lists_no_children(
    family: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are found by the parents of all processes, even while one of those ends."""
    monkeypatch.setattr(processes, "_CHILDREN_FILE", tmp_path / "absent")
    gone, listed = ended(), os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: [*listed(path), str(gone)])
    assert descendants(family[0]) == {family[1]}
    assert set(family) <= descendants(os.getpid())
    assert descendants(family[1]) == set()


def test_descendants_on_other_systems(family: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """They are found with a library. A process that is gone has none."""
    monkeypatch.setattr(system, "LINUX", False)
    assert descendants(family[0]) == {family[1]}
    assert descendants(ended()) == set()


@pytest.mark.skipif(not system.LINUX, reason="there is no /proc")
def test_a_process_that_ends_while_it_is_read_is_no_descendant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the kernel says so, has nothing left to tell, or tells of a process that nobody has waited for."""
    gone = ended()
    monkeypatch.setattr(processes, "_children", lambda process: [gone] if process == os.getpid() else [])
    assert descendants(os.getpid()) == set()
    with monkeypatch.context() as patch:
        patch.setattr(processes, "read", lambda path: b"")
        assert descendants(os.getpid()) == set()
    child = os.fork()
    if child == 0:
        os._exit(0)
    monkeypatch.setattr(processes, "_children", lambda process: [child] if process == os.getpid() else [])
    for _ in range(100):
        if descendants(os.getpid()) == set():
            break
        time.sleep(0.05)
    assert descendants(os.getpid()) == set()
    os.waitpid(child, 0)
