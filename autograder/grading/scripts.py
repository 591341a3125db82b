"""Reads the cells of a script, no matter which program wrote it. Only text is changed here; nothing is run.

Lines that begin with ``%`` or ``!`` stay as they are, because IPython's shell runs the cells and understands them. A
script with markers between its cells is split there. A script without markers is one cell.
"""

import codecs
import io
import re
import tokenize
from collections.abc import Iterator

from ..errors import SubmissionError
from .jupytexts import cells_by_jupytext
from .kinds import kind_of
from .notebooks import conflicting, read_notebook
from .parsing import parsed
from .splitting import split

#: No script may be larger, in bytes. Those that people write have less than a tenth of it.
SCRIPT_LIMIT = 2 * 2**20

#: Encodings of Python's that decode slowly, or that no editor writes.
_ODD = {"undefined", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7"}

_DATABRICKS = re.compile(r"# Databricks notebook source\b")
_COMMAND = re.compile(r"^# COMMAND -+[ \t]*$", re.MULTILINE)
_COLAB = "# Commented out IPython magic to ensure Python compatibility."

#: Databricks cells in languages other than Python.
_OTHER_LANGUAGES = re.compile(r"%(?:md|md-sandbox|sql|scala|r|fs|sh)\b")


#: At most this many characters are searched for cells that are not in a script word for word.
_SEARCHED = 10**8


def read_script(name: str, content: bytes) -> list[str]:
    """Read a script, and return its cells.

    Args:
        name: its file name, for messages.
        content: its bytes.

    Raises:
        SubmissionError: it is not a script, or Python cannot read it. The message tells the student what it is.
    """
    text = python_text(name, content)
    if re.match(r"\s*\{\s*\"(?:cells|metadata|nbformat|worksheets)\"", text):
        read_notebook(name, content)  # raises: an intact notebook would not get here
    if conflicting(text) and parsed(text) is None:
        raise SubmissionError(
            f"{name} contains merge conflict markers (<<<<<<< and >>>>>>>). Resolve the conflict in git, run "
            "the script once, and hand it in again."
        )
    return script_cells(text)


def python_text(name: str, content: bytes) -> str:
    """The text of a script as Python reads it: in the encoding that it names, with line ends of one kind.

    Raises:
        SubmissionError: Python cannot read it.
    """
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise SubmissionError(f"{name} is empty: save the script before you hand it in.")
    if kind := kind_of(content):
        raise SubmissionError(f"{name} is not a Python script: it is {kind.what}. {kind.todo}")
    if len(content) > SCRIPT_LIMIT:
        raise SubmissionError(
            f"{name} is larger than {SCRIPT_LIMIT >> 20} MB, which is too long for a script: remove the data or the "
            "pictures that are pasted into it, and hand it in again."
        )
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or content[:200].count(b"\0") > 20:
        raise SubmissionError(f"{name} is not UTF-8 text but UTF-16, which Python cannot run: save it as UTF-8.")
    if b"\0" in content:
        raise SubmissionError(
            f"{name} contains NUL bytes, which Python cannot run: the file is damaged, or is not a text file. "
            "Save it again as UTF-8."
        )
    try:
        text = content.decode(_encoding(content))
    except LookupError:
        raise SubmissionError(
            f"{name} cannot be read in the encoding that it names: save it as UTF-8, and remove the line that says "
            "'coding'."
        ) from None
    except UnicodeError:
        raise SubmissionError(f"{name} is not UTF-8 text, so Python cannot run it: save it as UTF-8.") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding(content: bytes) -> str:
    """The encoding in which Python would read a script; LookupError if it is unknown."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    except (SyntaxError, ValueError) as error:
        if re.search(rb"coding[:=]", b"".join(content.splitlines(keepends=True)[:2])):
            raise LookupError from error
        return "utf-8"
    if codecs.lookup(encoding).name in _ODD:
        raise LookupError
    return encoding


def script_cells(text: str) -> list[str]:
    """Split the text of a script into cells."""
    cells = cells_by_jupytext(text)
    if not cells and _DATABRICKS.match(text):
        cells = [cell for cell in map(_databricks, _COMMAND.split(text)) if cell.strip()]
    return cells or split("\n".join(_colab(text.split("\n"))))


def starts_of(name: str, content: bytes, cells: list[str]) -> list[int]:
    """The lines of a script in which its cells begin, counted from 1; 0 for a cell that is not in it word for word.

    Args:
        name: its file name, for messages.
        content: its bytes.
        cells: its cells, as ``read_script`` returns them.
    """
    text = f"\n{python_text(name, content)}"
    starts, after, counted, line, left = [], 0, 0, 0, _SEARCHED
    for cell in cells:
        looked_for = bool(cell.strip()) and left > 0
        place = text.find(f"\n{cell}", after) if looked_for else -1
        if looked_for and place < 0:
            left -= len(text) - after  # each such search goes to the end
        if place >= 0:
            line += text.count("\n", counted, place + 1)
            counted, after = place + 1, place + len(cell)
        starts.append(line if place >= 0 else 0)
    return starts


def _databricks(cell: str) -> str:
    """A Databricks cell. Cells with magics, or in other languages, are commented out in the file."""
    lines = cell.strip("\n").split("\n")
    if not any(line.startswith("# MAGIC") for line in lines):
        return cell.strip("\n")
    lines = [re.sub(r"^# MAGIC ?", "", line) for line in lines if not line.startswith("# DBTITLE")]
    inside = "\n".join(lines).strip("\n").removeprefix("# Databricks notebook source\n")
    if _OTHER_LANGUAGES.match(inside):
        return ""
    return re.sub(r"^%python\b.*\n?", "", inside)


def _colab(lines: list[str]) -> Iterator[str]:
    """The lines, with the magics restored that Colab's export commented out. The student's own comments stay."""
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        yield line
        if line.strip() != _COLAB:
            continue
        whole = number < len(lines) and lines[number].startswith("# %%")
        pattern = re.compile(r"#( .*)?$" if whole else r"# (\s*%.*)$")
        if whole:
            yield "# %%"
        while not whole and number < len(lines) and not lines[number].startswith("#") and lines[number].strip():
            yield lines[number]
            number += 1
        while number < len(lines) and (match := pattern.match(lines[number])):
            yield (match[1] or "").removeprefix(" ") if whole else match[1]
            number += 1
        if whole:
            yield "# %%"
