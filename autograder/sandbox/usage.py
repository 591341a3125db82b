"""How much all processes of a submission use together. We measure it while we wait for the submission.

The kernel limits each process or each user. The limits for a submission as a whole are checked here, about twenty times
a second. A submission that exceeds one is stopped.
"""

import os
import re
import stat as modes
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ..settings import Settings
from ..student import system
from ..student.folders import LEVELS, Measured, measure
from ..student.processes import ENDED, RUNS, STALLS, descendants, read, stat
from .clocks import Passed
from .memory import Memory
from .submission import Submission

#: Seconds between two measurements.
PAUSE = 0.05

#: The disk is measured only once in this many times.
_DISK_EVERY = 4

#: Files and folders that a submission may write.
_ENTRIES = 20_000

#: Free disk space, in bytes, that a submission must leave for everybody else.
_RESERVE = 512 * 2**20

#: Processes and threads that a submission may have beyond its first.
PROCESSES = 64

#: The most bytes of the lists of what is in the memory of all processes together. A usual process has some 60 kB; paths
#: and mappings can be chosen so that it has 200 MB.
_MOST_MAPPED = 16 * 2**20

#: A file in the memory of a process that is deleted, or whose path is too long: ``man 5 proc_pid_maps``.
_NAMELESS = re.compile(rb" ([1-9]\d*) *$", re.MULTILINE)
_DELETED = re.compile(rb"^\S+ \S+ \S+ \S+ ([1-9]\d*) *(|/.* \(deleted\))$", re.MULTILINE)

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class TooMuch(Exception):
    """The submission exceeds a limit. The text says which, and continues "it was stopped because it"."""


@dataclass(frozen=True)
class Bounds:
    """What a submission may use in total."""

    memory: int = 2**30
    """Bytes in memory."""
    disk: int = 128 * 2**20
    """Bytes in files that it writes, including deleted files that are still open."""
    given: int = 0
    """Bytes of the files that were handed in."""
    processes: int = PROCESSES
    """Processes and threads beyond the first."""


#: The bounds by default.
USUAL = Bounds()


def bounds_of(settings: Settings, submission: Submission) -> Bounds:
    """The bounds that the settings give a submission."""
    given = sum(map(len, submission.files.values()))
    return Bounds(settings.memory_megabytes << 20, settings.disk_megabytes << 20, given)


@dataclass
class Used:
    """The highest values measured so far."""

    memory: int = 0
    disk: int = 0
    processes: int = 1


@dataclass
class _Survey:
    """What all processes of a submission are doing at one moment."""

    threads: int = 0
    """Threads of all processes, the main ones included."""
    ticks: int = 0
    """Processor time that they have used so far, in clock ticks."""
    states: set[bytes] = field(default_factory=set)
    """The kernel's letters for what their threads are doing."""
    parents: dict[int, int] = field(default_factory=dict)
    """The parent of each process."""
    headless: set[int] = field(default_factory=set)
    """Those whose first thread has ended, but not the others. The kernel tells little about them."""


class Meter:
    """Measures the processes of one submission."""

    def __init__(self, keeper: int, worker: int, user: int | None, scratch: Path, bounds: Bounds) -> None:
        """Prepare to measure.

        Args:
            keeper: the process that is the ancestor of all of them.
            worker: the first of them.
            user: the user that they run as, if that is not our own.
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
        self._seen: set[int] = set()
        self._headless: set[int] = set()

    def begin(self) -> None:
        """Start to wait for something. Time before this does not count."""
        self._then = time.monotonic()
        self._seen = set()

    def look(self) -> Passed:
        """Measure what they use, and return how the time since the last measurement was spent.

        Raises:
            TooMuch: they exceed a limit.
        """
        if not system.LINUX:
            return self._look_elsewhere()
        processes = sorted(descendants(self.keeper))
        found = self._survey(processes)
        threads, passed = found.threads, self._account(found)
        self.used.processes = max(self.used.processes, threads)
        if threads > self._first + self.bounds.processes:
            raise TooMuch(f"had more than {self.bounds.processes} processes and threads")
        if self._headless & found.headless:  # for a moment, a process that is just ending is like that, too
            raise TooMuch("ended the first thread of a process, but not the others")
        self._headless = found.headless
        held = self._memory.of(found.parents)
        self.used.memory = max(self.used.memory, held)
        if held > self.bounds.memory:
            raise TooMuch(f"used more than {self.bounds.memory >> 20} MB of memory")
        if self._looks % _DISK_EVERY == 0:
            self._look_at_disk(processes)
        self._looks += 1
        return passed

    def settle(self) -> None:
        """Note what the cells leave behind: threads that they started do not count against a call."""
        if system.LINUX:
            self._first = 1 + max(self._survey(sorted(descendants(self.keeper))).threads, 1)
        self.used.disk = max(self.used.disk, self._measure().size)

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
                found.ticks += sum(map(int, fields[13:15]))  # children that have ended
                if process != self.keeper:
                    found.ticks += sum(map(int, fields[11:13]))
                    found.parents[process] = int(fields[1])
                    threads = int(fields[17])
                    found.threads += threads
                    found.states.add(fields[0])
                    if fields[0] == ENDED:
                        found.headless.add(process)
                    if threads > 1 and fields[0] != RUNS:
                        found.states |= _states(process)
        return found

    def _account(self, found: "_Survey") -> Passed:
        now = time.monotonic()
        passed, self._then = now - self._then, now
        computed = min(max(found.ticks - self._ticks, 0) / _TICKS, passed)
        self._ticks = found.ticks
        if self._seen - found.parents.keys():
            # The kernel forgets what a process used if nobody waits for it. A submission that makes many short ones
            # would seem to have no processor. So while processes end, the submission counts as computing.
            computed = max(computed, min(passed, 4 * PAUSE))
        self._seen = set(found.parents)
        if RUNS in found.states:
            return Passed(computed, starved=passed - computed)
        if STALLS in found.states:
            return Passed(computed, stalled=passed - computed)
        # If our own process was away for long, nobody knows what happened in between.
        waited = min(passed - computed, 4 * PAUSE)
        return Passed(computed, waited, passed - computed - waited)

    def _look_at_disk(self, processes: list[int]) -> None:
        most = self.bounds.disk + self.bounds.given
        found = self._measure()
        size = found.size + sum(self._deleted(processes).values())
        space = os.statvfs(self.scratch)
        full = space.f_bavail * space.f_frsize < _RESERVE
        self.used.disk = max(self.used.disk, size)
        if size > most or (full and size > most // 3):
            raise TooMuch(f"wrote more than {self.bounds.disk >> 20} MB to the disk")
        if found.entries > _ENTRIES:
            raise TooMuch(f"wrote more than {_ENTRIES} files")
        if found.hidden:
            raise TooMuch(f"made folders that cannot be listed, or more than {LEVELS} levels of them")

    def _measure(self) -> Measured:
        return measure(str(self.scratch), self.bounds.disk + self.bounds.given, _ENTRIES)

    def _deleted(self, processes: list[int]) -> dict[tuple[int, int], int]:
        """The size in bytes of each deleted file that is still open.

        Raises:
            TooMuch: such a file is only in memory, where nobody knows its size.
        """
        found: dict[tuple[int, int], int] = {}
        none: dict[tuple[int, int], int] = {}
        with suppress(PermissionError):
            mapped = self._mapped(processes)
            for process in processes:
                found |= self._memory.readable(_deleted, process, none)
            only = mapped - {number for _, number in found}
            if only and only & self._mapped(processes):  # else it was closed while we looked
                raise TooMuch("kept deleted files in memory without leaving them open")
        return found

    def _mapped(self, processes: list[int]) -> set[int]:
        """The numbers of the deleted files that are in memory, and of files there whose path is too long to tell."""
        place = os.fsencode(os.path.realpath(self.scratch)) + b"/"
        found, room = set[tuple[int, bytes]](), _MOST_MAPPED
        for process in processes:
            content = self._memory.readable(partial(_maps, most=room + 1), process, b"")
            room -= len(content)
            if room < 0:
                raise TooMuch("mapped files into memory far too often")
            found |= _deleted_among(content)
        return {number for number, path in found if not path or path.startswith(place)}


def _deleted(process: int) -> dict[tuple[int, int], int]:
    found = {}
    for number in os.listdir(f"/proc/{process}/fd"):
        with suppress(FileNotFoundError):
            state = os.stat(f"/proc/{process}/fd/{number}")
            if modes.S_ISREG(state.st_mode) and not state.st_nlink:
                found[state.st_dev, state.st_ino] = state.st_blocks * 512
    return found


def _maps(process: int, most: int) -> bytes:
    """The list of what a process has in its memory, cut off after ``most`` bytes."""
    return read(f"/proc/{process}/maps", most)


def _deleted_among(content: bytes) -> set[tuple[int, bytes]]:
    """The numbers and paths of the deleted files in such a list, with none if a path is too long."""
    if b"(deleted)" not in content:  # nearly always, and searching for both takes several times as long
        return {(int(number), b"") for number in _NAMELESS.findall(content)}
    return {(int(number), path) for number, path in _DELETED.findall(content)}


def _states(process: int) -> set[bytes]:
    """What the threads of a process are doing."""
    found = set()
    with suppress(OSError):
        for thread in os.listdir(f"/proc/{process}/task"):
            with suppress(OSError, ValueError):
                found.add(stat(process, int(thread))[0])
    return found
