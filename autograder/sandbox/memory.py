"""How much memory the processes of a submission hold. The kernel tells some of it only to their user and root."""

import ctypes
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from ..student.processes import read

T = TypeVar("T")

#: Seconds after which pages are counted again even if little seems to have changed.
_AGAIN = 0.5


class Memory:
    """Measures the memory of a group of processes. Shared pages count once. Address space does not count."""

    def __init__(self, worker: int, user: int | None, most: int) -> None:
        """Prepare to measure.

        Args:
            worker: the process that all others were forked from.
            user: the user that they run as, if that is not our own.
            most: the limit in bytes. A rough figure will do while they are well below it.
        """
        self._worker, self._user, self._most = worker, user, most
        self._rough = self._held = 0
        self._when = float("-inf")

    def of(self, parents: dict[int, int]) -> int:
        """Return how many bytes the processes hold.

        The kernel is slow to count shared pages. A sum over all processes is quick, but counts shared pages several
        times. As long as that sum is below the limit, an estimate is enough. Above it, the sum shows how much the
        processes may have grown since the last exact count.

        Args:
            parents: each process, with its parent.
        """
        each = {process: _resident(process) for process in parents}
        rough = sum(each.values())
        if rough <= self._most:
            return self._by_family(each, parents)
        guess = self._held + max(rough - self._rough, 0)
        if guess <= self._most and time.monotonic() < self._when + _AGAIN:
            return self._held
        try:
            held = sum(self.readable(_proportional, process, 0) for process in parents)
        except PermissionError:
            held = self._by_family(each, parents)
        self._rough, self._held, self._when = rough, held, time.monotonic()
        return held

    def _by_family(self, each: dict[int, int], parents: dict[int, int]) -> int:
        """Estimate the memory, assuming that each process shares as much as it can with its parent or the worker."""
        first = each.get(self._worker, 0)
        more = (size - each.get(parents[process], first) for process, size in each.items() if process != self._worker)
        return first + sum(max(size, 0) for size in more)

    def readable(self, ask: Callable[[int], T], process: int, gone: T) -> T:
        """Ask the kernel for something that it tells only the processes' user.

        Args:
            ask: the function that asks.
            process: the process to ask about.
            gone: the answer if the process no longer exists.

        Raises:
            PermissionError: the kernel tells neither user.
        """
        try:
            try:
                return ask(process)
            except PermissionError:
                if self._user is None:
                    raise
                with _in_the_name_of(self._user):
                    return ask(process)
        except PermissionError:
            raise
        except OSError:
            return gone


@contextmanager
def _in_the_name_of(user: int) -> Iterator[None]:
    """Let this thread ask as another user. Root in a container lacks rights, and would get no answer."""
    libc = ctypes.CDLL(None)
    libc.setfsgid(user)
    libc.setfsuid(user)
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)  # the version with 64 capabilities, this thread
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted and inheritable; low half, high half
    if libc.capget(head, sets) == 0:  # the kernel answers only if we hold all capabilities of the other process
        sets[0], sets[3] = sets[1], sets[4]
        libc.capset(head, sets)
    try:
        yield
    finally:
        libc.setfsuid(os.geteuid())
        libc.setfsgid(os.getegid())


def _resident(process: int) -> int:
    """The bytes of a process, in memory or swapped, that no file backs. Any user may ask for these."""
    with suppress(OSError, ValueError):
        return _sum(read(f"/proc/{process}/status"), (b"RssAnon:", b"RssShmem:", b"VmSwap:"))
    return 0


def _proportional(process: int) -> int:
    """The same, where each process that shares a page counts its part of the page."""
    return _sum(read(f"/proc/{process}/smaps_rollup"), (b"Pss_Anon:", b"Pss_Shmem:", b"SwapPss:"))


def _sum(text: bytes, fields: tuple[bytes, ...]) -> int:
    # A process can put other line ends into its name, which is one of the lines.
    return sum(int(line.split()[1]) for line in text.split(b"\n") if line.startswith(fields)) << 10
