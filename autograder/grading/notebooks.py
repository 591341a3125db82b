"""Reads the code cells of a notebook, in every version of the format.

We take the code from the JSON directly, so missing ids or other fields do not matter.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import SubmissionError
from .kinds import kind_of

_HAND_IN = "Hand in the .ipynb that Jupyter saves."
#: The three marks that git writes if it cannot merge, in this order.
_MARKS = [re.compile(rf"^{mark}", re.MULTILINE) for mark in ("<{7}(?= |$)", "={7}$", ">{7}(?= |$)")]
#: With more values than this, a notebook that is read would take much more memory than its file.
_MOST_VALUES = 3_000_000
#: More values than these are not read to find the notebooks among many files, and so many of a file are not counted
#: with care.
_MOST_TOGETHER, _FEW_VALUES = 12_000_000, 10_000
#: The same holds for a larger notebook with an emoji: Python then keeps each of its characters in four bytes.
_LARGEST_WIDE = 100 * 2**20
_WIDE = [re.compile(emoji) for emoji in (rb"[\xf0-\xf7]", rb"\\u[dD][89abAB]")]
#: The most bytes of memory for the sources of all code cells.
CODE_LIMIT = 5 * 2**20
#: Only this many characters of a cell that is not run are kept. Pictures may be pasted into such cells.
_MOST_TEXT = 50_000
#: How many characters of JSON are searched at a time.
_PART = 2**20


@dataclass(frozen=True)
class NotebookCode:
    """The parts of a notebook that we use."""

    cells: list[str]
    """The sources of its code cells."""
    assignment: str | None
    """The name of the assignment in its metadata, if any."""
    counts: list[int] = field(default_factory=list)
    """For each of the cells, the number that the notebook shows beside it; 0 if there is none."""
    unrun: list[str] = field(default_factory=list)
    """The texts of its other cells, without what is far below."""

    @property
    def size(self) -> int:
        """The bytes of memory that the sources of its code cells take, roughly."""
        return sum(map(sys.getsizeof, self.cells))


def read_notebook(name: str, content: bytes) -> NotebookCode:
    """Read a notebook.

    Args:
        name: its file name, for messages.
        content: its bytes.

    Raises:
        SubmissionError: it is not a notebook, or is damaged. The message tells the student what it is and what to do.
    """
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise SubmissionError(f"{name} is empty: save the notebook before you hand it in.")
    if kind := kind_of(content):
        raise SubmissionError(f"{name} is not a notebook: it is {kind.what}. {kind.todo}")
    raw = _load(name, content)
    if not isinstance(raw, dict) or not isinstance(raw.get("nbformat"), int):
        raise SubmissionError(f"{name} is not a notebook: 'nbformat' is missing. {_hand_in(raw)}")
    try:
        every = _every_cell(raw)
        cells = [cell for cell in every if cell.get("cell_type") == "code"]
        unrun = [source_of(cell)[:_MOST_TEXT] for cell in every if cell.get("cell_type") != "code"]
        counts = [_count(cell) for cell in cells]
        code = NotebookCode([source_of(cell) for cell in cells], _assignment(raw), counts, unrun)
    except (AttributeError, KeyError, TypeError):
        raise SubmissionError(
            f"{name} is damaged and its cells cannot be read: open it with Jupyter, save it, and hand it in again."
        ) from None
    if code.size > CODE_LIMIT:
        raise SubmissionError(
            f"{name} contains more than {CODE_LIMIT >> 20} MB of code: remove the data or the pictures that are "
            "pasted into its code cells, save it, and hand it in again."
        )
    return code


def try_notebook(content: bytes) -> NotebookCode | None:
    """Read a file if it is a notebook, whatever its name; otherwise return None."""
    if not _may_be_notebook(content):
        return None
    try:
        return read_notebook("", content)
    except SubmissionError:
        return None


def _may_be_notebook(content: bytes) -> bool:
    """Whether a file has what every notebook has. Reading JSON takes a hundred times as long."""
    text = content.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    return text.startswith(b"{") and b"nbformat" in (content.replace(b"\0", b"") if _is_wide(content) else content)


def _is_wide(content: bytes) -> bool:
    """Whether JSON has two or four bytes for each character."""
    return b"\0" in content[:8]


def notebooks_among(files: Mapping[str, bytes]) -> dict[str, NotebookCode]:
    """The files that are notebooks, whatever their names.

    Raises:
        SubmissionError: there are many, with so much code that nobody wrote them, or so much else that finding out
            would take too long.
    """
    found = dict[str, NotebookCode]()
    likely = {name: content for name, content in files.items() if _may_be_notebook(content)}
    size = values = 0
    for name, content in likely.items():
        values += _values_to_read(content)
        if values > _MOST_TOGETHER:
            raise _too_many(likely)
        if notebook := try_notebook(content):
            found[name] = notebook
            size += notebook.size + sum(map(len, notebook.unrun))
        if size > 10 * CODE_LIMIT:
            raise _too_many(found)
    return found


def _too_many(names: Iterable[str]) -> SubmissionError:
    every = sorted(names)
    told = ", ".join(every[:5]) + (f" and {len(every) - 5} more" if len(every) > 5 else "")
    return SubmissionError(f"There is more than one notebook: {told}. Hand in exactly one.")


def _values_to_read(content: bytes) -> int:
    """How many values are read of a file that may be a notebook, roughly; none if it is refused for having too many."""
    if _is_wide(content):
        return min(sum(map(content.count, (b",", b"[", b"{"))), _MOST_VALUES)
    values = _values_in(content.decode("latin-1"), _FEW_VALUES)
    return values if values <= _MOST_VALUES else 0


def conflicting(text: str) -> bool:
    """Whether a text contains the marks of a merge conflict."""
    place = 0
    for mark in _MARKS:
        found = mark.search(text, place)
        if found is None:
            return False
        place = found.end()
    return True


def _load(name: str, content: bytes) -> Any:
    if len(content) > _LARGEST_WIDE and any(emoji.search(content) for emoji in _WIDE):
        raise SubmissionError(
            f"{name} is larger than {_LARGEST_WIDE >> 20} MB: in Jupyter, choose 'Restart Kernel and Clear Outputs' "
            "in the menu Kernel, save it, and hand it in again."
        )
    try:
        text = content.decode(json.detect_encoding(content), "surrogatepass")
    except UnicodeDecodeError:
        raise SubmissionError(f"{name} is not UTF-8 text: save it again with Jupyter, or as UTF-8.") from None
    if _values_in(text, _MOST_VALUES) > _MOST_VALUES:
        raise SubmissionError(
            f"{name} contains more than {_MOST_VALUES:,} values, probably in its outputs: in Jupyter, choose "
            "'Restart Kernel and Clear Outputs' in the menu Kernel, save it, and hand it in again."
        )
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        raise SubmissionError(f"{name} is not a notebook: {_trouble(text)}") from None


def _values_in(text: str, few: int) -> int:
    """How many lists, dictionaries, strings and numbers JSON contains, roughly. Each takes up to 72 bytes.

    If they are few, those that texts seem to contain are counted as well.
    """
    if (every := sum(map(text.count, ",[{"))) <= few:
        return every
    return sum(bare.count(mark) for bare in _outside_strings(text) for mark in ",[{")


def _outside_strings(text: str) -> Iterator[str]:
    """The parts of JSON outside of strings, and a brace if the last string has no end. This takes little memory."""
    for escape in ("\\\\", '\\"'):
        text = text.replace(escape, "")
    inside = False
    for start in range(0, len(text), _PART):
        pieces = text[start : start + _PART].split('"')
        yield "".join(pieces[inside::2])
        inside = inside == (len(pieces) % 2 == 1)
    if inside:
        yield "{"


def _trouble(text: str) -> str:
    """Why a text is not JSON, and what to do."""
    if conflicting(text):
        return (
            "it contains merge conflict markers (<<<<<<< and >>>>>>>). Resolve the conflict in git, open the "
            "notebook with Jupyter, and hand it in again."
        )
    if text.lstrip().startswith("{"):
        if sum(bare.count("{") - bare.count("}") for bare in _outside_strings(text)) > 0:
            return (
                "the end is missing, so saving or uploading it was cut short. Save it in Jupyter, and upload it again."
            )
        return f"it is damaged and no longer valid JSON. {_HAND_IN}"
    return f"it is not JSON. {_HAND_IN}"


def _hand_in(raw: Any) -> str:
    if isinstance(raw, dict) and isinstance(raw.get("url"), str) and "google" in raw["url"]:
        return "It is a link to Google Drive: in Colab, choose File > Download > Download .ipynb."
    return _HAND_IN


def all_cells(name: str, content: bytes) -> list[dict[str, Any]]:
    """The cells of a notebook, of every kind, each as it is in the file.

    Raises:
        SubmissionError: see ``read_notebook``.
    """
    read_notebook(name, content)
    return [cell for cell in _every_cell(_load(name, content)) if isinstance(cell, dict)]


def _every_cell(raw: dict[str, Any]) -> list[dict[str, Any]]:
    """All cells. Formats 2 and 3 have worksheets."""
    cells = (
        raw["cells"] if "cells" in raw else [cell for sheet in _list(raw["worksheets"]) for cell in _cells_in(sheet)]
    )
    return _list(cells)


def _cells_in(sheet: dict[str, Any]) -> list[Any]:
    return _list(sheet.get("cells", []))


def _list(value: Any) -> list[Any]:
    """The value itself. A long text would make a list that is eight times as large.

    Raises:
        TypeError: it is no list.
    """
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def _count(cell: dict[str, Any]) -> int:
    """The number of a cell, as in ``In [6]``. Formats 1 to 3 call it ``prompt_number``."""
    count = cell.get("execution_count", cell.get("prompt_number"))
    return count if type(count) is int and 0 < count < 100_000 else 0


def source_of(cell: dict[str, Any]) -> str:
    """The text of a cell. Formats 2 and 3 call that of a code cell ``input``; format 1 calls it ``code``."""
    source = next((cell[key] for key in ("source", "input", "code") if cell.get(key) is not None), "")
    return "".join(source) if isinstance(source, list) else str(source)


#: No assignment has a longer name; cleaning one of 100 MB would take gigabytes.
_LONGEST_NAME = 1000


def _assignment(raw: dict[str, Any]) -> str | None:
    metadata = raw.get("metadata")
    otter = metadata.get("otter") if isinstance(metadata, dict) else None
    assignment = otter.get("assignment_name") if isinstance(otter, dict) else None
    return assignment[:_LONGEST_NAME] if isinstance(assignment, str) else None
