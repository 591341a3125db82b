"""Folders of a submission are measured and removed, however deep they are, whatever their modes, and without links."""

import os
import resource
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from autograder.student import folders
from autograder.student.folders import LEVELS, measure, remove
from tests.student.test_missing_layers import in_a_child, needs_root

#: Of nobody on this machine.
USER = 61_778

MUCH = 1 << 40


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that every user may write to."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o777)
        yield Path(name)


def as_user(action: Callable[[], Any]) -> Any:
    """What an action of an ordinary user returns."""

    def act(channel: socket.socket) -> tuple[socket.socket, Any]:
        os.setgroups([])
        os.setresgid(USER, USER, USER)
        os.setresuid(USER, USER, USER)
        return channel, action()

    return in_a_child(act)


@contextmanager
def inside(path: Path) -> Iterator[None]:
    """Work in a folder, and come back."""
    before = os.getcwd()
    os.chdir(path)
    try:
        yield
    finally:
        os.chdir(before)


def nest(path: Path, name: str, levels: int, files: int = 0) -> None:
    """Make a folder in a folder in a folder, with files in the last."""
    path.mkdir(exist_ok=True)
    with inside(path):
        for _ in range(levels):
            os.mkdir(name)
            os.chdir(name)
        for number in range(files):
            Path(f"file{number}").write_bytes(bytes(8192))


@contextmanager
def few_descriptors(spare: int) -> Iterator[None]:
    """Only so many more files may be open within the block."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(map(int, os.listdir("/proc/self/fd"))) + spare, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize(("name", "levels"), [("d", 1500), ("d" * 250, 60)])
def test_deep_folders_are_removed(name: str, levels: int, tmp_path: Path) -> None:
    """Neither the number of levels nor the length of the path matters, and few descriptors are needed."""
    (tmp_path / "scratch").mkdir()
    nest(tmp_path / "scratch" / "a", name, levels, files=3)
    nest(tmp_path / "scratch" / "b", name, levels, files=3)
    with few_descriptors(8):
        remove(str(tmp_path / "scratch"))
    assert os.listdir(tmp_path) == []


def test_folders_with_many_folders_are_removed(tmp_path: Path) -> None:
    """Folders side by side at every level, with the same names."""
    for one in range(12):
        for two in range(12):
            (tmp_path / "scratch" / str(one) / str(two) / "0" / "1").mkdir(parents=True)
            (tmp_path / "scratch" / str(one) / str(two) / "0" / "file").write_text("text", encoding="ascii")
    remove(str(tmp_path / "scratch"))
    assert os.listdir(tmp_path) == []


def closed(path: Path) -> None:
    """Make folders that do not let their owner in."""
    for name, mode in (("none", 0), ("enter", 0o300), ("list", 0o400), ("see", 0o500), ("write", 0o200)):
        (path / name / "inner").mkdir(parents=True)
        (path / name / "inner" / "file").write_bytes(bytes(8192))
        (path / name / "inner").chmod(mode)
        (path / name).chmod(mode)


@needs_root
@pytest.mark.parametrize("top", [0o700, 0])
def test_closed_folders_of_our_own_user(top: int, reachable: Path) -> None:
    """The owner of folders can measure and remove them, even if their modes do not let him in."""

    def action() -> Any:
        for name in ("one", "two"):
            closed(reachable / name)
            (reachable / name).chmod(top)
        found = measure(str(reachable / "one"), MUCH, 100)
        for name in ("one", "two"):
            remove(str(reachable / name))
        return [found.size >= 5 * 8192, found.entries, found.hidden, os.listdir(reachable)]

    assert as_user(action) == [True, 15, False, []]


@needs_root
def test_a_folder_of_somebody_else_is_not_opened(reachable: Path) -> None:
    """What cannot be listed counts as too much."""
    (reachable / "theirs").mkdir(mode=0o700)

    def action() -> Any:
        found = measure(str(reachable), MUCH, 100)
        remove(str(reachable / "theirs" / "file"))
        return [found.entries, found.hidden]

    assert as_user(action) == [1, True]


def test_links_are_not_followed(tmp_path: Path) -> None:
    """Neither a link to a folder nor one to a file leads anywhere, and the folder itself may be no link."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file").write_bytes(bytes(1 << 20))
    (tmp_path / "scratch" / "inner").mkdir(parents=True)
    for place in (tmp_path / "scratch", tmp_path / "scratch" / "inner"):
        (place / "folder").symlink_to(tmp_path / "other")
        (place / "file").symlink_to(tmp_path / "other" / "file")
        (place / "nowhere").symlink_to("nowhere")
    found = measure(str(tmp_path / "scratch"), MUCH, 100)
    assert (found.entries, found.hidden, found.size < 1 << 20) == (7, False, True)
    (tmp_path / "link").symlink_to(tmp_path / "scratch")
    remove(str(tmp_path / "link"))
    assert (tmp_path / "scratch" / "inner").is_dir()
    remove(str(tmp_path / "scratch"))
    assert [path.name for path in tmp_path.iterdir()] == ["other"]
    assert (tmp_path / "other" / "file").exists()


def test_nothing_to_remove(tmp_path: Path) -> None:
    """What is not there, or cannot be removed, is no error."""
    remove(str(tmp_path / "absent"))
    remove("/proc/self/status")
    remove("/proc/self/fd")
    assert measure(str(tmp_path / "absent"), MUCH, 100).entries == 0


def test_folders_that_cannot_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk that is full, a folder may have no room for another one. They are removed nevertheless."""

    def refused(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    nest(tmp_path / "scratch", "d", 30, files=1)
    monkeypatch.setattr(os, "rename", refused)
    remove(str(tmp_path / "scratch"))
    assert os.listdir(tmp_path) == []


def test_files_at_every_depth_count(tmp_path: Path) -> None:
    """Files count below paths that are longer than a path may be."""
    try:
        nest(tmp_path / "scratch", "d" * 250, 30, files=5)
        found = measure(str(tmp_path / "scratch"), MUCH, 1000)
        assert (found.entries, found.hidden) == (35, False)
        assert found.size >= 5 * 8192
        assert measure(str(tmp_path / "scratch"), 8192, 1000).size <= 3 * 8192  # it stops
        assert measure(str(tmp_path / "scratch"), MUCH, 3).entries == 4
    finally:
        remove(str(tmp_path / "scratch"))


@pytest.mark.parametrize("more", [0, 1])
def test_too_many_levels_are_too_much(more: int, tmp_path: Path) -> None:
    """A folder with too many levels counts as one that hides something. No descriptor stays open."""
    nest(tmp_path / "scratch", "d", LEVELS + more)
    before = os.listdir("/proc/self/fd")
    assert measure(str(tmp_path / "scratch"), MUCH, 1000).hidden is bool(more)
    assert os.listdir("/proc/self/fd") == before
    remove(str(tmp_path / "scratch"))


def test_folders_that_vanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is removed while it is measured hides nothing."""
    for name in ("one", "two", "three"):
        (tmp_path / "scratch" / name).mkdir(parents=True)
    opened = folders._opened

    def removed(name: str, above: int | None, needed: int) -> int:
        if name == "two":
            os.rmdir(tmp_path / "scratch" / "two")
        return opened(name, above, needed)

    monkeypatch.setattr(folders, "_opened", removed)
    found = measure(str(tmp_path / "scratch"), MUCH, 1000)
    assert (found.entries, found.hidden) == (3, False)
