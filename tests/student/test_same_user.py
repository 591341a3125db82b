"""What the filter does where a submission runs as the user that grades: that user's own files keep what they have."""

import ctypes
import errno
import fcntl
import os
import shutil
import socket
import struct
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from autograder.student import seccomp, system
from tests.student.test_missing_layers import in_a_child, needs_seccomp

_FS_IOC_SETFLAGS, _FS_IOC_FSSETXATTR = 0x40086602, 0x401C5820


@needs_seccomp
def test_a_file_that_is_open_to_read_is_not_changed(tmp_path: Path) -> None:
    """A user may own the libraries. Their modes, owners, attributes and flags stay as they are."""
    path = tmp_path / "library.py"
    path.write_text("x = 1", encoding="ascii")
    path.chmod(0o600)

    def action(channel: socket.socket) -> tuple[socket.socket, Any]:
        assert seccomp.enter(seccomp.build(same_user=True)) == ""
        with path.open("rb") as stream:
            os.fchmod(stream.fileno(), 0o666)
            os.fchown(stream.fileno(), 1, 1)
            told = []
            for command in (_FS_IOC_SETFLAGS, _FS_IOC_FSSETXATTR):
                try:
                    fcntl.ioctl(stream.fileno(), command, bytes(28))
                except OSError as error:
                    told.append(error.errno)
        return channel, told

    before = path.stat()
    assert in_a_child(action) == [errno.EPERM, errno.EPERM]
    after = path.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    assert os.listxattr(path) == []


@needs_seccomp
@pytest.mark.parametrize("same_user", [False, True])
def test_the_page_cache_is_no_blackboard(same_user: bool, tmp_path: Path) -> None:
    """Which parts of a library are in memory must not carry a hidden input from one submission to the next."""
    path = tmp_path / "library.py"
    path.write_text("x = 1", encoding="ascii")

    def action(channel: socket.socket) -> tuple[socket.socket, Any]:
        assert seccomp.enter(seccomp.build(same_user)) == ""
        with path.open("rb") as stream:
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)  # does nothing
            plain = os.preadv(stream.fileno(), [bytearray(5)], 0)
            try:
                os.preadv(stream.fileno(), [bytearray(5)], 0, os.RWF_NOWAIT)
            except OSError as error:
                return channel, [plain, error.errno]
        return channel, "asked"

    assert in_a_child(action) == [5, errno.EPERM]


#: setxattrat and close_range, which the libraries of a machine may not know. All new machines have these numbers.
_SETXATTRAT = 463
_CLOSE_RANGE = 436


@needs_seccomp
@pytest.mark.parametrize("same_user", [False, True])
def test_attributes_take_no_space(same_user: bool, tmp_path: Path) -> None:
    """Nobody counts the attributes of files. They are refused as on a disk that has none, so files can be copied."""
    path = tmp_path / "file"
    path.write_text("text", encoding="ascii")
    with suppress(OSError):
        os.setxattr(path, "user.before", b"1")

    def action(channel: socket.socket) -> tuple[socket.socket, Any]:
        assert seccomp.enter(seccomp.build(same_user)) == ""
        told = []
        with path.open("rb") as stream:
            for place, follow in ((path, True), (path, False), (stream.fileno(), True)):
                try:
                    os.setxattr(place, "user.mark", b"1", follow_symlinks=follow)
                except OSError as error:
                    told.append(error.errno)
        content = ctypes.create_string_buffer(b"1")
        wanted = struct.pack("QII", ctypes.addressof(content), 1, 0)
        libc = ctypes.CDLL(None, use_errno=True)
        done = libc.syscall(_SETXATTRAT, -100, bytes(path), 0, b"user.mark", wanted, len(wanted))
        told.append(ctypes.get_errno() if done else 0)
        shutil.copy2(path, tmp_path / "copy")
        shutil.copytree(tmp_path, tmp_path / "inner" / "all", ignore=shutil.ignore_patterns("inner"))
        return channel, told

    *known, new = in_a_child(action)
    assert known == [errno.EOPNOTSUPP] * 3
    assert new in {errno.EOPNOTSUPP, errno.ENOSYS}  # the kernel may not have it
    assert (tmp_path / "inner" / "all" / "copy").read_text(encoding="ascii") == "text"
    assert "user.mark" not in os.listxattr(path)


@needs_seccomp
@pytest.mark.parametrize("same_user", [False, True])
def test_no_contexts_for_asynchronous_input(same_user: bool) -> None:
    """The machine has only so many of them, and one submission could use them up."""
    import pyseccomp

    def action(channel: socket.socket) -> tuple[socket.socket, Any]:
        number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, "io_setup")
        assert seccomp.enter(seccomp.build(same_user)) == ""
        libc = ctypes.CDLL(None, use_errno=True)
        return channel, [libc.syscall(number, 1, ctypes.byref(ctypes.c_ulong(0))), ctypes.get_errno()]

    assert in_a_child(action) == [-1, errno.ENOSYS]


@needs_seccomp
@pytest.mark.skipif(not system.LINUX, reason="close_range is a call of Linux")
def test_open_files_are_where_they_are_counted() -> None:
    """No file is open only in a message or for one thread; threads and plain messages work."""

    def action(channel: socket.socket) -> tuple[socket.socket, Any]:
        assert seccomp.enter(seccomp.build(same_user=False)) == ""
        libc = ctypes.CDLL(None, use_errno=True)
        told = [libc.syscall(_CLOSE_RANGE, 900, 901, flag) and ctypes.get_errno() for flag in (0, 2)]
        one, two = socket.socketpair()
        for send in (one.sendmsg, lambda data: socket.send_fds(one, data, [0])):
            try:
                send([b"x"])
            except OSError as error:
                told.append(error.errno)
        one.sendall(b"y")
        thread = threading.Thread(target=lambda: told.append(two.recv(9).decode()))
        thread.start()
        thread.join()
        return channel, told

    assert in_a_child(action) == [0, errno.EPERM, errno.EPERM, errno.EPERM, "y"]
