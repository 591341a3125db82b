"""Reading the results of ``autograder grade``: one file a submission, in Gradescope's format with our part inside."""

import json
import math
import re
from pathlib import Path
from typing import Any, Literal

import msgspec

from ..errors import AutograderError
from ..sandbox.text import clean

Outcome = Literal["passed", "failed", "timed out", "error", "not run"]

#: How a case can end, in the order in which the report shows it. Only the first gives points.
OUTCOMES: tuple[Outcome, ...] = ("passed", "failed", "timed out", "error", "not run")

#: Status of a submission that was graded as it should be.
COMPLETED = "Completed"

_VERSION = 1


class Student(msgspec.Struct, frozen=True):
    """Who handed in, where that is known."""

    name: str = ""
    id: str = ""
    email: str = ""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one test case."""

    question: str
    name: str
    points: float
    hidden: bool = False
    outcome: Outcome
    message: str = ""
    """For the student."""
    staff: str = ""
    """Details that only staff may read."""


class Cell(msgspec.Struct, frozen=True):
    """What became of one code cell."""

    cell: int
    output: str = ""
    error: str | None = None
    line: int | None = None
    ended: bool = False


class Drawing(msgspec.Struct, frozen=True):
    """What the grader understood of a drawing, in pixels with y upwards."""

    markers: list[tuple[float, float, float, float, bool]] = []
    """Boxes (x0, y0, x1, y1), and whether they are round."""
    texts: list[tuple[str, float, float, float, float]] = []
    lines: list[tuple[bool, list[tuple[float, float]]]] = []
    """Whether there is an arrowhead at the last point, and the points."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Our part of a results file."""

    version: int
    file: str
    path: str = ""
    autograder: str = ""
    student: Student | None = None
    key: str = ""
    status: str = COMPLETED
    points: dict[str, float]
    possible: dict[str, float]
    cases: list[Case]
    cells: list[Cell] = []
    note: str = ""
    staff: str = ""
    seconds: float = 0.0
    drawing: Drawing | None = None

    @property
    def total(self) -> float:
        """Points of all questions."""
        return round(sum(self.points.values()), 5)


class Extra(msgspec.Struct, frozen=True):
    """What Gradescope keeps for us."""

    autograder: Part


class Test(msgspec.Struct, frozen=True):
    """An entry of Gradescope's list of tests."""

    name: str = ""
    score: float | None = None
    max_score: float | None = None
    visibility: str = "visible"
    output: str = ""
    status: str | None = None


class Result(msgspec.Struct, frozen=True):
    """One submission."""

    extra_data: Extra
    tests: list[Test] = []
    output: str = ""
    """The note for the student."""

    @property
    def part(self) -> Part:
        """Our part of it."""
        return self.extra_data.autograder

    @property
    def label(self) -> str:
        """What to call the submission: its student's name, or its file."""
        return (self.part.student.name if self.part.student else "") or self.part.file


def read_results(folder: Path) -> list[Result]:
    """Read all results of a folder that ``autograder grade`` wrote, in the order of their files' paths.

    Text is made harmless: no control characters, no commands of terminals. Paths are left as they are.

    Raises:
        AutograderError: there is no such folder, there are no results in it, or some of them cannot be understood.
    """
    paths = _find(folder)
    results, faults = [], []
    for path in paths:
        try:
            results.append(_read(path))
        except (OSError, ValueError, RecursionError, msgspec.MsgspecError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            faults.append(f"  {path}: {reason or type(error).__name__}")
    if faults:
        more = [f"  ... and {len(faults) - 10} more"] if len(faults) > 10 else []
        told = "\n".join(faults[:10] + more)
        count = f"{len(faults)} of {len(paths)} {'file' if len(paths) == 1 else 'files'}"
        raise AutograderError(
            f"{count} in {folder / 'results'} cannot be used:\n{told}\n"
            "Run the same 'autograder grade' once more (it grades again what is damaged), or move these files away; "
            "then ask for the report again. The report that was there before is unchanged."
        )
    return results


def read_assignment(folder: Path) -> str:
    """Read the name of the assignment from the folder's ``run.json``; empty where it is not known."""
    try:
        return clean(str(json.loads((folder / "run.json").read_text(encoding="utf-8"))["assignment"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""


def _find(folder: Path) -> list[Path]:
    give = "give the folder that 'autograder grade' wrote, the one after its -o"
    results = folder / "results"
    try:
        if not folder.exists():
            raise AutograderError(f"there is no folder {folder}: {give}")
        if not folder.is_dir():
            raise AutograderError(f"{folder} is not a folder: {give}")
        if not results.is_dir():
            here = folder.resolve()
            hint = f"did you mean {here.parent}?" if here.name == "results" else give
            raise AutograderError(f"{folder} has no folder 'results' inside, so it holds no graded submissions: {hint}")
        paths = sorted(path for path in results.rglob("*.json") if not path.name.startswith("."))
    except OSError as error:
        raise AutograderError(f"cannot read {folder}: {error.strerror or error}; check its permissions") from error
    if not paths:
        raise AutograderError(f"{results} holds no results (.json): grade some submissions first, or {give}")
    return paths


def _read(path: Path) -> Result:
    try:
        raw = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise ValueError(f"damaged, it is not JSON ({error})") from error
    extra = raw.get("extra_data") if isinstance(raw, dict) else None
    part = extra.get("autograder") if isinstance(extra, dict) else None
    if not isinstance(part, dict):
        raise ValueError("not written by 'autograder grade', which leaves more in 'extra_data'")
    if part.get("version") != _VERSION:
        raise ValueError(f"written by another version of 'autograder grade' (format {part.get('version')!r:.20})")
    try:
        result = msgspec.convert(_clean(raw), Result)
    except msgspec.ValidationError as error:
        raise ValueError(f"damaged ({error})") from error
    numbers = [*result.part.points.values(), *result.part.possible.values(), result.part.seconds]
    if not all(map(math.isfinite, [*numbers, *(case.points for case in result.part.cases)])):
        raise ValueError("damaged (points or seconds are not finite numbers)")
    return result


#: Finds what ``clean`` may change, so that it is called where it is needed only.
_SUSPECT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]|<[A-Za-z/!?]")


def _clean(value: Any, key: str = "") -> Any:
    """Make all texts of a JSON value harmless, except paths, which have to lead to the files."""
    if isinstance(value, str):
        return value if key in {"path", "autograder"} or not _SUSPECT.search(value) else clean(value)
    if isinstance(value, list):
        return [_clean(entry) if isinstance(entry, (str, list, dict)) else entry for entry in value]
    if isinstance(value, dict):
        # what is null is as if it were not there
        return {_clean(name): _clean(entry, name) for name, entry in value.items() if entry is not None}
    return value
