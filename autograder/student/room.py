"""Descriptors, processes and files: what a student's code may have, and what is kept back for our own.

Our own work on the student's side needs a descriptor now and then, and a process for each copy. So the student's code
runs under lower limits than ours, and what it left open or running is not taken from what it may have next.
"""

import os
import select
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import resource
except ImportError:  # Windows, where nothing of this side runs
    resource = None  # type: ignore[assignment]

#: Descriptors that a student's code may have beside those that are open when it begins.
_FILES = 128

#: Descriptors that are left for our own work.
_RESERVE = 32


def descriptors_allowed(share: float = 1.0) -> int:
    """Below which number a student's code may open descriptors now.

    Args:
        share: of all that there may be. Cells get less than all, so that some are left for functions.
    """
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    most = int(hard * share) - _RESERVE
    with suppress(OSError, ValueError):
        poll = select.poll()
        for number in range(hard):
            poll.register(number, 0)
        free = [number for number, event in poll.poll(0) if event & select.POLLNVAL]
        most = min(most, sorted(free)[_FILES - 1] + 1 if len(free) >= _FILES else most)
    return max(most, 0)


@contextmanager
def limited(descriptors: int) -> Iterator[None]:
    """For the time of the block, let nobody open a descriptor of this number or a higher one."""
    with suppress(OSError, ValueError):
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, hard))
    try:
        yield
    finally:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


@contextmanager
def more_processes() -> Iterator[int]:
    """Let this process fork although the student's code has all processes and threads that it may have.

    Yields:
        What a copy is to be limited to: as many beside it as the student's code had.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NPROC)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NPROC, (hard, hard))
    try:
        yield min(soft + threading.active_count(), hard)
    finally:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NPROC, (soft, hard))


def limit_processes(most: int) -> None:
    """Limit processes and threads, in a copy."""
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NPROC, (most, resource.getrlimit(resource.RLIMIT_NPROC)[1]))


class Folder:
    """A folder that can be made as it was, but for the content of files that were there."""

    def __init__(self, path: Path) -> None:
        """Take note of what is in it."""
        self._path = str(path)
        self._sizes = dict(_entries(self._path))

    def tidy(self) -> None:
        """Remove what is new, and cut off what has grown."""
        for path, size in reversed(list(_entries(self._path))):
            before = self._sizes.get(path)
            with suppress(OSError):
                if before is None:
                    (os.rmdir if size < 0 else os.unlink)(path)
                elif size > before:
                    os.truncate(path, before)


def _entries(folder: str) -> Iterator[tuple[str, int]]:
    """All entries below a folder and their sizes, -1 for folders; a folder comes before what is in it."""
    waiting = [folder]
    while waiting:
        inner: list[tuple[str, os.stat_result]] = []
        with suppress(OSError), os.scandir(waiting.pop()) as found:  # else too deep, closed, or gone
            inner += [(entry.path, entry.stat(follow_symlinks=False)) for entry in found]
        for path, state in inner:
            deeper = stat.S_ISDIR(state.st_mode)
            yield path, -1 if deeper else state.st_size
            if deeper:
                waiting.append(path)
