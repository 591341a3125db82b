"""How much all processes of a submission use. Our process looks at it while it waits for the submission.

The kernel's own limits hold for each process or for each user. They are the outer ones. What a submission may use in
total is measured here, about twenty times a second. A submission that uses more is ended.
"""

import os
import stat as modes
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ..settings import Settings
from ..student import system
from ..student.processes import RUNS, descendants, stat
from .clocks import Passed
from .memory import Memory
from .submission import Submission

#: Seconds of waiting between two looks.
PAUSE = 0.05

#: So many looks pass between two at the disk.
_DISK_EVERY = 4

#: Files and folders that a submission may write.
_ENTRIES = 20_000

#: Free disk space, in bytes, that a submission must leave for everybody else.
_RESERVE = 512 * 2**20

#: Processes and threads that a submission may have beyond its first.
PROCESSES = 64

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class TooMuch(Exception):
    """The submission uses more than it may; the text says what, after "it was stopped because it"."""


@dataclass(frozen=True)
class Bounds:
    """What a submission may use in all."""

    memory: int = 2**30
    """Bytes that it holds."""
    disk: int = 128 * 2**20
    """Bytes of files that it writes, of those too that are deleted and still open."""
    given: int = 0
    """Bytes of the files that were handed in."""
    processes: int = PROCESSES
    """Processes and threads beyond the first."""


#: What the settings name where they name nothing.
USUAL = Bounds()


def bounds_of(settings: Settings, submission: Submission) -> Bounds:
    """The bounds that the settings name for a submission."""
    given = sum(map(len, submission.files.values()))
    return Bounds(settings.memory_megabytes << 20, settings.disk_megabytes << 20, given)


@dataclass
class Used:
    """The most that was seen."""

    memory: int = 0
    disk: int = 0
    processes: int = 1


@dataclass
class _Survey:
    """What all processes of a submission do at one moment."""

    threads: int = 0
    """Processes, and their further threads."""
    ticks: int = 0
    """Processor time that they have used so far, in the kernel's unit."""
    runs: bool = False
    """Whether one of them can run."""
    parents: dict[int, int] = field(default_factory=dict)
    """The parent of each process."""


class Meter:
    """Looks at the processes of one submission."""

    def __init__(self, keeper: int, worker: int, user: int | None, scratch: Path, bounds: Bounds) -> None:
        """Prepare to look.

        Args:
            keeper: the process that all of them are below.
            worker: the first of them.
            user: whom they belong to, where that is not our own user.
            scratch: the folder that they may write to.
            bounds: what they may use.
        """
        self.keeper, self.scratch, self.bounds = keeper, scratch, bounds
        self.used = Used()
        self._memory = Memory(worker, user, bounds.memory)
        self._first = 1
        self._then = time.monotonic()
        self._ticks = 0
        self._looks = 0

    def begin(self) -> None:
        """Begin to wait for something: what was before is not counted."""
        self._then = time.monotonic()

    def look(self) -> Passed:
        """Look at all that they use; returns what became of the time since the last look.

        Raises:
            TooMuch: it is more than they may.
        """
        if not system.LINUX:
            return self._look_elsewhere()
        processes = sorted(descendants(self.keeper))
        found = self._survey(processes)
        threads, passed = found.threads, self._account(found)
        self.used.processes = max(self.used.processes, threads)
        if threads > self._first + self.bounds.processes:
            raise TooMuch(f"had more than {self.bounds.processes} processes and threads")
        held = self._memory.of(found.parents)
        self.used.memory = max(self.used.memory, held)
        if held > self.bounds.memory:
            raise TooMuch(f"used more than {self.bounds.memory >> 20} MB of memory")
        if self._looks % _DISK_EVERY == 0:
            self._look_at_disk(processes)
        self._looks += 1
        return passed

    def settle(self) -> None:
        """Look at what the cells leave: their threads are not counted against a call, nor is its first process."""
        if system.LINUX:
            self._first = 1 + max(self._survey(sorted(descendants(self.keeper))).threads, 1)
        self.used.disk = max(self.used.disk, _measure(self.scratch, self.bounds.disk + self.bounds.given)[0])

    def _look_elsewhere(self) -> Passed:
        self._look_at_disk([])
        now = time.monotonic()
        passed, self._then = now - self._then, now
        return Passed(waited=passed)

    def _survey(self, processes: list[int]) -> "_Survey":
        found = _Survey()
        for process in (self.keeper, *processes):
            with suppress(OSError, ValueError):
                fields = stat(process)
                found.ticks += sum(map(int, fields[13:15]))  # of children that have ended
                if process != self.keeper:
                    found.ticks += sum(map(int, fields[11:13]))
                    found.parents[process] = int(fields[1])
                    threads = int(fields[17])
                    found.threads += threads
                    found.runs = found.runs or fields[0] == RUNS or (threads > 1 and _one_runs(process))
        return found

    def _account(self, found: "_Survey") -> Passed:
        now = time.monotonic()
        passed, self._then = now - self._then, now
        computed = min(max(found.ticks - self._ticks, 0) / _TICKS, passed)
        self._ticks = found.ticks
        if found.runs:
            return Passed(computed, 0.0, passed - computed)
        # Where our own process did not come to look for long, nobody knows what happened meanwhile.
        waited = min(passed - computed, 4 * PAUSE)
        return Passed(computed, waited, passed - computed - waited)

    def _look_at_disk(self, processes: list[int]) -> None:
        most = self.bounds.disk + self.bounds.given
        size, entries = _measure(self.scratch, most)
        size += sum(self._deleted(processes).values())
        space = os.statvfs(self.scratch)
        full = space.f_bavail * space.f_frsize < _RESERVE
        self.used.disk = max(self.used.disk, size)
        if size > most or (full and size > most // 3):
            raise TooMuch(f"wrote more than {self.bounds.disk >> 20} MB to the disk")
        if entries > _ENTRIES:
            raise TooMuch(f"wrote more than {_ENTRIES} files")

    def _deleted(self, processes: list[int]) -> dict[tuple[int, int], int]:
        """The bytes of each file that is deleted and still open."""
        found: dict[tuple[int, int], int] = {}
        none: dict[tuple[int, int], int] = {}
        with suppress(PermissionError):
            for process in processes:
                found |= self._memory.readable(_deleted, process, none)
        return found


def _deleted(process: int) -> dict[tuple[int, int], int]:
    found = {}
    for number in os.listdir(f"/proc/{process}/fd"):
        with suppress(FileNotFoundError):
            state = os.stat(f"/proc/{process}/fd/{number}")
            if modes.S_ISREG(state.st_mode) and not state.st_nlink:
                found[state.st_dev, state.st_ino] = state.st_blocks * 512
    return found


def _one_runs(process: int) -> bool:
    """Whether one of the threads of a process can run."""
    with suppress(OSError):
        for thread in os.listdir(f"/proc/{process}/task"):
            with suppress(OSError, ValueError):
                if stat(process, int(thread))[0] == RUNS:
                    return True
    return False


def _measure(scratch: Path, most: int) -> tuple[int, int]:
    """Bytes and entries below a folder, without following links; it stops counting beyond the limits."""
    size = entries = 0
    waiting = [str(scratch)]
    while waiting and size <= most and entries <= _ENTRIES:
        try:
            with os.scandir(waiting.pop()) as found:
                for entry in found:
                    entries += 1
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if size > most or entries > _ENTRIES:
                        break
        except OSError:  # the folder changed meanwhile, or its path is too long
            entries += 1
    return size, entries
