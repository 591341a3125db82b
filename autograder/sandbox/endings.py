"""Calls and cells that were stopped or crashed, and how we tell the student."""

from ..checking.calls import FarError
from ..wire.frames import Closed, Late, WireError
from .clocks import Clock
from .text import amount
from .usage import TooMuch

#: The ways in which a process of a submission can fail.
TROUBLE = (Closed, Late, WireError, TooMuch)


class Ended(FarError):
    """A call that did not return. The student's code raised no error; we only know how the call ended."""

    outcome = "error"


class TimedOut(Ended):
    """A call that took too long."""

    outcome = "timed out"


class NotCalled(Ended):
    """A call that was never made because the time for the submission was up."""

    outcome = "not run"


def end_of_call(trouble: Exception, clock: Clock, threads: int) -> Ended:
    """Say how a call ended.

    Args:
        trouble: one of ``TROUBLE``.
        clock: the clock of the call.
        threads: the number of threads that the cells left running.
    """
    if isinstance(trouble, Late):
        words = clock.words()
        return TimedOut(f"stopped after {words}{_likely_cause(words, threads)}")
    if isinstance(trouble, TooMuch):
        return Ended(f"stopped because it {trouble}")
    return Ended("its process ended because it crashed, exited, or used too much memory")


def _likely_cause(words: str, threads: int) -> str:
    if "processor" in words:
        return "; there may be an endless loop"
    if threads:
        left = amount(threads, "thread")
        return (
            f"; the cells left {left} running, but test cases run in a copy without them: start threads in the function"
        )
    return ""


def end_of_cell(trouble: Exception, time: str) -> str:
    """Tell the student how a cell ended the whole process."""
    if isinstance(trouble, Late):
        return f"it did not finish within {time} and could not be interrupted: is there an endless loop?"
    if isinstance(trouble, TooMuch):
        return f"it was stopped because it {trouble}"
    return "it ended the process: did it crash, exit, or use too much memory?"
