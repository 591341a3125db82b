"""A submission that ends its processes is started again, and what prevents this is blamed on the right side."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from autograder.checking.calls import FarError
from autograder.errors import OurFault, SandboxError
from autograder.sandbox import Sandbox
from autograder.sandbox import session as session_module
from autograder.sandbox import worker as worker_module
from autograder.sandbox.functions import FarFunctions
from autograder.sandbox.session import Session
from autograder.sandbox.submission import Submission
from autograder.sandbox.worker import Worker, started_worker
from tests.support.samples import FUNCTIONS, SENDS_SIGNALS, processes_of_submissions, settings, shared_sandbox

pytestmark = [pytest.mark.sampled(2, by="file"), SENDS_SIGNALS]

#: A call that ends the process from which copies are forked, and returns when that is gone.
KILLS = """
import os, time
def init():
    parent = os.getppid()
    os.kill(parent, 9)
    while os.getppid() == parent: time.sleep(0.01)
    return 1
"""


@contextmanager
def killing() -> Iterator[tuple[FarFunctions, Callable[[], Any]]]:
    """A submission that ends its worker in each call, and a function that makes one for a case of its own."""
    with Session(shared_sandbox(), Submission("homework.ipynb", [KILLS]), FUNCTIONS, settings()) as session:
        assert session.run_cells(), session.problem
        functions = FarFunctions(session)
        function = functions.by_name()["init"]

        def call() -> Any:
            functions.begin_case(hidden=False, alone=True)
            return function()

        yield functions, call


def test_cells_are_run_only_a_few_times() -> None:
    """Four cases in a row may end the worker. After that, calls fail, and nothing is started for them."""
    with killing() as (functions, call):
        assert [call() for _ in range(4)] == [1] * 4
        for _ in range(2):
            with pytest.raises(FarError, match="its process ended because it crashed"):
                call()
        assert functions.session.fault is None


def test_a_submission_that_cannot_be_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """If everything but the submission can be started, its calls fail as if they had ended their process."""

    def start(sandbox: Sandbox, *of_submission: Any) -> AbstractContextManager[Worker]:
        if of_submission:
            raise SandboxError("the processes of a submission cannot be started")
        return started_worker(sandbox)

    with killing() as (functions, call):
        assert call() == 1
        monkeypatch.setattr(session_module, "started_worker", start)
        for _ in range(2):
            with pytest.raises(FarError, match="its process ended because it crashed"):
                call()
        assert functions.session.problem == "its processes could not be started again"
        assert functions.session.fault is None
    assert processes_of_submissions() == []


def test_a_machine_that_cannot_start_anything_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """This is our fault. Nothing of the submission counts from then on, even if a case catches the error."""

    def full() -> None:
        raise SandboxError("the disk is full")

    with killing() as (functions, call):
        assert call() == 1
        with monkeypatch.context() as patch:
            patch.setattr(worker_module, "check_room", full)
            with pytest.raises(OurFault, match="the disk is full"):
                call()
        with pytest.raises(OurFault, match="the disk is full"):
            call()
        assert str(functions.session.fault) == "the disk is full"
