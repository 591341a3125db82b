"""Show progress: a bar on a terminal, plain lines elsewhere, nothing with ``--quiet``."""

import time
from collections import Counter
from types import TracebackType

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from ..grading.results import NOTHING, Record

#: Seconds between two plain lines.
_PAUSE = 5.0


class Reporter:
    """Shows progress; used in a ``with`` statement around the grading."""

    def __init__(self, total: int, quiet: bool) -> None:
        self.total, self.kept = total, 0
        self.counts: Counter[str] = Counter()
        self._begun, self._told, self._told_at = time.monotonic(), 0.0, 0
        self._console = Console(quiet=quiet)
        self._bar: Progress | None = None
        self._task = TaskID(0)
        if self._console.is_terminal and not quiet:
            columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
            times = (
                TimeElapsedColumn(),
                TextColumn("left"),
                TimeRemainingColumn(),
                TextColumn("{task.fields[counts]}"),
            )
            self._bar = Progress(*columns, *times, console=self._console)

    def __enter__(self) -> "Reporter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()
        elif self.done > self._told_at:
            self._tell()

    def begin(self, kept: int) -> None:
        """Start to show progress.

        Args:
            kept: how many submissions were graded before and have not changed.
        """
        self.kept, self._begun = kept, time.monotonic()
        if kept:
            self.say(f"{kept} of {self.total} were graded before and have not changed")
        if self._bar:
            self._task = self._bar.add_task("", total=self.total, completed=kept, rate="", counts="")
            self._bar.start()

    @property
    def done(self) -> int:
        """How many submissions this run has graded so far."""
        return sum(self.counts.values())

    def count(self, record: Record) -> None:
        """Count a graded submission."""
        self.counts[kind_of(record)] += 1
        if self._bar:
            told = ", ".join(f"{number} {kind}" for kind, number in sorted(self.counts.items()))
            self._bar.update(self._task, advance=1, rate=self._rate(), counts=told)
        elif time.monotonic() - self._told > _PAUSE:
            self._tell()

    def _rate(self) -> str:
        return f"{self.done / max(time.monotonic() - self._begun, 1e-9):.1f}/s"

    def _tell(self) -> None:
        self._told, self._told_at = time.monotonic(), self.done
        left = (self.total - self.kept - self.done) * (self._told - self._begun) / max(self.done, 1)
        told = ", ".join(f"{number} {kind}" for kind, number in sorted(self.counts.items()))
        self.say(f"{self.kept + self.done} of {self.total} graded, {self._rate()}, {left:.0f} s left: {told}")

    def say(self, text: str) -> None:
        """Print a line, except with ``--quiet``."""
        self._console.print(escape(text), highlight=False, soft_wrap=True)


def kind_of(record: Record) -> str:
    """The result of a submission in a few words."""
    ours = record.ours
    if not ours.completed:
        return "not graded"
    if ours.unread:
        return "with nothing to grade" if ours.unread.startswith(NOTHING) else "unreadable"
    if ours.points == ours.possible:
        return "with full marks"
    outcomes = {case.outcome for case in ours.cases}
    if outcomes == {"not run"}:
        return "not run"
    return "timed out" if "timed out" in outcomes else "with mistakes"
