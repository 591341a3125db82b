"""Telling how far grading is: a bar on a terminal, plain lines elsewhere, nothing when quiet."""

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

from .records import COMPLETED, Record, ours

#: Seconds between two plain lines.
_PAUSE = 5.0


class Reporter:
    """For a ``with`` statement around the grading."""

    def __init__(self, total: int, done_before: int, quiet: bool) -> None:
        self.total, self.quiet = total, quiet
        self.counts: Counter[str] = Counter()
        self._before, self._begun, self._told = done_before, time.monotonic(), 0.0
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
            self._task = self._bar.add_task("", total=total, completed=done_before, rate="", counts="")

    def __enter__(self) -> "Reporter":
        if self._before:
            self.say(f"{self._before} of {self.total} were graded before and have not changed")
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()
        elif self.done > self._told_at:
            self._tell()

    _told_at = 0

    @property
    def done(self) -> int:
        """How many were graded in this run."""
        return sum(self.counts.values())

    def count(self, record: Record) -> None:
        """Count a submission that was graded."""
        self.counts[outcome_of(record)] += 1
        if self._bar:
            told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(self.counts.items()))
            self._bar.update(self._task, advance=1, rate=self._rate(), counts=told)
        elif time.monotonic() - self._told > _PAUSE:
            self._tell()

    def _rate(self) -> str:
        return f"{self.done / max(time.monotonic() - self._begun, 1e-9):.1f}/s"

    def _tell(self) -> None:
        self._told, self._told_at = time.monotonic(), self.done
        left = (self.total - self._before - self.done) * (self._told - self._begun) / max(self.done, 1)
        told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(self.counts.items()))
        self.say(f"{self._before + self.done} of {self.total} graded, {self._rate()}, {left:.0f} s left: {told}")

    def say(self, text: str) -> None:
        """Print a line, unless all is to be quiet."""
        self._console.print(escape(text), highlight=False, soft_wrap=True)


def outcome_of(record: Record) -> str:
    """What became of a submission as a whole, in a word or two."""
    part = ours(record)
    if part["status"] != COMPLETED:
        return "not graded"
    if part["points"] == part["possible"]:
        return "with full marks"
    outcomes = {case["outcome"] for case in part["cases"]}
    if outcomes == {"not run"}:
        return "not run"
    return "timed out" if "timed out" in outcomes else "with mistakes"
