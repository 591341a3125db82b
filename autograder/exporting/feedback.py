"""The pages of a class as one zip, in which each file has the name that the course system expects."""

import io
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..batch.graded import PersonMark
from ..batch.patterns import PATTERNS
from ..errors import AutograderError, our_fault
from ..zips.archive import write_zip
from .matching import Listed
from .page import FeedbackPage, student_page
from .systems import System

_MOODLE = re.compile(r"(?:.*/)?([^/_]+_\d+_assignsubmission_[a-z]+_?)(?:/.*|(?<=_)[^/]*)?")
_CANVAS = [pattern.regex for pattern in PATTERNS if pattern.system == "Canvas"]

PAGE = "feedback.html"


@dataclass
class Pages:
    """What goes into the zip."""

    files: dict[str, bytes] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    """People whose page cannot be returned this way."""


def pages(system: System, title: str, people: Iterable[tuple[Listed, PersonMark]]) -> Pages:
    """Make a page for everybody who handed in something.

    Args:
        system: the course system that they go to.
        title: what the pages are about.
        people: the rows of the list and their marks.
    """
    found = Pages()
    for row, mark in people:
        if mark.record is None or not mark.record.ours.completed:
            continue
        page = student_page(title, mark, mark.record)
        named = _named(system, row, mark, page)
        if named is None:
            found.left_out.append(mark.name)
        else:
            found.files[named[0]] = named[1]
    return found


def write_pages(path: Path, found: Pages) -> None:
    """Write the zip.

    Raises:
        AutograderError: it cannot be written.
    """
    beside = path.with_suffix(".part")
    try:
        write_zip(beside, found.files)
        beside.replace(path)
    except OSError as error:
        raise AutograderError(f"cannot write {path}: {our_fault(error)}") from error


def _named(system: System, row: Listed, mark: PersonMark, page: FeedbackPage) -> tuple[str, bytes] | None:
    """The name and the content of a file; None if the system could not tell whose it is, or nobody could open it."""
    if system == "canvas":
        return _canvas(mark, page)
    if system == "moodle":
        folder = _moodle_folder(row, mark)
        return (f"{folder}/{PAGE}", page.html.encode()) if folder else None
    who = " ".join(filter(None, (row.student.name or mark.student.name, row.student.id or mark.student.id)))
    plain = re.sub(r"[^\w.-]+", "_", who or mark.row.file).strip("._") or "person"
    return f"{plain}.html", page.html.encode()


def _moodle_folder(row: Listed, mark: PersonMark) -> str:
    """The folder of a person in the download, or what Moodle would have called it.

    Source: mod/assign/feedback/file/importziplib.php in github.com/moodle/moodle: the number between the first two
    underscores says who it is, so the name before it must not contain any.
    """
    if match := _MOODLE.fullmatch(mark.row.file):
        return match[1]
    name = (row.student.name or mark.student.name or "Participant").replace("_", " ").replace("/", " ")
    return f"{name}_{row.participant}_assignsubmission_file" if row.participant else ""


def _canvas(mark: PersonMark, page: FeedbackPage) -> tuple[str, bytes] | None:
    """The name of the file that was handed in, as in the download, with the page as a file of the same kind.

    Source: infer_comment_context_from_filename in app/models of github.com/instructure/canvas-lms: the numbers in the
    name say who it is and which file, and the student sees what comes back under the name of that file.
    """
    name = mark.row.file.rpartition("/")[2]
    match = next(filter(None, (regex.fullmatch(name) for regex in _CANVAS)), None)
    if match is None or not match.groupdict().get("attachment"):
        return None
    content = _as_file(match["file"], page)
    return (name, content) if content else None


def _as_file(name: str, page: FeedbackPage) -> bytes:
    """A page as a file that the programs for files of this name can open; empty if there is none, as for a PDF."""
    ending = name.rpartition(".")[2].lower()
    if ending == "ipynb":
        cell = {"cell_type": "markdown", "id": "feedback", "metadata": {}, "source": _fenced(page.text)}
        return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1).encode()
    if ending == "zip":
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(zipfile.ZipInfo(PAGE), page.html.encode())
        return stream.getvalue()
    if ending == "py":
        return "".join(f"# {line}".rstrip() + "\n" for line in page.text.splitlines()).encode()
    return page.html.encode() if ending in {"html", "htm"} else b""


def _fenced(text: str) -> str:
    """A text, fenced so that markdown shows it as it is, no matter what is in it."""
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
    return f"{fence}text\n{text}{fence}\n"
