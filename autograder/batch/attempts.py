"""Attempts: which files make up one, which one came first, and which one counts."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Literal

Choice = Literal["latest", "first", "best"]

#: How systems write a time in the name of a file.
_TIMES = (
    "%Y-%m-%d-%H-%M-%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H-%M-%S", "%Y-%m-%d_%H-%M-%S",
    "%Y-%m-%d %H_%M_%S", "%Y%m%d%H%M%S", "%Y%m%d-%H%M%S", "%Y%m%d_%H%M%S", "%Y-%m-%d", "%Y%m%d",
    "%b %d, %Y %I%M %p", "%B %d, %Y %I%M %p", "%b %d, %Y %H%M", "%B %d, %Y %H%M", "%d %b, %Y %H%M", "%d %b %Y %H%M",
    "%d %B %Y %H%M", "%d %B, %Y %H%M", "%b %d %Y %I%M %p", "%b %d, %Y", "%B %d, %Y",
)  # fmt: skip

#: The number that Canvas adds to a file's name if the student has already handed in a file of that name.
_AGAIN = re.compile(r"(?P<base>.+?)(?:-(?P<number>\d{1,3}))?(?P<end>\.[A-Za-z0-9.]{1,12})?", re.DOTALL)


@dataclass(frozen=True)
class Attempt:
    """What somebody handed in at one time."""

    root: str
    """The path of its file in the download, or of the folder with its files."""
    files: dict[str, str]
    """Paths in the download, by the student's own names for the files."""
    submitted: str = ""
    number: str = ""
    late: str = ""


@dataclass(frozen=True)
class NamedFile:
    """A file, with what a pattern read from its name."""

    path: str
    file: str
    submitted: str = ""
    attempt: str = ""
    late: str = ""
    attachment: str = ""


def moment(text: str) -> datetime | None:
    """The time that a text gives; None if it cannot be read."""
    if not text:
        return None
    plain = " ".join(re.sub(r"\b(UTC|[A-Z]{3,4}T|Z)$", "", text.strip()).split())
    padded = re.sub(r"\b(\d)(\d\d)( [AP]M)?$", r"0\1\2\3", plain)  # 901 AM becomes 0901 AM
    for form in _TIMES:
        try:
            return datetime.strptime(padded, form)
        except ValueError:
            continue
    return None


def in_order(attempts: Sequence[Attempt]) -> list[Attempt]:
    """Sort attempts from the first to the latest: by time if all have one, then by number, then by path."""
    times = {attempt.root: moment(attempt.submitted) for attempt in attempts}
    timed = all(times.values())

    def place(attempt: Attempt) -> tuple[str, list[tuple[int, str]], list[tuple[int, str]]]:
        time = times[attempt.root]
        return f"{time:%Y%m%d%H%M%S}" if timed and time else "", natural(attempt.number), natural(attempt.root)

    return sorted(attempts, key=place)


def numbered(attempts: Sequence[Attempt]) -> list[Attempt]:
    """Attempts in order, each with a number. A single attempt only has the number that its system gave it, if any."""
    ordered = in_order(attempts)
    if len(ordered) == 1:
        return ordered
    return [replace(one, number=one.number or str(place)) for place, one in enumerate(ordered, 1)]


def chosen(attempts: Sequence[Attempt], choice: Choice) -> list[Attempt]:
    """The attempts to grade, out of attempts in order: one of them, or all of them to find the best."""
    return list(attempts) if choice == "best" else [attempts[0 if choice == "first" else -1]]


def natural(text: str) -> list[tuple[int, str]]:
    """A key that sorts numbers in texts by their value."""
    return [(int(part), "") if part.isdecimal() else (0, part.casefold()) for part in re.split(r"(\d+)", text)]


def versions(parts: Sequence[NamedFile]) -> list[Attempt]:
    """Make attempts from the files of one person. Some files may be newer versions of others, as in Canvas.

    If ``hw.ipynb`` is handed in again, Canvas calls it ``hw-1.ipynb``. It also renames a module beside it, which the
    notebook could then not import. So every file gets its original name back. Files that are not notebooks keep the
    new name as well.
    """
    named = defaultdict[str, list[tuple[int, int, NamedFile]]](list)
    for part in parts:
        match = _AGAIN.fullmatch(part.file)
        base, number = (match["base"] + (match["end"] or ""), int(match["number"] or 0)) if match else (part.file, 0)
        named[base].append((number, int(part.attachment or 0), part))
    ordered = {base: [part for *_, part in sorted(found, key=lambda one: one[:2])] for base, found in named.items()}
    most = max((len(same) for base, same in ordered.items() if base.lower().endswith(".ipynb")), default=1)
    return [_version(ordered, place) for place in range(most)]


def _version(ordered: dict[str, list[NamedFile]], place: int) -> Attempt:
    files, taken = dict[str, str](), list[NamedFile]()
    for base, found in ordered.items():
        part = found[min(place, len(found) - 1)] if base.lower().endswith(".ipynb") else found[-1]
        taken.append(part)
        files |= {name: part.path for name in ([base] if base.lower().endswith(".ipynb") else {part.file, base})}
    late = "yes" if any(part.late == "yes" for part in taken) else next((part.late for part in taken if part.late), "")
    return Attempt(root_of([part.path for part in taken]), files, late=late, number=_number(ordered, taken))


def _number(ordered: dict[str, list[NamedFile]], taken: Sequence[NamedFile]) -> str:
    """The number of an attempt, from the name of its notebook."""
    names = [part.file for part in taken if part.file.lower().endswith(".ipynb")]
    matches = [_AGAIN.fullmatch(name) for name in names]
    most = max((int(match["number"] or 0) for match in matches if match), default=0)
    return str(most + 1) if most else ""


def root_of(paths: Sequence[str]) -> str:
    """Where the files of one attempt are: the notebook if there is one, else the only file, else the shared path."""
    notebooks = [path for path in paths if path.lower().endswith(".ipynb")]
    if len(notebooks) == 1 or len(paths) == 1:
        return (notebooks or list(paths))[0]
    first, last = min(paths), max(paths)
    same = next((place for place, letter in enumerate(first) if last[place : place + 1] != letter), len(first))
    return first[:same].rstrip("/_- ") or PurePosixPath(first).name
