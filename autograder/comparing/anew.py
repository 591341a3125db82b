"""``autograder compare FOLDER ZIP``: grade a class again with another zip, as far as needed, into another folder."""

from dataclasses import dataclass, field
from pathlib import Path

from ..batch.command import grade_all
from ..batch.job import Batch
from ..batch.store import LastRun, Store
from ..errors import AutograderError
from ..grading.overrides import FILE as OVERRIDES
from ..zips.reading import parse_autograder_zip
from .carrying import Carrier, kept_overrides


@dataclass(frozen=True)
class How:
    """How to grade, and where to write the results."""

    output: Path | None = None
    processes: int = 1
    quiet: bool = False
    confine: bool = True


@dataclass(frozen=True)
class Anew:
    """A class that was graded with another zip."""

    folder: Path
    told: list[str] = field(default_factory=list)
    """What was graded again, what was not, and why."""
    failures: list[str] = field(default_factory=list)
    """Submissions that could not be graded, with the reason and the command that tries again."""
    other_work: list[str] = field(default_factory=list)
    interrupted: bool = False


def grade_anew(old: Path, archive: Path, how: How) -> Anew:
    """Grade the class of a folder with another zip.

    Args:
        old: the folder.
        archive: the new autograder.zip.
        how: how to grade. The default folder is beside the old one, with ``-anew`` at the end of its name.

    Raises:
        AutograderError: the downloads are gone, or something cannot be read or written.
        OurFault: nothing can be graded here.
    """
    run, output = Store(old).run(), how.output or old.resolve().with_name(f"{old.resolve().name}-anew")
    _check(old, run, output)
    try:
        content = archive.read_bytes()
    except OSError as error:
        raise AutograderError(f"cannot read {archive}: {error.strerror}") from error
    carrier = Carrier(old, content, parse_autograder_zip(content, str(archive)))
    output.mkdir(parents=True, exist_ok=True)
    told = [kept_overrides(old, output, OVERRIDES)]
    roster = Path(run.roster) if run.roster else None
    if roster and not roster.is_file():
        told.append(f"the roster {roster} is gone: people who handed in nothing are not compared")
        roster = None
    batch = Batch(
        list(map(Path, run.downloads)), archive, output, how.processes, quiet=how.quiet, confine=how.confine,
        layout=run.layout, pattern=run.pattern, attempt=run.attempt, roster=roster, carry=carrier,
    )  # fmt: skip
    summary = grade_all(batch)
    told.append(_told(carrier, summary.graded + summary.kept, output))
    failures = [f"{label}: {reason}\n    again: {command}" for label, reason, command in summary.failures]
    return Anew(output, list(filter(None, told)), failures, carrier.other_work, summary.interrupted)


def _told(carrier: Carrier, people: int, output: Path) -> str:
    anew = people - carrier.carried
    why = f" ({carrier.why})" if carrier.why else ""
    parts = [f"graded {anew} again{why}"] if anew else []
    if carrier.carried:
        parts.append(f"kept the results of {carrier.carried}: the new zip changes {carrier.effect.value}")
    return f"{'; '.join(parts) or 'nothing to grade'}; see {output}"


def _check(old: Path, run: LastRun, output: Path) -> None:
    if output.resolve() == old.resolve():
        raise AutograderError(f"{output} is the old folder: name another one with -o")
    if not run.downloads:
        raise AutograderError(
            f"{old} does not say what it was graded from: rerun the 'autograder grade' command that made it, or "
            "grade the class with the new zip into another folder and compare both folders"
        )
    gone = [path for path in run.downloads if not Path(path).exists()]
    if gone:
        raise AutograderError(
            f"the downloads that {old} was graded from are gone: {', '.join(gone)}; grade the class with the new zip "
            "into another folder, and compare both folders"
        )
    other = Store(output).run()
    if other.downloads and sorted(other.downloads) != sorted(run.downloads):
        raise AutograderError(f"{output} holds the results of another class: choose another folder with -o")
