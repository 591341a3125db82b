"""Match the files of a download against the table of patterns."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..errors import Undecided
from ..grading.leavings import is_handout
from ..grading.submission import may_be_submission
from ..sandbox.text import clean_line
from .downloads import Download, below
from .patterns import PATTERNS, Pattern
from .tables import Skipped

#: The patterns of each system.
_SYSTEMS = {one.system: [other for other in PATTERNS if other.system == one.system] for one in PATTERNS}

METADATA = re.compile(r"submission_metadata\.ya?ml", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    """A file, with what a pattern read from its path."""

    path: str
    """Its path in the download."""
    groups: dict[str, str]
    """The named groups. A group that matched nothing is empty."""
    rest: str
    """The part of the path after the match."""

    @property
    def who(self) -> tuple[str, ...]:
        """Whose file it is. An id is more certain than a name."""
        groups = self.groups
        return (groups["id"],) if groups.get("id") else (groups.get("student", ""), groups.get("email", ""))


def named(path: str, match: re.Match[str]) -> Named:
    """Describe a file whose path, or the end of it, matches a pattern."""
    groups = {key: text or "" for key, text in match.groupdict().items()}
    return Named(path, groups, match.string[match.end() :])


@dataclass(frozen=True)
class Matches:
    """The files below one folder of a download, as the patterns of one system read them."""

    system: str
    level: str
    found: list[Named]
    rest: list[str]
    """Paths of files that do not match."""
    folders: bool = False
    """Whether the folder of a person may be empty."""

    @property
    def people(self) -> int:
        """How many different people there are."""
        return len({one.who for one in self.found})

    @property
    def workers(self) -> int:
        """How many of them handed in something that may be graded."""
        return len({one.who for one in self.found if may_be_submission(one.path, lambda _: b"")})


def levels(download: Download, names: Sequence[str]) -> list[str]:
    """The folders that hold everything visible in a download, from the top down."""
    found = [""]
    while True:
        inside = [name for name in below(names, found[-1]) if not is_handout(name)]
        empty = {name.split("/")[0] for name in below(download.folders, found[-1])}
        tops = {name.split("/")[0] for name in inside if "/" in name} | empty
        loose = [name for name in inside if "/" not in name]
        if len(tops) != 1 or any(may_be_submission(name, lambda _: b"") or METADATA.fullmatch(name) for name in loose):
            return found
        found.append(f"{found[-1]}/{tops.pop()}".lstrip("/"))


def by_table(download: Download, names: Sequence[str]) -> Matches | None:
    """Match a download against the table of patterns. The system that finds the most people is taken."""
    every = [
        matches
        for level in levels(download, names)
        for system, patterns in _SYSTEMS.items()
        if (matches := matched(system, patterns, names, level))
    ]
    return max(every, key=lambda matches: matches.people, default=None)


def workers_in(names: Sequence[str]) -> int:
    """How many people's work is at these paths, if a course system named them; otherwise 0."""
    found = [matched(system, patterns, names, "") for system, patterns in _SYSTEMS.items()]
    return max((one.workers for one in found if one is not None), default=0)


def matched(system: str, patterns: Sequence[Pattern], names: Sequence[str], level: str) -> Matches | None:
    """Match the files below a folder against the patterns of a system; None if that system did not make them."""
    inside = below(names, level)
    patterns = [
        pattern for pattern in patterns if pattern.sign is None or any(map(pattern.sign.fullmatch, inside))
    ]  # fmt: skip
    start = f"{level}/" if level else ""
    used = set[str]()
    found, rest = list[Named](), [name for name in names if not name.startswith(start)]
    for name in inside:
        fitting = ((pattern, match) for pattern in patterns if (match := pattern.regex.fullmatch(name)))
        pattern, match = next(fitting, (None, None))
        if pattern is None or match is None or METADATA.fullmatch(name):
            rest.append(start + name)
        else:
            found.append(named(start + name, match))
            used.add(pattern.others)
    works = [name for name in rest if not is_handout(name) and may_be_submission(name, lambda _: b"")]
    most = 0 if "none" in used else len(found) if "fewer" in used else len(works)
    if not found or len(works) > most:
        return None
    if system == "Blackboard":
        found = _with_logins(found)
    return Matches(system, level, found, rest, any(pattern.folders for pattern in patterns))


def _with_logins(found: list[Named]) -> list[Named]:
    """Remove the assignment's name, which is the same in all files, from what comes before Blackboard's time."""
    heads = sorted({one.groups["id"] for one in found})
    same = os.path.commonprefix(heads) if len(heads) > 1 else heads[0]  # noqa: RUF071 (these are not paths)
    start = same.rfind("_") + 1
    return [replace(one, groups=one.groups | {"id": one.groups["id"][start:]}) for one in found]


def of_one_assignment(matches: Matches, assignment: str) -> tuple[Matches, list[Skipped]]:
    """Keep only what belongs to one assignment, if a download holds several.

    Raises:
        Undecided: it is not clear which of them is meant.
    """
    every = sorted({one.groups["assignment"] for one in matches.found if one.groups.get("assignment")})
    if len(every) < 2:
        return matches, []
    if assignment not in every:
        some = ", ".join(map(clean_line, every[:5]))
        raise Undecided(
            f"the download holds several assignments: {some}. Grade a folder that holds only one of them, "
            "or write --pattern REGEX with the name of one in it. Nothing was graded"
        )
    kept = [one for one in matches.found if one.groups.get("assignment") == assignment]
    rest = (one for one in matches.found if one.groups.get("assignment") != assignment)
    others = [Skipped(one.path, "of another assignment") for one in rest]
    return replace(matches, found=kept), others
