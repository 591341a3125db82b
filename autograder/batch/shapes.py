"""Find out whether files that no course system named belong to a class or to one student.

The names tell us most: a folder or file is named after a person or after a thing. If they do not, the notebooks say
which assignment they belong to. If that does not help either, we do not guess.
"""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ..errors import AutograderError, Undecided
from ..grading.leavings import is_handout
from ..grading.notebooks import try_notebook
from ..grading.submission import Wanted, is_script, may_be_submission
from ..sandbox.text import amount, clean_line
from .things import COPIES, DOCUMENT, alike, imported, is_thing, names_assignment, stem

Shape = Literal["folders", "files", "one"]

#: With at least this many people's names, there is no need to look into their notebooks.
_MANY = 6

#: How many folders are checked to see whether each of them is a class of its own.
_SAMPLE = 20


@dataclass
class View:
    """The files below one folder of a download."""

    names: Sequence[str]
    """Paths of the visible files, relative to this folder."""
    empty: Sequence[str]
    """Paths of the folders without any file."""
    load: Callable[[str], bytes]
    wanted: Wanted
    _ours: dict[str, bool] = field(default_factory=dict)
    _gradable: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def folders(self) -> list[str]:
        """The folders at the top."""
        return sorted(self._inside)

    @cached_property
    def loose(self) -> list[str]:
        """The files at the top that may be graded."""
        return self.gradable(name for name in self.names if "/" not in name)

    @cached_property
    def full(self) -> list[str]:
        """The folders at the top with something that may be graded."""
        return [folder for folder in self.folders if self.gradable(self.inside(folder))]

    def is_thing(self, name: str) -> bool:
        """Whether the name of a folder or file at the top is not that of a person."""
        return is_thing(name if name in self._inside else stem(name), self.wanted.assignment)

    @cached_property
    def _inside(self) -> dict[str, list[str]]:
        found = {folder.split("/")[0]: list[str]() for folder in self.empty}
        for name in self.names:
            if "/" in name:
                found.setdefault(name.split("/")[0], []).append(name)
        return found

    def inside(self, folder: str) -> list[str]:
        """Paths of the files in a folder at the top."""
        return self._inside.get(folder, [])

    def gradable(self, names: Iterable[str]) -> list[str]:
        """The files among these that may be graded: notebooks, zips, and scripts that are not helpers of others."""
        found = [name for name in names if not is_handout(name) and self._may_be_graded(name)]
        helpers = self._helpers(found)
        return [name for name in found if name not in helpers]

    def _may_be_graded(self, name: str) -> bool:
        if name not in self._gradable:
            self._gradable[name] = may_be_submission(name, self.content)
        return self._gradable[name]

    def _helpers(self, found: Sequence[str]) -> set[str]:
        """The scripts that are only helpers: others import them, or they lack all functions and are beside other work.

        There may be thousands of scripts, so each file is read only once.
        """
        scripts = [name for name in found if is_script(name)]
        if not scripts or len(found) < 2:
            return set()
        importers = {stem(name): set[str]() for name in scripts}
        for name in found:
            for module in self.imported([name], importers):
                if len(importers[module]) < 2:  # more need not be known
                    importers[module].add(name)
        helpers = {name for name in scripts if importers[stem(name)] - {name}}
        if self.wanted.functions and len(scripts) < len(found):
            rest = [name for name in scripts if name not in helpers and ("/" in name or self.is_thing(name))]
            helpers |= {name for name in rest if not self._defines_any(name)}
        return helpers

    def imported(self, names: Iterable[str], modules: Container[str]) -> set[str]:
        """Those of the modules that any of these files imports."""
        files = (name for name in names if not name.lower().endswith(".zip"))
        return {module for name in files for module in imported(self.content(name)) if module in modules}

    def _defines_any(self, script: str) -> bool:
        content = self.content(script)
        return any(b"def " + name.encode() in content for name in self.wanted.functions)

    def content(self, name: str) -> bytes:
        """The content of a file; empty if it cannot be read."""
        try:
            return self.load(name)
        except AutograderError:
            return b""

    def is_whole(self, name: str) -> bool:
        """Whether a file directly in a folder is a whole submission: our notebook, or a script with all functions."""
        if name.count("/") != 1:
            return False
        if is_script(name):
            content = self.content(name)
            return bool(self.wanted.functions) and all(b"def " + f.encode() in content for f in self.wanted.functions)
        return self.is_ours(name)

    def code(self, name: str) -> str:
        """The code of a notebook; for any other file, just its name."""
        notebook = try_notebook(self.content(name)) if name.lower().endswith(".ipynb") else None
        return "\n".join(notebook.cells) if notebook else name

    def is_ours(self, name: str) -> bool:
        """Whether a notebook says that it belongs to the assignment."""
        if name not in self._ours:
            content = b"" if name.lower().endswith(".zip") else self.content(name)
            self._ours[name] = self.wanted.assignment != "" and names_assignment(content, self.wanted.assignment)
        return self._ours[name]


def shape_of(view: View, where: str) -> Shape:
    """Find out how the files of a folder are arranged.

    Args:
        view: the files.
        where: the folder, for a message.

    Raises:
        Undecided: it is not clear.
    """
    if not view.full:
        return _of_files(view, where)
    people = [folder for folder in view.full if not view.is_thing(folder)]
    if not view.loose:
        return _of_folders(view, people, where)
    theirs = [name for name in view.loose if not view.is_thing(name)]
    if not people and len({alike(name) for name in view.loose}) == 1:
        return "one"
    if len(people) > 1 and (theirs or any(map(view.is_ours, view.gradable(view.inside(people[0]))))):
        return "folders"
    if not theirs:
        return "one"
    raise _undecided(view, where)


def _of_folders(view: View, people: list[str], where: str) -> Shape:
    if len(people) > 1:
        return "folders"
    others = [view.inside(folder) for folder in view.folders if folder not in view.full and not view.is_thing(folder)]
    if people and any(not inside or any(map(DOCUMENT.fullmatch, inside)) for inside in others):
        return "folders"
    copies = [folder for folder in view.full if COPIES.fullmatch(folder)]
    own = [name for folder in view.full if folder not in copies for name in view.inside(folder)]
    ours = [name for name in own if name.lower().endswith(".ipynb") and view.is_ours(name)]
    if not people and len({name.split("/")[0] for name in ours}) > 1 and len({view.code(name) for name in ours}) > 1:
        raise _undecided(view, where)
    if not people or len(view.full) == 1 or len(people) + len(copies) == len(view.full):
        return "one"
    raise _undecided(view, where)


def _of_files(view: View, where: str) -> Shape:
    stems = {alike(name): name for name in view.loose}
    theirs = [name for name in stems.values() if not view.is_thing(name)]
    called = view.wanted.assignment.casefold() in stems
    if len(theirs) >= _MANY and not called:
        return "files"
    ours = {alike(name) for name in view.loose if view.is_ours(name)}
    if len(stems) < 2 or not theirs:
        if len({view.code(name) for name in view.loose}) > 2 and not (called and len(ours) == 1 < len(stems)):
            raise _undecided(view, where)
        return "one"
    if called and ours <= {view.wanted.assignment.casefold()} and (ours or len(theirs) < 2):
        return "one"
    notebooks = [name for name in theirs if not is_script(name) and not name.lower().endswith(".zip")]
    if len(theirs) < 2 or (len(ours) == 1 and len(notebooks) > 1) or (called and not ours):
        raise _undecided(view, where)
    return "files"


def _undecided(view: View, where: str) -> Undecided:
    """The error that says what was seen, and what to write."""
    saw = []
    if view.full:
        saw.append(f"{amount(len(view.full), 'folder')} with something to grade ({_some(view.full)})")
    if view.loose:
        saw.append(f"{amount(len(view.loose), 'file')} that may be graded ({_some(view.loose)})")
    return Undecided(
        f"cannot tell whether {where} is a class or one student's work: it holds {' and '.join(saw)}. Write "
        "--layout folders if each folder is a student's, --layout files if each file is, or --layout one if all of it "
        "is one student's; for names of another kind, --pattern REGEX. Nothing was graded"
    )


def holds_classes(view: View, workers: Callable[[Sequence[str]], int]) -> list[str]:
    """The folders at the top that look like downloads of classes, if most do.

    A class may consist of a single person's work, if another one has more.

    Args:
        view: the files.
        workers: counts the people whose work is at some paths, if a course system named these.
    """
    folders = [folder for folder in view.folders if view.inside(folder)][:_SAMPLE]
    counts = {folder: workers(_below(view, folder)) for folder in folders}
    least = 1 if max(counts.values(), default=0) > 1 else 2
    found = [folder for folder in folders if counts[folder] >= least or _is_class(view, folder)]
    return found if len(found) > 1 and 2 * len(found) > len(folders) else []


def _below(view: View, folder: str) -> list[str]:
    return [name[len(folder) + 1 :] for name in view.inside(folder)]


def _is_class(view: View, folder: str) -> bool:
    """Whether a folder holds several people's folders with the same notebook, or at least three whole submissions."""
    inside = [name for name in _below(view, folder) if "/" in name and name.endswith(".ipynb")]
    theirs = [name for name in inside if not is_thing(name.split("/")[0], view.wanted.assignment)]
    people, called = {name.split("/")[0]: name for name in theirs}, {name.split("/")[-1] for name in theirs}
    if len(people) < 2:
        return len({alike(name) for name in view.gradable(view.inside(folder)) if view.is_whole(name)}) > 2
    return len(called) < len(people) or sum(view.is_ours(f"{folder}/{name}") for name in people.values()) > 1


def _some(names: Sequence[str]) -> str:
    return ", ".join(map(clean_line, names[:4])) + (", ..." if len(names) > 4 else "")
