"""Time limits that are the same on a slow or busy machine.

A limit counts the processor time that a submission uses, and the time in which it sleeps or waits. It does not count
the time in which a process is ready to run but has no processor, because other programs use it or because a container
has only part of one. Nor does it count the time in which a disk is too busy to answer. On an idle machine, a limit and
the clock agree.
"""

import time
from dataclasses import dataclass, replace

#: A limit ends after this many times its seconds on the clock, however slow the machine is.
CEILING = 12


@dataclass(frozen=True)
class Passed:
    """How a stretch of time was spent, in seconds."""

    computed: float = 0.0
    """The submission had a processor."""
    waited: float = 0.0
    """It slept or waited."""
    starved: float = 0.0
    """It was ready to run, but had no processor."""
    stalled: float = 0.0
    """It waited for a disk, as a rule because other programs use it."""


class Clock:
    """A time limit. It starts at once."""

    def __init__(self, seconds: float, within: "Clock | None" = None) -> None:
        """Start it.

        Args:
            seconds: the limit, in processor time and waiting together.
            within: a longer limit that this one is part of. Time that counts here counts there, too. So does the time
                spent on waiting for a disk, because a submission can make a disk busy on purpose.
        """
        self.seconds, self._within = seconds, within
        self._begun = time.monotonic()
        self._computed = self._waited = self._starved = 0.0

    def count(self, passed: Passed) -> None:
        """Add a stretch of time."""
        self._computed += passed.computed
        self._waited += passed.waited
        self._starved += passed.starved + passed.stalled
        if self._within is not None:
            self._within.count(replace(passed, waited=passed.waited + passed.stalled, stalled=0.0))

    def until(self) -> float:
        """When it will end, by ``time.monotonic``, if the processor is free from now on."""
        own = self._begun + min(self.seconds + self._starved, self.seconds * CEILING)
        return own if self._within is None else min(own, self._within.until())

    @property
    def over(self) -> bool:
        """Whether it is over."""
        return time.monotonic() >= self.until()

    @property
    def spent(self) -> float:
        """How many of its seconds have passed."""
        return time.monotonic() - self._begun - self._starved

    def words(self, seconds: float | None = None) -> str:
        """Say how much time there was, and whether it was processor time or waiting.

        Args:
            seconds: the time to name; the whole limit by default.
        """
        seconds = self.seconds if seconds is None else seconds
        if self._begun + self.seconds * CEILING <= time.monotonic():
            return f"{seconds * CEILING:g} seconds on the clock, because the machine was too busy"
        if self._computed >= self._waited:
            return f"{seconds:g} seconds of processor time"
        return f"{seconds:g} seconds of waiting (sleep, a lock, a thread, input)"
