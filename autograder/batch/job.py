"""The job of ``autograder grade``, and its outcome."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..grading.results import Record
    from .tasks import Task


@dataclass(frozen=True)
class Batch:
    """What to grade, and how."""

    paths: list[Path]
    autograder: Path
    output: Path
    processes: int = 1
    force: bool = False
    quiet: bool = False
    confine: bool = True
    cluster: str | None = None
    layout: str = ""
    """How a download is arranged. Empty: as in the last run, or else to be found out."""
    pattern: str = ""
    attempt: str = ""
    roster: Path | None = None
    carry: "Callable[[Task], Record | None] | None" = None
    """Finds the record of a submission without grading it, if it can. It is called for each submission."""


@dataclass(frozen=True)
class Summary:
    """The outcome."""

    graded: int
    kept: int
    failures: list[tuple[str, str, str]]
    """For each submission that could not be graded: label, reason, and the command that grades it again."""
    interrupted: bool
    told: list[str] = field(default_factory=list)
    """What else to say at the end: who is in the class, and what was not graded."""
    edits: list[str] = field(default_factory=list)
    """What somebody has edited by hand in the table."""
    problems: list[str] = field(default_factory=list)
    """What is wrong with overrides.csv."""
