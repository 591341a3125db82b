"""Read what ``autograder grade`` wrote: find the records, and make their texts harmless."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec

from ..errors import AutograderError
from ..grading.files import RecordError
from ..grading.overrides import apply, changed, questions_of, read_overrides
from ..grading.results import Record, read_record
from ..sandbox.text import clean

_THEN = "Then make the report again. The old report is unchanged."


def read_records(folder: Path, then: str = _THEN) -> list[Record]:
    """Read all records of a folder that ``autograder grade`` wrote, sorted by path.

    Control characters and terminal escape sequences are removed from all texts except paths.

    Args:
        folder: the folder.
        then: what to do once damaged records are repaired, for the message.

    Raises:
        AutograderError: there is no such folder, there are no results in it, or some of them cannot be used.
    """
    paths, listed = _find(folder), _listed(folder)
    records, faults = [], []
    for path in paths:
        try:
            record = read_record(path)
            if listed is None or record.ours.file in listed:
                records.append(_cleaned(record))
        except (OSError, RecordError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            faults.append(f"  {path}: {reason or type(error).__name__}")
    if faults:
        more = [f"  ... and {len(faults) - 10} more"] if len(faults) > 10 else []
        told = "\n".join(faults[:10] + more)
        count = f"{len(faults)} of {len(paths)} {'file' if len(paths) == 1 else 'files'}"
        raise AutograderError(
            f"{count} in {folder / 'results'} cannot be used:\n{told}\n"
            "Run the same 'autograder grade' again (it grades again whatever is damaged or from an older version), or "
            f"move these files away. {then}"
        )
    return _with_overrides(folder, records)


def _with_overrides(folder: Path, records: list[Record]) -> list[Record]:
    """The records with what overrides.csv says now. 'autograder grade' tells what is wrong with that file."""
    rows = read_overrides(folder)
    if not rows and not any(record.ours.changes for record in records):
        return records
    entries = [(record.ours.file, record.ours.entry) for record in records]
    applied = apply(rows, entries, [], questions_of(records))
    return [_cleaned(changed(record, applied.of_file.get(record.ours.file, ()))) for record in records]


def read_assignment(folder: Path) -> str:
    """Read the name of the assignment from the folder's ``run.json``; empty if it is not known."""
    try:
        return clean(str(json.loads((folder / "run.json").read_text(encoding="utf-8"))["assignment"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""


def _listed(folder: Path) -> set[str] | None:
    """The files of the records that are in the table. Other records are of work that is no longer there."""
    try:
        return set(map(str, json.loads((folder / "run.json").read_text(encoding="utf-8"))["files"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


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
        paths = sorted(path for path in results.rglob("*.json") if path.name[0] != "." and path.is_file())
    except OSError as error:
        raise AutograderError(f"cannot read {folder}: {error.strerror or error}; check its permissions") from error
    if not paths:
        raise AutograderError(f"{results} holds no results (.json): grade some submissions first, or {give}")
    return paths


#: Finds what ``clean`` may change. Without a match there is no need to call it.
_SUSPECT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]|<[A-Za-z/!?]")


#: Fields that hold a path.
_PATHS = {"path", "autograder"}


def _cleaned(record: Record) -> Record:
    return msgspec.convert(_clean(msgspec.to_builtins(record)), Record)


def _clean(value: Any, key: str = "") -> Any:
    """Make all texts in plain data harmless, except paths, which must still lead to the files."""
    if isinstance(value, str):
        return value if key in _PATHS or not _SUSPECT.search(value) else clean(value)
    if isinstance(value, (list, tuple)):
        return [_clean(entry) if isinstance(entry, (str, list, tuple, dict)) else entry for entry in value]
    if isinstance(value, dict):
        return {name: _clean(entry, name) for name, entry in value.items()}
    return value
