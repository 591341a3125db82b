"""Limits of time that a slow or busy machine does not use up.

A limit counts the processor time that a submission uses, and the time in which it sleeps or waits. It does not count
the time in which one of its processes could run and has no processor: where many graders share the machine, or a
container gets a part of a processor only. On a whole processor that has nothing else to do, that is what a clock shows.
"""

import time
from dataclasses import dataclass

#: So many times its seconds a limit may last on the clock, however slow the machine is.
CEILING = 12


@dataclass(frozen=True)
class Passed:
    """What became of some seconds on the clock."""

    computed: float = 0.0
    """The submission had a processor."""
    waited: float = 0.0
    """It slept or waited."""
    starved: float = 0.0
    """It could run, but other processes did."""


class Clock:
    """A limit of time, which begins at once."""

    def __init__(self, seconds: float, within: "Clock | None" = None) -> None:
        """Start it.

        Args:
            seconds: of processor time and of waiting.
            within: the limit that this one is a part of. What is counted here is counted there as well.
        """
        self.seconds, self._within = seconds, within
        self._begun = time.monotonic()
        self._computed = self._waited = self._starved = 0.0

    def count(self, passed: Passed) -> None:
        """Note what became of the last seconds."""
        self._computed += passed.computed
        self._waited += passed.waited
        self._starved += passed.starved
        if self._within is not None:
            self._within.count(passed)

    def until(self) -> float:
        """When it is over, by ``time.monotonic``, as far as can be said now."""
        own = self._begun + min(self.seconds + self._starved, self.seconds * CEILING)
        return own if self._within is None else min(own, self._within.until())

    @property
    def over(self) -> bool:
        """Whether it is over."""
        return time.monotonic() >= self.until()

    @property
    def spent(self) -> float:
        """Seconds of it that are spent."""
        return time.monotonic() - self._begun - self._starved

    def words(self, seconds: float | None = None) -> str:
        """How much time there was, and of what.

        Args:
            seconds: how much, where that is not all of it.
        """
        seconds = self.seconds if seconds is None else seconds
        if self._begun + self.seconds * CEILING <= time.monotonic():
            return f"{seconds * CEILING:g} seconds on the clock, since the machine was too busy"
        if self._computed >= self._waited:
            return f"{seconds:g} seconds of processor time"
        return f"{seconds:g} seconds of waiting (sleep, a lock, a thread, input)"
