"""Find out whose work a download holds: by the names that its system gives, or else by how the files are arranged."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..errors import Undecided
from ..grading.leavings import is_handout
from ..grading.people import Student
from ..grading.submission import Wanted, is_script
from ..grading.unpacking import sorted_out
from ..sandbox.text import clean_line
from .attempts import Attempt
from .downloads import Download
from .matching import by_table, levels, workers_in
from .patterns import FILES, FOLDERS, Pattern
from .people import Person, Roll, by_pattern, people_by, view_of
from .shapes import View, holds_classes, shape_of
from .tables import Skipped
from .things import DOCUMENT, STAFF, is_list, stem

Layout = Literal["auto", "folders", "files", "one"]

_BESIDE = "it is beside the students' folders, and is not a notebook, script or zip"
_OF_STAFF = "judging by its name, this is a staff folder; add --layout folders if it is a student's"
_NO_WORK = "neither a notebook, a script nor a zip"
_HANDOUT = "it came with the handout"
_HELPER = "a module that submissions beside it import: it is graded with them"
#: The ``system`` of a download that does not hold a class.
ONE = "one student's work"

_NO_STUDENT = "a folder with nothing to grade, whose name is not a student's"


@dataclass(frozen=True)
class Reading:
    """How to read a download."""

    wanted: Wanted
    layout: Layout = "auto"
    pattern: Pattern | None = None


def roll_of(download: Download, reading: Reading) -> Roll:
    """Find out whose work a download holds.

    Raises:
        Undecided: it is not clear; the message says what to write.
        AutograderError: it is damaged.
    """
    names = sorted_out(download.names)[0]
    if reading.pattern:
        return by_pattern(reading.pattern, download, names)
    if reading.layout == "auto" and (matches := by_table(download, names)):
        return people_by(matches, download, reading.wanted.assignment)
    level = levels(download, names)[-1]
    view = view_of(download, names, level, reading.wanted)
    if reading.layout == "files":
        return _by_files(download, view_of(download, names, "", reading.wanted), "", everywhere=True)
    where = str(download.path / level if level else download.path)
    if reading.layout == "auto" and (classes := holds_classes(view, workers_in)):
        some = ", ".join(map(clean_line, classes[:4]))
        raise Undecided(
            f"{where} seems to hold the downloads of several classes: {some}. Grade each of them in a "
            "separate run, with its own output folder, or write --layout folders if each is one student's, or --layout "
            "files if each file is. Nothing was graded"
        )
    shape = shape_of(view, where) if reading.layout == "auto" else reading.layout
    if shape == "folders":
        return _by_folders(*_level_of_folders(download, names, reading), forced=reading.layout == "folders")
    return _by_files(download, view, level) if shape == "files" else _one(download, view, level)


def is_of_a_system(names: Sequence[str]) -> bool:
    """Whether paths are those of a download that a course system made, with work of more than one person."""
    return workers_in(names) > 1


def _level_of_folders(download: Download, names: list[str], reading: Reading) -> tuple[View, str]:
    """The folder that holds the students' folders. If there is only one of these, it is not taken for the outer one."""
    for level in reversed(levels(download, names)):
        view = view_of(download, names, level, reading.wanted)
        if len(view.folders) > 1 and not all(map(view.is_thing, view.folders)):
            return view, level
    return view_of(download, names, "", reading.wanted), ""


def _by_folders(view: View, level: str, forced: bool) -> Roll:
    """Take each folder as one student's, and each gradable file beside the folders.

    Unless ``forced``, staff folders are skipped, and folders with nothing to grade that are named after a thing.
    """
    roll, start = Roll(FOLDERS.system, level), f"{level}/" if level else ""
    for folder in view.folders:
        inside = view.inside(folder)
        files = {name[len(folder) + 1 :]: start + name for name in inside}
        if not forced and STAFF.fullmatch(folder):
            roll.skipped.append(Skipped(start + folder, _OF_STAFF))
        elif not (forced or folder in view.full or any(map(DOCUMENT.fullmatch, inside))) and view.is_thing(folder):
            roll.skipped.append(Skipped(start + folder, _NO_STUDENT))
        else:
            roll.people.append(Person([Student(folder)], [Attempt(start + folder, files)]))
    for name in view.loose:
        roll.people.append(Person([Student(stem(name))], [Attempt(start + name, {name: start + name})]))
    loose = [name for name in view.names if "/" not in name and name not in view.loose]
    roll.skipped += [Skipped(start + name, _HANDOUT if is_handout(name) else _BESIDE) for name in loose]
    return roll


def _by_files(download: Download, view: View, level: str, everywhere: bool = False) -> Roll:
    """Take each file as one student's. Files whose names differ only in their endings belong together."""
    roll, start = Roll(FILES.system, level), f"{level}/" if level else ""
    works = set(view.gradable(view.names) if everywhere else view.loose)
    candidates = [name for name in view.names if everywhere or "/" not in name]
    people = defaultdict[str, list[str]](list)
    for name in candidates:
        above = name[: len(name) - len(name.split("/")[-1])]
        if name in works or (not is_handout(name) and not is_list(name) and DOCUMENT.fullmatch(name)):
            people[above + stem(name)].append(name)
    taken = {name for found in people.values() for name in found}
    modules = [name for name in candidates if name not in taken and is_script(name) and not is_handout(name)]
    known, helpers = defaultdict[str, list[str]](list), set[str]()
    for module in modules:
        known[stem(module)].append(module)
    for found in people.values():
        files = {name.split("/")[-1]: start + name for name in found}
        for module in (one for plain in sorted(view.imported(found, known)) for one in known[plain]):
            files.setdefault(module.split("/")[-1], start + module)
            helpers.add(module)
        first = next((name for name in found if name in works), found[0])
        roll.people.append(Person([Student(stem(first))], [Attempt(start + first, files)]))
    for name in view.names:
        if name not in taken:
            reason = _HANDOUT if is_handout(name) else _HELPER if name in helpers else _NO_WORK
            roll.skipped.append(Skipped(start + name, reason))
    return roll


def _one(download: Download, view: View, level: str) -> Roll:
    """Take the whole download as one student's. A file or a folder in it gives the name."""
    names = {name: name for name in sorted_out(download.names)[0]}
    folders = [folder for folder in reversed(level.split("/")) if folder and not view.is_thing(folder)]
    works = view.gradable(view.names)
    if not works and not view.empty and not any(map(DOCUMENT.fullmatch, names)):
        return Roll(ONE, skipped=[Skipped(name, _HANDOUT if is_handout(name) else _NO_WORK) for name in names])
    if not folders and len(works) == 1 and "/" not in works[0] and not view.is_thing(works[0]):
        person = Person([Student(stem(works[0]))], [Attempt(f"{level}/{works[0]}".lstrip("/"), names)])
        return Roll(ONE, level, [person])
    person = Person([Student((folders or [download.name])[0])], [Attempt("", names)])
    return Roll(ONE, people=[person])
