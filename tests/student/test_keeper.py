"""The keeper of a submission's processes and files, where something is in its way."""

import ctypes
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest

from autograder.student import keeper
from autograder.student.processes import stat
from autograder.wire import schema
from autograder.wire.frames import Closed, decoder, receive, send, send_with
from tests.student.test_missing_layers import LIMITS, in_a_child, needs_root

#: Of nobody on this machine.
USER = 61_777


class Waiting:
    """In place of the confinement of a worker: starts a process, tells both numbers, and waits."""

    def enter(self, spawn: schema.Spawn, channel: socket.socket) -> NoReturn:
        child = os.fork()
        if child:
            channel.sendall(f"{os.getpid()} {child}\n".encode())
        while True:
            signal.pause()


class Broken:
    """In place of a confinement with a mistake of ours in it."""

    def enter(self, spawn: schema.Spawn, channel: socket.socket) -> NoReturn:
        raise KeyError("a mistake")


@contextmanager
def kept(scratch: Path, confinement: Any) -> Iterator[tuple[socket.socket, socket.socket]]:
    """A keeper with a submission: its channel, and that of the worker."""
    (ours, theirs), (mine, workers) = socket.socketpair(), socket.socketpair()
    child = os.fork()
    if child == 0:
        for channel in (ours, mine, workers):
            channel.close()
        keeper.be_keeper(theirs, [], confinement, None)
    theirs.close()
    with ours, mine:
        send_with(ours, schema.Spawn(user=None, scratch=str(scratch), secrets=[], limits=LIMITS), [workers])
        workers.close()
        yield ours, mine
    os.waitpid(child, 0)


def alive(process: int) -> bool:
    """Whether a process has not ended."""
    with suppress(OSError, ValueError):
        return stat(process)[0] not in {b"Z", b"X"}
    return False


def test_processes_are_ended_where_nobody_can_wait_for_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without descriptors for processes, the keeper looks again and again until all have ended."""
    monkeypatch.delattr(os, "pidfd_open")
    with kept(tmp_path / "scratch", Waiting()) as (ours, mine):
        processes = [int(word) for word in mine.recv(100).split()]
        assert all(map(alive, processes))
        send(ours, schema.End())
        report = decoder(schema.Kept)(receive(ours))
        assert not any(map(alive, processes))
    assert report.left == 1


def test_a_keeper_goes_with_processes_that_cannot_be_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It makes no report and serves no other submission, which would run beside them."""
    end = os.kill

    def refused(*_: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", refused)
    monkeypatch.setattr(keeper, "_MOST_ROUNDS", 20)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with kept(scratch, Waiting()) as (ours, mine):
        processes = [int(word) for word in mine.recv(100).split()]
        try:
            send(ours, schema.End())
            with pytest.raises(Closed):
                receive(ours)
            assert all(map(alive, processes))
        finally:
            for process in processes:
                end(process, signal.SIGKILL)
    assert scratch.exists()


def test_a_mistake_of_ours_before_a_submission_runs(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The report names it, the log has its traceback, and no code of the submission is run."""
    with kept(tmp_path / "scratch", Broken()) as (ours, mine):
        report = decoder(schema.Confined)(receive(mine))
        with pytest.raises(Closed):
            receive(mine)
        send(ours, schema.End())
        assert decoder(schema.Kept)(receive(ours)).left == 0
    assert (report.refused, report.layers) == ("KeyError: 'a mistake'", [])
    assert "Traceback" in capfd.readouterr().err


@needs_root
def test_files_of_a_user_in_shared_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files, folders and links of this user are removed, and no other file, even if a link of theirs leads to it."""
    shared, scratch = tmp_path / "shared", tmp_path / "scratch"
    (shared / "folder" / "deep").mkdir(parents=True)
    (shared / "other").mkdir()
    scratch.mkdir()
    for name in ("file", "folder/deep/file", "other/file"):
        (shared / name).write_text("text", encoding="utf-8")
    (shared / "link").symlink_to(shared / "other")
    for name in ("file", "folder", "link"):
        os.chown(shared / name, USER, USER, follow_symlinks=False)
    monkeypatch.setattr(keeper, "_SHARED_FOLDERS", (str(tmp_path / "absent"), str(shared)))
    keeper._clean_up(schema.Spawn(user=USER, scratch=str(scratch), secrets=[], limits=LIMITS))
    assert [path.name for path in shared.iterdir()] == ["other"]
    assert (shared / "other" / "file").exists()
    assert not scratch.exists()


def in_the_kernel(kind: str) -> set[int]:
    """The numbers of all objects of this kind."""
    lines = Path("/proc/sysvipc", kind).read_text(encoding="ascii").splitlines()
    return {int(line.split()[1]) for line in lines[1:]}


@needs_root
@pytest.mark.skipif(not Path("/proc/sysvipc").exists(), reason="this kernel has no such objects")
def test_objects_of_a_user_that_the_kernel_keeps() -> None:
    """Shared memory, semaphores and message queues of this user are removed, and those of nobody else."""

    def make(channel: socket.socket) -> tuple[socket.socket, Any]:
        libc = ctypes.CDLL(None)
        own = libc.shmget(0, 4096, 0o600)
        os.setresuid(USER, USER, USER)
        return channel, [own, libc.shmget(0, 4096, 0o600), libc.semget(0, 1, 0o600), libc.msgget(0, 0o600)]

    own, *numbers = in_a_child(make)
    theirs = dict(zip(("shm", "sem", "msg"), numbers, strict=True))
    try:
        assert all(number in in_the_kernel(kind) for kind, number in theirs.items())
        keeper._remove_system_v(USER)
        assert not any(number in in_the_kernel(kind) for kind, number in theirs.items())
        assert own in in_the_kernel("shm")
    finally:
        ctypes.CDLL(None).shmctl(own, 0, None)
