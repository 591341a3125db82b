"""The descendants of a process, as the kernel reports them."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from . import system

#: The kernel's letter for a process or thread that is running or ready to run.
RUNS = b"R"

#: The kernel's letter for one that waits for a disk, or for another short task of the kernel.
STALLS = b"D"

#: The kernel's letter for one that has ended.
ENDED = b"Z"


def descendants(process: int) -> set[int]:
    """All descendants of this process that are still alive."""
    if not system.LINUX:
        return _descendants_elsewhere(process)
    find = _children if _CHILDREN_FILE.exists() else _parents_of_all().get
    found: set[int] = set()
    waiting = [process]
    while waiting:
        for child in find(waiting.pop()) or ():
            if child not in found:
                found.add(child)
                waiting.append(child)
    return {process for process in found if _is_alive(process)}


def _is_alive(process: int) -> bool:
    try:
        fields = stat(process)
    except (OSError, ValueError):
        return False
    return fields[0] != b"X" and (fields[0] != ENDED or int(fields[17]) > 1)  # its other threads may go on


def _descendants_elsewhere(process: int) -> set[int]:
    import psutil

    with suppress(psutil.Error):
        below = psutil.Process(process).children(recursive=True)
        return {process.pid for process in below if process.is_running() and process.status() != psutil.STATUS_ZOMBIE}
    return set()


_CHILDREN_FILE = Path("/proc/thread-self/children")


def _children(process: int) -> list[int]:
    """The children of a process, from files that most kernels offer."""
    found: list[int] = []
    with suppress(OSError):
        for thread in os.listdir(f"/proc/{process}/task"):
            with suppress(OSError):
                found += map(int, read(f"/proc/{process}/task/{thread}/children").split())
    return found


def read(path: str, most: int = sys.maxsize) -> bytes:
    """Read a file of /proc, or its first bytes. We read a few after every test case, and pathlib takes longer."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        parts = []
        while part := os.read(descriptor, min(1 << 16, most)):
            parts.append(part)
            most -= len(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)


def _parents_of_all() -> dict[int, list[int]]:
    """The children of every process on the machine, found by reading all of them."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit() and (parent := _state_and_parent(int(name))[1]):
            children.setdefault(parent, []).append(int(name))
    return children


def _state_and_parent(process: int) -> tuple[bytes, int]:
    try:
        fields = stat(process)
        return fields[0], int(fields[1])
    except (OSError, ValueError):
        return b"", 0


def stat(process: int, thread: int | None = None) -> list[bytes]:
    """The kernel's fields on a process or one of its threads, from its state on: ``man 5 proc_pid_stat``.

    Raises:
        OSError: it has ended.
        ValueError: it is just ending.
    """
    place = f"{process}" if thread is None else f"{process}/task/{thread}"
    fields = read(f"/proc/{place}/stat").rpartition(b")")[2].split()
    if len(fields) < 20:
        raise ValueError("no process any more")
    return fields
