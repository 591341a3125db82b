"""What memory the processes of a submission hold, and what else only their user and root may ask the kernel for."""

import ctypes
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from ..student.processes import read

T = TypeVar("T")

#: Seconds after which pages are counted once more although little seems to have changed.
_AGAIN = 0.5


class Memory:
    """Measures what some processes hold together: pages that they share are counted once, address space is not."""

    def __init__(self, worker: int, user: int | None, most: int) -> None:
        """Prepare to measure.

        Args:
            worker: the process that all others come from.
            user: whom they belong to, where that is not our own user.
            most: more than so many bytes need not be told apart.
        """
        self._worker, self._user, self._most = worker, user, most
        self._rough = self._held = 0
        self._when = float("-inf")

    def of(self, parents: dict[int, int]) -> int:
        """The bytes that processes hold.

        The kernel takes a while to count shared pages. The sum over all processes, which counts them often, is there
        at once; as long as it is small, a guess is enough. Later on it tells how much there may be more.

        Args:
            parents: the processes, each with its parent.
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
        """What processes hold, if each shares with its parent, or with the worker, as much as both have."""
        first = each.get(self._worker, 0)
        more = (size - each.get(parents[process], first) for process, size in each.items() if process != self._worker)
        return first + sum(max(size, 0) for size in more)

    def readable(self, ask: Callable[[int], T], process: int, gone: T) -> T:
        """Ask the kernel for what only the processes' user may know.

        Args:
            ask: asks for it.
            process: about whom.
            gone: is returned where the process is not there any more.

        Raises:
            PermissionError: the kernel does not tell, whoever asks.
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
    """Let this thread ask as another user: a root without all rights, as in a container, gets no answer."""
    libc = ctypes.CDLL(None)
    libc.setfsgid(user)
    libc.setfsuid(user)
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)  # the version with 64 capabilities, this thread
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted and inheritable; low half, high half
    if libc.capget(head, sets) == 0:  # who looks needs all that the other one may do
        sets[0], sets[3] = sets[1], sets[4]
        libc.capset(head, sets)
    try:
        yield
    finally:
        libc.setfsuid(os.geteuid())
        libc.setfsgid(os.getegid())


def _resident(process: int) -> int:
    """The bytes of a process that are in memory, or swapped, and stand in no file; anybody may ask for these."""
    with suppress(OSError, ValueError):
        return _sum(read(f"/proc/{process}/status"), (b"RssAnon:", b"RssShmem:", b"VmSwap:"))
    return 0


def _proportional(process: int) -> int:
    """The same, of which a page that several processes share counts for each in part."""
    return _sum(read(f"/proc/{process}/smaps_rollup"), (b"Pss_Anon:", b"Pss_Shmem:", b"SwapPss:"))


def _sum(text: bytes, fields: tuple[bytes, ...]) -> int:
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith(fields)) << 10
