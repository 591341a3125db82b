"""Pools and locks without threads, processes or counters of their own: in a copy, and where the system lacks them."""

import importlib
import multiprocessing
import os
from typing import Any

import pytest

from autograder.sandbox.functions import FarFunctions
from autograder.sandbox.session import Session
from autograder.sandbox.submission import Submission
from autograder.student.semaphores import keep_out_of_shared_memory
from tests.support.samples import FUNCTIONS, settings, shared_sandbox

#: A thread that runs as long as the worker, so that copies know of threads that they do not have.
BEFORE = """
import threading, time
from concurrent.futures import ThreadPoolExecutor
threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
pool = ThreadPoolExecutor(2)
pool.submit(abs, -1).result()
"""


def in_a_copy(cell: str) -> Any:
    """What ``init`` returns in a copy of a worker with a pool of threads."""
    with Session(shared_sandbox(), Submission("homework.ipynb", [BEFORE, cell]), FUNCTIONS, settings()) as session:
        assert session.run_cells()
        assert [cell.failures for cell in session.cells.values()] == [[], []]
        functions = FarFunctions(session)
        functions.begin_case(hidden=False)
        return functions.by_name()["init"]()


def test_a_pool_that_was_shut_down_stays_so() -> None:
    """A copy gets no new threads for it, and an attempt to use it is an error, as in a notebook."""
    cell = """
pool.shutdown()
def init():
    try: pool.submit(abs, -1)
    except RuntimeError as error: return str(error)
"""
    assert in_a_copy(cell) == "cannot schedule new futures after shutdown"


def test_a_pool_of_a_newer_python_works_in_a_copy() -> None:
    """There, a pool has no attributes for what its threads run first."""
    cell = """
for name in ("_initializer", "_initargs"):
    vars(pool).pop(name, None)
def init(): return pool.submit(abs, -3).result(timeout=2)
"""
    assert in_a_copy(cell) == 3


def test_locks_stay_as_they_are_where_nothing_can_replace_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Linux's counters in descriptors, multiprocessing keeps its own."""
    counters = importlib.import_module("_multiprocessing")
    before = counters.SemLock, multiprocessing.get_start_method()
    monkeypatch.delattr(os, "eventfd")
    keep_out_of_shared_memory()
    assert (counters.SemLock, multiprocessing.get_start_method()) == before
