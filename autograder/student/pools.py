"""Pools of threads and processes that were created before a fork.

A fork copies only the thread that forks. In a copy, a pool that was created in a cell would wait for threads that do
not exist. So each copy restarts its pools, with its own threads and processes.
"""

import concurrent.futures.thread
import gc
import sys
import threading
from contextlib import suppress
from typing import Any


def renew_pools() -> None:
    """Restart the pools of this copy, unless they were shut down."""
    for thing in _pools():
        with suppress(Exception):  # this uses private names of the standard library, which may change
            _renew(thing)


def _pools() -> list[Any]:
    modules = ("concurrent.futures.thread", "concurrent.futures.process", "multiprocessing.pool")
    loaded = [sys.modules[name] for name in modules if name in sys.modules]
    names = ("ThreadPoolExecutor", "ProcessPoolExecutor", "Pool")
    kinds = tuple(getattr(module, name) for module in loaded for name in names if hasattr(module, name))
    return [thing for thing in gc.get_objects() if isinstance(thing, kinds)]


def _renew(pool: Any) -> None:
    if isinstance(pool, concurrent.futures.thread.ThreadPoolExecutor):
        _renew_threads(pool)
    elif hasattr(pool, "_max_workers"):
        if pool._broken or not pool._shutdown_thread:
            pool.__init__(pool._max_workers, pool._mp_context, pool._initializer, pool._initargs)
    elif pool._state == "RUN":
        # The old threads do not exist here, and the objects that they shared with this pool must not be touched.
        pool.__init__(pool._processes, pool._initializer, pool._initargs)


def _renew_threads(pool: Any) -> None:
    if pool._shutdown:
        return
    for name in ("_initializer", "_initargs"):
        if not hasattr(pool, name):  # newer versions of Python store both in another way
            pool.__init__(pool._max_workers, pool._thread_name_prefix)
            return
    pool.__init__(pool._max_workers, pool._thread_name_prefix, pool._initializer, pool._initargs)


def threads_left() -> int:
    """How many threads are running, without the main one."""
    return threading.active_count() - 1
