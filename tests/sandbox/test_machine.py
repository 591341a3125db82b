"""What is said of machines that lack something: which layer, how bad that is, and what to do about it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import SandboxError
from autograder.sandbox import machine
from autograder.student import landlock, seccomp
from tests.support.corpus import ROOT

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="it takes rights from root")


def refuse(error: Exception) -> Callable[..., Any]:
    """What takes the place of a call that the machine refuses."""

    def refused(*_: object, **__: object) -> Any:
        raise error

    return refused


@pytest.mark.parametrize(
    ("version", "user", "state", "told"),
    [
        (7, 1000, "good", "version 7: files, signals, abstract sockets"),
        (4, 1000, "weaker", "version 4 confines files but not signals; seccomp does that. Linux 6.12"),
        (0, 0, "weaker", "missing. It needs Linux 5.13 or later"),
        (0, 1000, "bad", "Or run as root. Grade with 'otter grade'"),
    ],
)
def test_landlock(version: int, user: int, state: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An old version is weaker; without any, only root has another way to keep students from our files."""
    monkeypatch.setattr(landlock, "version", lambda: version)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    found = machine.landlock()
    assert found.state == state
    assert told in found.remark


def test_an_ordinary_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Submissions have no users of their own then, which is weaker, and is told where something else is missing."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(landlock, "version", lambda: 7)
    monkeypatch.setattr(seccomp, "AVAILABLE", False)
    assert machine.user().state == "weaker"
    told = machine.what_is_missing()
    assert "Landlock" not in told
    assert "user: submissions run as your user. If you are root, every submission runs as its own user." in told
    assert "run 'apt-get install libseccomp2' and 'pip install pyseccomp'." in told


@ROOT_ONLY
def test_root_without_rights() -> None:
    """Root that lacks a capability is told which one, by ``autograder doctor`` and before anything is started."""
    program = (
        "from autograder.sandbox import Sandbox, machine\nprint(machine.user())\n"
        "try: Sandbox().start()\nexcept Exception as error: print(type(error).__name__, error)"
    )
    command = ["setpriv", "--bounding-set=-kill", sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    finding, error = done.stdout.splitlines()
    assert "state='bad'" in finding
    assert error.startswith("SandboxError root lacks CAP_KILL here")
    assert finding.count("--cap-add KILL") == error.count("--cap-add KILL") == 1


@pytest.mark.parametrize("status", ["", "CapEff:\n", "CapEff:\tnone\n", OSError(2, "No such file or directory")])
def test_rights_that_are_not_told(status: str | OSError, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the kernel does not say what root may do, nothing is taken for missing: the first submission shows it."""
    told = refuse(status) if isinstance(status, OSError) else lambda *_, **__: status
    monkeypatch.setattr(Path, "read_text", told)
    assert machine.missing_capabilities() == []


def test_a_temporary_folder_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check of the disk says so, and goes on."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    assert machine.room().state == "bad"
    assert "gone" in machine.room().remark
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert machine.room().state == "good"


def test_a_disk_without_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check of the disk says how much is needed."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(os, "statvfs", lambda _: os.statvfs_result((4096, 4096, 9, 9, 9, 9, 9, 9, 0, 255)))
    found = machine.room()
    assert found.state == "bad"
    assert f"0 MB are free in {tmp_path}, and grading needs 256 MB" in found.remark


@pytest.mark.parametrize(
    ("system", "forks", "confine", "told"),
    [
        ("win32", False, False, "submissions cannot be run on win32. Grade with 'otter grade'"),
        ("win32", False, True, "submissions cannot be run on win32. Grade with 'otter grade'"),
        ("darwin", True, True, "can be confined only on Linux, and this is darwin. .* with --unconfined"),
    ],
)
def test_other_systems(system: str, forks: bool, confine: bool, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that cannot fork runs no submissions, and one that cannot confine them says how to run them anyway."""
    monkeypatch.setattr(sys, "platform", system)
    if not forks:
        monkeypatch.delattr(os, "fork")
    with pytest.raises(SandboxError, match=told):
        machine.check_system(confine)
