"""Choosing what is graded: the notebook or script in a file, a zip or a folder.

Nothing in a submission is run or unpickled here. What cannot be graded is refused with a message for the student.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..errors import NothingToGrade, SubmissionError
from ..sandbox.submission import Submission
from .bindings import Bindings
from .kinds import kind_of
from .leavings import is_handout, left_notebooks
from .notebooks import NotebookCode, notebooks_among, read_notebook, try_notebook
from .scripts import python_text, read_script, starts_of
from .unpacking import Files, is_large_zip, is_zip, opened, read_file, read_folder, unzip

#: Names of scripts, and of scripts with something added at the end: ``hw.py.txt``, ``hw.py (1)``.
_SCRIPT = re.compile(r".*\.(?:pyw?|ipy)", re.IGNORECASE | re.DOTALL)
_RENAMED_SCRIPT = re.compile(r".*\.py[ ._(-].*", re.IGNORECASE | re.DOTALL)
_RENAMED_NOTEBOOK = re.compile(r".*\.ipynb[ ._(-].*", re.IGNORECASE | re.DOTALL)

#: A file with more bytes is not parsed only to find out whose or what it is: one student may hand in many of them.
LONG = 2**20

#: What is added to the name of a copy.
_COPY = re.compile(r"copy|kopie|copie|copia|checkpoint|backup|\bold\b|[_-]old\b|\(\d+\)|\.bak|\.orig", re.IGNORECASE)


@dataclass(frozen=True)
class Wanted:
    """What a submission should contain."""

    functions: Collection[str]
    """The names that it should define."""
    assignment: str = ""
    """The name of the assignment that the metadata of its notebook should give."""


def read_submission(path: Path, wanted: Wanted) -> Submission:
    """Read a submission from a notebook, a script, a zip, or a folder of files.

    Args:
        path: the path of the file or folder.
        wanted: what it should contain, to choose among several files.

    Raises:
        SubmissionError: it cannot be graded; the message tells the student why and what to do.
    """
    if path.is_dir():
        files = read_folder(path)
        if len(files.visible) == 1 and not files.hidden:
            return parse_submission(*next(iter(files.visible.items())), wanted)
        return _choose(files, wanted)
    if not path.is_file():
        raise SubmissionError(f"There is no file named {path.name}.")
    if is_large_zip(path):
        return _choose(unzip(path.name, path), wanted)
    return parse_submission(path.name, read_file(path), wanted)


def parse_submission(name: str, content: bytes, wanted: Wanted) -> Submission:
    """Read a submission from the content of one file; see ``read_submission``.

    Raises:
        SubmissionError: it cannot be graded; the message tells the student why and what to do.
    """
    if is_zip(name, content) and try_notebook(content) is None:
        return _choose(unzip(name, content), wanted)
    return _choose(Files(name, {name: content}), wanted)


def may_be_submission(name: str, content: Callable[[str], bytes]) -> bool:
    """Whether a file may be a submission, by its name; with the name of a data file, by its content.

    Args:
        name: its path.
        content: returns the content of the file with a path.
    """
    file = name.rpartition("/")[2].lower()
    if file.endswith((".ipynb", ".zip")) or is_script(name) or _RENAMED_NOTEBOOK.fullmatch(file):
        return True
    if not file.endswith((".json", ".txt")):
        return False
    text = content(name)
    return b'"nbformat"' in text if len(text) > LONG else try_notebook(text) is not None


def is_script(name: str) -> bool:
    """Whether a file has the name of a script."""
    file = name.rpartition("/")[2]
    return any(pattern.fullmatch(file) for pattern in (_SCRIPT, _RENAMED_SCRIPT))


def _choose(files: Files, wanted: Wanted) -> Submission:
    for found in _looked_through(files):
        if submission := _notebook(found, wanted) or _script(found, wanted):
            return submission
    raise NothingToGrade(_nothing_in(files), _found_instead(files))


def _looked_through(files: Files) -> Iterator[Files]:
    """Where to look, in order: at visible files, into the zips among them, and at hidden files."""
    yield files
    if any(is_zip(name, content) for name, content in files.visible.items()):
        files = opened(files)
        yield files
    if files.hidden:
        yield Files(files.source, files.visible | files.hidden, {}, files.leavings)


def _from_notebook(files: Files, name: str, code: NotebookCode, note: str) -> Submission:
    others = _others(files, name)
    return Submission(name, code.cells, others, code.assignment, note, counts=code.counts, unrun=code.unrun)


def _from_script(files: Files, name: str, note: str = "") -> Submission:
    content = files.visible[name]
    cells = read_script(name, content)
    return Submission(name, cells, _others(files, name), None, note, starts=starts_of(name, content, cells))


def _others(files: Files, name: str) -> dict[str, bytes]:
    return {other: content for other, content in (files.visible | files.hidden).items() if other != name}


# ---- notebooks


def _notebook(files: Files, wanted: Wanted) -> Submission | None:
    """The notebook of a submission, if it has any."""
    named = sorted(name for name in files.visible if name.lower().endswith(".ipynb"))
    found = notebooks_among(files.visible)
    if not found:
        broken = named or sorted(name for name in files.visible if _RENAMED_NOTEBOOK.fullmatch(name))
        if not broken or (not named and any(map(_SCRIPT.fullmatch, files.visible))):
            return None
        return _only_named(files, broken, wanted)
    name = _best(found, named, wanted)
    others = sorted((set(named) | set(found)) - {name})
    note = f"There is more than one notebook: {_names(sorted([name, *others]))}. {name} was graded." if others else ""
    if note and found[name].assignment != wanted.assignment:
        note += " If that is the wrong one, hand in only the right one."
    elif note:
        note += " It is the one that was made from the handout. To have another graded, hand in only that other one."
    return _from_notebook(files, name, found[name], note)


def _only_named(files: Files, names: list[str], wanted: Wanted) -> Submission:
    """A submission whose notebooks are notebooks only by name. A renamed script is graded as a script."""
    if len(names) > 1:
        raise SubmissionError(f"There is more than one notebook: {_names(names)}. Hand in exactly one.")
    name = names[0]
    content = files.visible[name]
    if _is_program(content, wanted.functions):
        note = f"{name} is not a notebook but a script, and was graded as one. Give it the ending .py."
        return _from_script(files, name, note)
    return _from_notebook(files, name, read_notebook(name, content), "")  # raises: nothing here could be read


def _best(found: dict[str, NotebookCode], named: list[str], wanted: Wanted) -> str:
    """The notebook that is graded: the only one, or the one that was made from the handout.

    If none says that it was made from the handout, the one that the others are copies of is graded.

    Raises:
        SubmissionError: there are several, and none is better than the others.
    """
    if len(found) == 1:
        return next(iter(found))
    ours = sorted((_fit(name, wanted), name) for name in found if found[name].assignment == wanted.assignment)
    if ours and wanted.assignment:
        first, name = ours[0]
        same = [other for fit, other in ours if fit == first]
        if all(found[other].cells == found[name].cells for other in same):
            return name
    elif len(good := [name for name in named if name in found]) == 1:
        return good[0]
    elif not ours and len({_without_copy(name) for name in good}) == 1:
        (first, name), (second, _), *_ = sorted((_fit(name, wanted), name) for name in good)
        if first < second:
            return name
    raise SubmissionError(f"There is more than one notebook: {_names(sorted(found))}. Hand in exactly one.")


def _without_copy(name: str) -> str:
    """The name that a notebook shares with its copies, in any folder."""
    stem = PurePosixPath(name).name.lower().removesuffix(".ipynb")
    return re.sub(rf"[ _-]*(?:{_COPY.pattern})[ _-]*\d*", "", stem) or stem


def _fit(name: str, wanted: Wanted) -> tuple[bool, int, int]:
    """A sort key for the names of notebooks: originals before copies, then names like the assignment's, then depth."""
    stem = PurePosixPath(name).name.lower().removesuffix(".ipynb")
    alike = 0 if stem == wanted.assignment.lower() else 1 if stem.startswith(wanted.assignment.lower()) else 2
    return bool(_COPY.search(name)), alike, name.count("/")


# ---- scripts


def _script(files: Files, wanted: Wanted) -> Submission | None:
    """The script of a submission, if it has any."""
    names = [name for name in files.visible if name == files.source or not is_handout(name)]
    scripts = sorted(name for name in names if _SCRIPT.fullmatch(name))
    scripts = scripts or sorted(
        name for name in names if _RENAMED_SCRIPT.fullmatch(name) and kind_of(files.visible[name]) is None
    )
    if not scripts:
        texts = [name for name in names if name.lower().endswith(".txt")]
        scripts = [name for name in texts if _is_program(files.visible[name], wanted.functions)]
    if not scripts:
        return None
    name = scripts[0] if len(scripts) == 1 else _best_script(files, scripts, wanted)
    return _from_script(files, name)


def _best_script(files: Files, scripts: list[str], wanted: Wanted) -> str:
    """The script with most of the wanted names, including imported ones; of equals, the one that defines most itself.

    Raises:
        SubmissionError: several are equally good.
    """
    bindings = Bindings({name: files.visible[name] for name in scripts})
    names = set(wanted.functions)
    ranked = sorted(
        (
            -len(names & bindings.every(name)), -len(names & bindings.own(name)),
            bool(_COPY.search(name)), name.count("/"), name,
        )
        for name in scripts
    )  # fmt: skip
    if ranked[0][:4] == ranked[1][:4]:
        raise SubmissionError(
            f"There is more than one script: {_names(scripts)}. Hand in a single script that defines "
            f"{', '.join(wanted.functions)}."
        )
    return ranked[0][4]


def _is_program(content: bytes, functions: Collection[str]) -> bool:
    """Whether a file is a script although its name does not say so: it defines all that is wanted."""
    try:
        text = python_text("", content)
    except SubmissionError:
        return False
    return all(re.search(rf"^def {re.escape(name)}\b", text, re.MULTILINE) for name in functions)


# ---- nothing to grade


def _nothing_in(files: Files) -> str:
    """Why there is nothing to grade, for the student."""
    found = sorted(name for name in files.visible | files.hidden if not is_handout(name))
    if left := left_notebooks(files.leavings):
        return (
            f"The only notebook (.ipynb) in {files.source} is {left[0]}, which a program made; it may be an old copy. "
            "Hand in your own notebook."
        )
    if not found:
        return f"{files.source} contains no files: hand in your notebook (.ipynb)."
    if found == [files.source]:
        content = files.visible[files.source]
        kind = kind_of(content)
        if not content.strip(b"\0"):
            return f"{files.source} is empty: save your notebook (.ipynb), and hand it in again."
        what = (
            f" in {files.source}: it is {kind.what}. {kind.todo}"
            if kind
            else f", only {files.source}. Hand in your notebook."
        )
        return "There is no notebook (.ipynb) and no script (.py)" + what
    return f"There is no notebook (.ipynb) and no script (.py), only {_names(found)}. Hand in your notebook."


def _found_instead(files: Files) -> str:
    """What there is instead of a notebook, for a table: file names, and what kind of file it is."""
    found = {name: kind_of(content) for name, content in sorted(files.visible.items()) if not is_handout(name)}
    told = [f"{name} ({kind.what})" if kind else name for name, kind in found.items()]
    return _names(told or left_notebooks(files.leavings)[:1]) or "no files"


def _names(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
