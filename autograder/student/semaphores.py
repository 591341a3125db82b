"""Locks, semaphores and shared memory of ``multiprocessing`` without the machine's shared folder.

The standard library keeps them in ``/dev/shm``. The wall hides that folder, because everybody uses it. So we keep them
in descriptors and in the submission's own folder. Forked processes share them as usual.
"""

import importlib
import os
import select
import sys
import tempfile
import threading
import time
import weakref
from contextlib import suppress
from types import ModuleType
from typing import Any

_RECURSIVE = 0
_MOST = 2**31 - 1


class Semaphore:
    """Stands for ``_multiprocessing.SemLock``. It counts in an eventfd, which forked processes share."""

    SEM_VALUE_MAX = _MOST

    def __init__(self, kind: int, value: int, maxvalue: int, name: str, unlink: bool) -> None:
        self.kind, self.maxvalue, self.name = kind, maxvalue, name
        self.handle = os.eventfd(value, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._held: tuple[int, int] | None = None
        self._count_held = 0
        _all.add(self)

    def __del__(self) -> None:
        with suppress(OSError):
            os.close(self.handle)

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:
        """Take one. Wait for it if asked to."""
        if self.kind == _RECURSIVE and self._is_mine():
            self._count_held += 1
            return True
        deadline = None if timeout is None else time.monotonic() + max(timeout, 0)
        while not self._take():
            left = None if deadline is None else deadline - time.monotonic()
            if not block or (left is not None and left <= 0):
                return False
            select.select([self.handle], [], [], left)
        self._held, self._count_held = self._me(), self._count_held + 1
        return True

    __enter__ = acquire

    def release(self) -> None:
        """Give one back."""
        if self.kind == _RECURSIVE:
            if not self._is_mine():
                raise AssertionError("attempt to release recursive lock not owned by thread")
            if self._count_held > 1:
                self._count_held -= 1
                return
        elif self._get_value() >= self.maxvalue:
            raise ValueError("semaphore or lock released too many times")
        self._count_held = max(self._count_held - 1, 0)
        self._held = None
        os.eventfd_write(self.handle, 1)

    def __exit__(self, *_: object) -> None:
        self.release()

    def _take(self) -> bool:
        value = self._take_all()
        if value > 1:
            os.eventfd_write(self.handle, value - 1)
        return value > 0

    def _take_all(self) -> int:
        try:
            return os.eventfd_read(self.handle)
        except BlockingIOError:
            return 0

    @staticmethod
    def _me() -> tuple[int, int]:
        return os.getpid(), threading.get_ident()

    def _count(self) -> int:
        return self._count_held

    def _is_mine(self) -> bool:
        return self._count_held > 0 and self._held == self._me()

    def _get_value(self) -> int:
        value = self._take_all()
        if value:
            os.eventfd_write(self.handle, value)
        return value

    def _is_zero(self) -> bool:
        return self._get_value() == 0

    def _after_fork(self) -> None:
        self._count_held = 0

    def renew(self) -> None:
        """Replace the counter by a new one with the same count, so that copies do not take from each other."""
        value = self._get_value()
        own = os.eventfd(value, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        os.dup2(own, self.handle, inheritable=False)
        os.close(own)


#: All semaphores in use. Each copy renews them.
_all: "weakref.WeakSet[Semaphore]" = weakref.WeakSet()


def renew_semaphores() -> None:
    """Give a new copy its own semaphores."""
    for semaphore in list(_all):
        with suppress(OSError):
            semaphore.renew()


def keep_out_of_shared_memory() -> None:
    """From now on, ``multiprocessing`` needs no shared folder and no tracker, and starts processes only by forking."""
    if not hasattr(os, "eventfd"):
        return
    import multiprocessing.heap
    import multiprocessing.resource_tracker as tracker

    counters = importlib.import_module("_multiprocessing")
    counters.SemLock, counters.sem_unlink = Semaphore, _nothing  # type: ignore[attr-defined]
    sys.modules["_posixshmem"] = shared = ModuleType("_posixshmem")
    shared.shm_open, shared.shm_unlink = _shm_open, _shm_unlink  # type: ignore[attr-defined]
    multiprocessing.heap.Arena._dir_candidates = []  # type: ignore[attr-defined]
    for name in ("register", "unregister", "ensure_running"):
        setattr(tracker, name, _nothing)
        setattr(tracker._resource_tracker, name, _nothing)
    multiprocessing.set_start_method("fork", force=True)


def _nothing(*_: Any, **__: Any) -> None:
    """Do nothing. Nothing needs tracking, because the submission's folder is removed with it."""


def _path(name: str) -> str:
    return os.path.join(tempfile.gettempdir(), "shm-" + name.strip("/").replace("/", "_"))


def _shm_open(path: str, flags: int, mode: int = 0o600) -> int:
    return os.open(_path(path), flags | os.O_CLOEXEC, mode)


def _shm_unlink(path: str) -> None:
    os.unlink(_path(path))
