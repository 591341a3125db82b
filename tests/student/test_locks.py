"""Locks on files and watches on them: submissions that run at the same time can read the same libraries."""

import ctypes
import errno
import fcntl
import os
import signal
import socket
import sqlite3
import struct
from pathlib import Path
from typing import Any

import pytest

from autograder.student import seccomp
from tests.student.test_missing_layers import in_a_child, needs_seccomp

_F_OFD_SETLK, _F_SETLEASE, _F_NOTIFY, _F_SET_RW_HINT = 37, 1024, 1026, 1036
_F_SETSIG, _F_SETOWN_EX, _FIOSETOWN = 10, 15, 0x8901

pytestmark = needs_seccomp


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A file that everybody may read."""
    path = tmp_path / "library.py"
    path.write_text("x = 1", encoding="ascii")
    return path


def _outcome(action: Any, *arguments: Any) -> str:
    try:
        action(*arguments)
    except OSError as error:
        return errno.errorcode[error.errno or 0]
    return "done"


@pytest.mark.parametrize("same_user", [False, True])
def test_a_lock_of_another_process_is_not_noticed(same_user: bool, library: Path) -> None:
    """Each way to lock a file for reading reports success, although another process has locked it for itself alone."""
    whole_file = struct.pack("hhqqi4x", fcntl.F_RDLCK, os.SEEK_SET, 0, 0, 0)

    def action(channel: socket.socket) -> tuple[socket.socket, Any]:
        assert seccomp.enter(seccomp.build(same_user)) == ""
        signal.alarm(10)  # ends a process that waits
        file = os.open(library, os.O_RDONLY)
        ways = [fcntl.LOCK_SH | fcntl.LOCK_NB, fcntl.LOCK_SH]
        own = [_outcome(lock, file, way) for way in ways for lock in (fcntl.flock, fcntl.lockf)]
        return channel, [*own, _outcome(fcntl.fcntl, file, _F_OFD_SETLK, whole_file)]

    with library.open("r+b") as locked:
        fcntl.flock(locked, fcntl.LOCK_EX)
        fcntl.lockf(locked, fcntl.LOCK_EX)
        assert in_a_child(action) == ["done"] * 5


@pytest.mark.parametrize("same_user", [False, True])
def test_a_lock_keeps_nobody_out(same_user: bool, library: Path) -> None:
    """A file that a submission has locked can be locked by others."""
    with library.open("r+b") as shared, library.open("r+b") as other:

        def action(channel: socket.socket) -> tuple[socket.socket, Any]:
            assert seccomp.enter(seccomp.build(same_user)) == ""
            fcntl.flock(shared, fcntl.LOCK_EX)  # would stay, as the lock of an open file that this side has, too
            return channel, "locked"

        assert in_a_child(action) == "locked"
        assert _outcome(fcntl.flock, other, fcntl.LOCK_EX | fcntl.LOCK_NB) == "done"


@pytest.mark.parametrize("same_user", [False, True])
def test_nobody_is_told_who_opens_a_file(same_user: bool, library: Path) -> None:
    """Watches on a file or folder, leases and lasting marks are refused."""

    def action(channel: socket.socket) -> tuple[socket.socket, Any]:
        assert seccomp.enter(seccomp.build(same_user)) == ""
        libc = ctypes.CDLL(None, use_errno=True)
        watches = [(libc.inotify_init1(0), ctypes.get_errno())]
        watches.append((libc.inotify_add_watch(0, b"/", 1), ctypes.get_errno()))
        file, folder = os.open(library, os.O_RDONLY), os.open(library.parent, os.O_RDONLY)
        commands = [(file, _F_SETLEASE, fcntl.F_RDLCK), (folder, _F_NOTIFY, 1), (file, _F_SET_RW_HINT, bytes(8))]
        return channel, [watches, [_outcome(fcntl.fcntl, *command) for command in commands]]

    assert in_a_child(action) == [[[-1, errno.EPERM]] * 2, ["EPERM"] * 3]


def test_no_signals_for_the_owner_of_a_descriptor() -> None:
    """If others' processes have our user, none of them can be made the owner of a pipe, whom the kernel signals."""

    def action(channel: socket.socket) -> tuple[socket.socket, Any]:
        assert seccomp.enter(seccomp.build(same_user=True)) == ""
        pipe, parent = os.pipe()[0], os.getppid()
        commands = [(fcntl.F_SETOWN, parent), (_F_SETSIG, 9), (_F_SETOWN_EX, struct.pack("ii", 1, parent))]
        told = [_outcome(fcntl.fcntl, pipe, *command) for command in commands]
        return channel, [*told, _outcome(fcntl.ioctl, pipe, _FIOSETOWN, struct.pack("i", parent))]

    assert in_a_child(action) == ["EPERM"] * 4


@pytest.mark.parametrize("mode", ["delete", "wal"])
@pytest.mark.parametrize("same_user", [False, True])
def test_a_database_works_without_locks(same_user: bool, mode: str, tmp_path: Path) -> None:
    """Two connections of a submission to its own database see what the other has written."""

    def action(channel: socket.socket) -> tuple[socket.socket, Any]:
        assert seccomp.enter(seccomp.build(same_user)) == ""
        one, other = sqlite3.connect(tmp_path / "own.db"), sqlite3.connect(tmp_path / "own.db")
        told = one.execute(f"pragma journal_mode={mode}").fetchone()
        for connection in (one, other):
            with connection:
                connection.execute("create table if not exists numbers(n)")
                connection.execute("insert into numbers values (7)")
        return channel, [*told, *one.execute("select sum(n) from numbers").fetchone()]

    assert in_a_child(action) == [mode, 14]
