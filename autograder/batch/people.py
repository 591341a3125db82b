"""Find the people of a class from the files of a download, by the table of patterns or by ``--pattern``."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..errors import AutograderError, Undecided
from ..grading.people import Student
from ..grading.submission import Wanted, may_be_submission
from .attempts import Attempt, NamedFile, moment, root_of, versions
from .downloads import Download, below
from .matching import METADATA, Matches, Named, levels, named, of_one_assignment
from .metadata import Handed, read_metadata
from .patterns import FEEDBACK, PATTERNS, Pattern
from .shapes import View
from .tables import Skipped

_NOT_THEIRS = "it is not a submission: {system} would give it another name"
_STAFFS = "feedback from staff"
_COMMENT = "what the system says about an attempt"


@dataclass
class Person:
    """A student, or a group that handed in together, with everything that they handed in."""

    students: list[Student]
    attempts: list[Attempt]


@dataclass
class Roll:
    """The people whose work a download holds, and what else is in it."""

    system: str
    level: str = ""
    """The folder around all of them, if any."""
    people: list[Person] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def people_by(matches: Matches, download: Download, assignment: str = "") -> Roll:
    """Find the people from the file names that a system made.

    Raises:
        Undecided: there are several assignments, and none of them has the name of ours.
    """
    matches, others = of_one_assignment(matches, assignment)
    roll = Roll(matches.system, matches.level, skipped=others)
    if matches.system == "Gradescope":
        return _of_gradescope(matches, download)
    parts = defaultdict[tuple[str, ...], dict[tuple[str, str], list[NamedFile]]](lambda: defaultdict(list))
    students = dict[tuple[str, ...], Student]()
    notes = dict[tuple[str, ...], str]()
    for one in matches.found:
        path, groups, who = one.path, one.groups, one.who
        students.setdefault(who, Student(*(groups.get(key) or "" for key in ("student", "id", "email"))))
        if groups.get("kind") == FEEDBACK:
            roll.skipped.append(Skipped(path, _STAFFS, students[who].name))
        elif groups.get("note"):
            notes[who] = path
            parts[who].setdefault((groups.get("submitted") or "", groups.get("attempt") or ""), [])
        else:
            part = _part(one)
            parts[who][part.submitted, part.attempt].append(part)
    for who, attempts in parts.items():
        student = _named(students[who], notes.get(who), download)
        if notes.get(who):
            roll.skipped.append(Skipped(notes[who], _COMMENT, student.name))
        found = _attempts(matches.system, attempts)
        roll.people.append(Person([student], [replace(one, root=one.root or notes.get(who, "")) for one in found]))
    roll.skipped += [Skipped(name, _NOT_THEIRS.format(system=matches.system)) for name in matches.rest]
    roll.people += _of_empty_folders(matches, download, roll)
    return roll


def _part(one: Named) -> NamedFile:
    groups, rest = one.groups, one.rest.lstrip("/_- ")
    file = groups.get("file") or ("" if rest.startswith(".") else rest) or one.path.split("/")[-1]
    late = groups.get("late")
    if late is not None:
        late = "no" if (late or "no").casefold() in {"no", "0", "false", "on time", "ontime"} else "yes"
    submitted, attempt, attachment = (groups.get(key, "") for key in ("submitted", "attempt", "attachment"))
    return NamedFile(one.path, file, submitted, attempt, late or "", attachment)


def _attempts(system: str, attempts: dict[tuple[str, str], list[NamedFile]]) -> Iterator[Attempt]:
    if system == "Canvas":
        yield from versions([part for parts in attempts.values() for part in parts])
        return
    for (submitted, number), parts in attempts.items():
        files = {part.file: part.path for part in parts}
        late = next((part.late for part in parts if part.late == "yes"), parts[0].late if parts else "")
        root = _common_root(parts) if parts else ""
        yield Attempt(root, files, _shown(submitted), number, late)


def _common_root(parts: Sequence[NamedFile]) -> str:
    """The folder that holds one attempt and nothing else; if there is none, its file or what its paths share."""
    folders = {part.path[: -len(part.file)].rstrip("/") for part in parts if part.path.endswith(f"/{part.file}")}
    if len(folders) == 1 and all(part.path.endswith(f"/{part.file}") for part in parts):
        return folders.pop()
    return root_of([part.path for part in parts])


def _shown(submitted: str) -> str:
    """A time in our own format, if it can be read; otherwise as it was written."""
    time = moment(submitted)
    return f"{time:%Y-%m-%d %H:%M:%S}" if time else submitted.strip()


def _named(student: Student, note: str | None, download: Download) -> Student:
    """The student, as Blackboard's note names them: ``Name: Jana Beispiel (jbeispiel)``."""
    if note:
        try:
            text = download.read(note).decode("utf-8-sig", "replace")
        except AutograderError:
            text = ""
        if match := re.search(r"^\s*[^\n:]{1,20}:\s*(.+?)\s*\(([^()\s]+)\)\s*$", text, re.MULTILINE):
            return Student(match[1], match[2])
    return student if student.name else Student(student.id or student.email, student.id, student.email)


def _of_empty_folders(matches: Matches, download: Download, roll: Roll) -> Iterator[Person]:
    """People who have a folder with nothing in it."""
    if not matches.folders:
        return
    known = {(student.name, student.id) for person in roll.people for student in person.students}
    patterns = [pattern for pattern in PATTERNS if pattern.system == matches.system and pattern.folders]
    for folder in below(download.folders, matches.level):
        match = next(filter(None, (pattern.regex.fullmatch(f"{folder}/.") for pattern in patterns)), None)
        if match and match["file"] == ".":
            student = Student(match["student"], match.groupdict().get("id") or "")
            if (student.name, student.id) not in known:
                path = f"{matches.level}/{folder}".lstrip("/")
                yield Person([student], [Attempt(path, {})])


def _of_gradescope(matches: Matches, download: Download) -> Roll:
    """The people of an export: those that its metadata file names, and one for each folder that it does not list."""
    start = f"{matches.level}/" if matches.level else ""
    file = next(name for name in matches.rest if METADATA.fullmatch(name[len(start) :]))
    entries = read_metadata(download.read(file), f"{download.path}/{file}")
    roll, folders = Roll("Gradescope", matches.level), defaultdict[str, dict[str, str]](dict)
    for one in matches.found:
        folders[one.groups["student"]][one.groups["file"]] = one.path
    for folder in below(download.folders, matches.level):
        folders.setdefault(folder.split("/")[0], {})
    for name in matches.rest:
        alone = name[len(start) :] if name.startswith(start) else ""
        if alone in entries:  # a submission that is a single file
            folders[alone] = {alone: name}
        elif name != file:
            roll.skipped.append(Skipped(name, _NOT_THEIRS.format(system="Gradescope")))
    for folder in sorted({*folders, *entries}):
        handed = entries.get(folder, Handed([]))
        if folder in entries or re.fullmatch(r"submission_\d+", folder) or folders[folder]:
            attempt = Attempt(start + folder, folders.get(folder, {}), handed.submitted, late=handed.late)
            roll.people.append(Person(handed.students or [Student(folder)], [attempt]))
    return roll


def by_pattern(pattern: Pattern, download: Download, names: Sequence[str]) -> Roll:
    """Find the people with a pattern from the command line.

    Raises:
        Undecided: it matches no file.
    """
    for level in levels(download, names):
        inside, start = below(names, level), f"{level}/" if level else ""
        matched = [named(start + name, match) for name in inside if (match := pattern.regex.match(name))]
        found = [one for one in matched if any(one.who)]
        if found:
            known = {one.path for one in found}
            rest = [name for name in names if name not in known]
            roll = people_by(Matches(pattern.system, level, found, []), download)
            roll.skipped += [Skipped(name, "its path does not match --pattern") for name in rest]
            return roll
    raise Undecided(
        f"--pattern matches no file in {download.path}: it is matched against paths such as {_examples(names)}. "
        "Nothing was graded"
    )


def _examples(names: Iterable[str]) -> str:
    found = [name for name in names if may_be_submission(name, lambda _: b"")] or list(names)
    return ", ".join(repr(name) for name in found[:3]) or "(there are none)"


def view_of(download: Download, names: Sequence[str], level: str, wanted: Wanted) -> View:
    """The files below a folder of a download, for finding out how they are arranged."""
    start = f"{level}/" if level else ""
    return View(below(names, level), below(download.folders, level), lambda name: download.read(start + name), wanted)
