"""The job of ``autograder grade``, and its outcome."""

from dataclasses import dataclass
from pathlib import Path


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


@dataclass(frozen=True)
class Summary:
    """The outcome."""

    graded: int
    kept: int
    failures: list[tuple[str, str, str]]
    """For each submission that could not be graded: label, reason, and the command that grades it again."""
    interrupted: bool
