"""Interruptions of code that is merely slow. Our side ends code that cannot be interrupted."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class TooSlow(KeyboardInterrupt):
    """Raised inside code that has run out of time. ``except Exception`` does not catch it."""


def interruptible() -> list[bool]:
    """Let our side, which counts the time, interrupt this process with the alarm signal.

    Returns:
        A list with one entry: while it is False, nothing is interrupted.
    """
    armed = [False]

    def interrupt(*_: Any) -> None:
        if armed[0]:
            raise TooSlow("the time is up")

    signal.signal(signal.SIGALRM, interrupt)
    return armed


@contextmanager
def interrupted_after(seconds: float) -> Iterator[None]:
    """Interrupt the code in the block after a number of seconds.

    The code can catch the interruption. Outside the main thread and on Windows, nothing is interrupted.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(*_: Any) -> None:
        raise TooSlow(f"stopped after {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
