"""Descriptors, processes and files: how many a student's code may use, and how many we reserve for ourselves.

Our own code on the student's side sometimes needs a descriptor, and a process for each copy. So the student's code runs
under lower limits than ours. What it left open or running does not count against its next call.
"""

import os
import resource
import select
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: Descriptors that a student's code may open, on top of those that are open when it starts.
_FILES = 128

#: Descriptors reserved for our own code.
_RESERVE = 32


class Descriptors:
    """Says how many descriptors a student's code may have open.

    Make one for all cells, since making it takes longer than running a short cell.
    """

    def __init__(self) -> None:
        self._hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        self._poll = select.poll()
        with suppress(OSError, ValueError):
            for number in range(self._hard):
                self._poll.register(number, 0)

    def allowed(self, share: float = 1.0) -> int:
        """Return the number below which a student's code may now open descriptors.

        Args:
            share: the part of all descriptors. Cells get only a part, so that some are left for functions.
        """
        most = int(self._hard * share) - _RESERVE
        with suppress(OSError, ValueError):
            free = sorted(number for number, event in self._poll.poll(0) if event & select.POLLNVAL)
            most = min(most, free[_FILES - 1] + 1 if len(free) >= _FILES else most)
        return max(most, 0)


@contextmanager
def limited(descriptors: int) -> Iterator[None]:
    """Within the block, no descriptor with this number or a higher one can be opened."""
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
    """Let this process fork even if the student's code already has all the processes and threads that it may have.

    Yields:
        The limit for the copy: as many further processes as the student's code had.
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
    """Limit the processes and threads of a copy."""
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NPROC, (most, resource.getrlimit(resource.RLIMIT_NPROC)[1]))


class Folder:
    """A folder that can be put back as it was, except for the content of existing files."""

    def __init__(self, path: Path) -> None:
        """Note what it holds."""
        self._path = str(path)
        self._sizes = dict(_entries(self._path))

    def tidy(self) -> None:
        """Remove new entries, and cut files that have grown back to their old size."""
        for path, size in reversed(list(_entries(self._path))):
            before = self._sizes.get(path)
            with suppress(OSError):
                if before is None:
                    (os.rmdir if size < 0 else os.unlink)(path)
                elif size > before:
                    os.truncate(path, before)


def _entries(folder: str) -> Iterator[tuple[str, int]]:
    """All entries below a folder with their sizes, -1 for folders. A folder comes before its content."""
    waiting = [folder]
    while waiting:
        inner: list[tuple[str, os.stat_result]] = []
        with suppress(OSError), os.scandir(waiting.pop()) as found:  # otherwise too deep, not readable, or gone
            inner += [(entry.path, entry.stat(follow_symlinks=False)) for entry in found]
        for path, state in inner:
            deeper = stat.S_ISDIR(state.st_mode)
            yield path, -1 if deeper else state.st_size
            if deeper:
                waiting.append(path)
