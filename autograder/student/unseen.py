"""An almost empty /proc. Landlock does not hide which processes there are, nor how many files each of them has open.

Root can make one. So can an ordinary user, if the kernel lets users create namespaces. Elsewhere, as in most
containers, /proc stays as it is. https://man7.org/linux/man-pages/man7/user_namespaces.7.html
"""

import ctypes
import os
from contextlib import suppress
from pathlib import Path

from .system import keep_capabilities

#: What this layer is called in reports.
LAYER = "no view of other processes"

#: What is left: files that are about the whole machine.
LEFT = ("cpuinfo", "meminfo", "stat")

_NEW_MOUNTS, _NEW_USERS = 0x00020000, 0x10000000
_NO_SUID, _NO_DEVICES, _NO_EXEC, _BIND, _MOVE, _ALL_BELOW, _PRIVATE = 2, 4, 8, 4096, 8192, 16384, 1 << 18


def hide_processes(folder: str, stays: bool) -> bool:
    """Cover /proc for this process and all its descendants.

    Args:
        folder: where a folder may be made for a moment.
        stays: whether this process keeps its user. A new user namespace would have no other users.

    Returns:
        Whether that was possible.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    place = os.path.join(folder, "processes")
    user, group = os.getuid(), os.getgid()
    own_users = libc.unshare(_NEW_MOUNTS) != 0
    if own_users:
        if not stays or libc.unshare(_NEW_MOUNTS | _NEW_USERS) != 0:
            return False
        with suppress(OSError):  # some systems forbid the use of the new namespace; mounting then fails, too
            Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    os.mkdir(place, 0o700)
    try:
        return _cover(libc, os.fsencode(place))
    finally:
        os.rmdir(place)
        if own_users:
            keep_capabilities(0)  # in a new namespace of users, one has them all


def _cover(libc: ctypes.CDLL, place: bytes) -> bool:
    if libc.mount(None, b"/", None, _ALL_BELOW | _PRIVATE, None) != 0:
        return False
    if libc.mount(b"tmpfs", place, b"tmpfs", _NO_SUID | _NO_DEVICES | _NO_EXEC, b"size=64k,mode=755") != 0:
        return False
    for name in LEFT:
        with suppress(OSError):
            Path(os.fsdecode(place), name).touch()
            libc.mount(b"/proc/" + name.encode(), place + b"/" + name.encode(), None, _BIND, None)
    done: int = libc.mount(place, b"/proc", None, _MOVE, None)
    if done != 0:
        libc.umount2(place, 2)  # with everything below, as soon as nobody uses it
    return done == 0
