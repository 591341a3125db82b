"""What the filter does where a submission runs as the user that grades: that user's own files keep what they have."""

import errno
import fcntl
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from autograder.student import seccomp
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
            os.setxattr(stream.fileno(), "user.mark", b"1")
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
