"""The command: read or grade both sides, compare them, print the page, and write the table."""

from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from ..batch.graded import read_class
from ..errors import AutograderError
from .anew import Anew, How, grade_anew
from .classes import Comparison, compare_classes
from .table import write_changes
from .terminal import show


@dataclass(frozen=True)
class WhatChanges:
    """The outcome."""

    changed: bool
    """Whether anything differs: marks, outcomes, messages, or who is there."""
    told: list[str] = field(default_factory=list)
    """What else to say."""
    problems: list[str] = field(default_factory=list)
    """Submissions that could not be graded, so not everybody was compared."""
    interrupted: bool = False


def compare(before: Path, now: Path, how: How, table: Path | None = None) -> WhatChanges:
    """Compare two graded folders, or one folder with the results of its class under another autograder.zip.

    Args:
        before: the old folder.
        now: the new folder, or the zip.
        how: how to grade with the zip, and where to write the results.
        table: where to write the table of changes, if anywhere.

    Raises:
        AutograderError: the assignments differ, a folder or zip cannot be read, or something cannot be written.
        OurFault: nothing can be graded here.
    """
    old = read_class(before)
    anew = grade_anew(before, now, how) if now.is_file() else Anew(now)
    if anew.interrupted:
        return WhatChanges(False, interrupted=True)
    new = read_class(anew.folder)
    if old.run.assignment != new.run.assignment:
        raise AutograderError(
            f"{before} has the assignment {old.run.assignment!r}, but {anew.folder} has {new.run.assignment!r}: they "
            "cannot be compared"
        )
    comparison = compare_classes(old, new, anew.other_work)
    show(comparison, Console())
    told = [*anew.told, *_other_work(comparison)]
    if table:
        write_changes(table, comparison)
        told.append(f"the table of changes is {table}")
    told += [f"{one.folder}: {problem}" for one in (old, new) for problem in one.problems]
    return WhatChanges(not comparison.same, told, anew.failures)


def _other_work(comparison: Comparison) -> list[str]:
    names = [one.name for one in comparison.people if one.handed_anew]
    told = "handed in other work, so the zip is not the only reason for what changed"
    return [f"{', '.join(names)} {told}"] if names else []
