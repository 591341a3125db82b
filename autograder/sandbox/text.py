"""Text that is shown: that of students is cleaned first, and numbers of things are spelled."""

import re
import sys
from pathlib import Path

_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)?|[@-Z\\-_])")

#: Folders of this machine that students should not see: the interpreter's, our own, and the scratch folders.
_FOLDERS = {sys.prefix, sys.base_prefix, str(Path(__file__).parents[2])} - {"/", "/usr", "/usr/local", "/opt"}
_PLACE = re.compile("|".join(re.escape(folder) for folder in sorted(_FOLDERS, key=len, reverse=True)))
#: What may be a path, and the last scratch folder in it. Each is searched for once, or a long path would take minutes.
_PATH = re.compile(r"[^\s'\"(<‹:]+")
_SCRATCH = re.compile(r"/(?:submission|autograder(?:-\w{1,20})?)-\w{8}(?:/work\b)?")
#: Unicode's categories Cc, except line ends and tabs, Cs, Zl and Zp, and what changes the direction of reading.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")


def clean(text: str) -> str:
    r"""Make a student's text safe to show in a terminal, a web page or a table.

    Folders of the machine that grades become ``…``. Terminal escape sequences, such as colours, are removed. Control
    characters are replaced. A ``<`` that would begin an HTML tag becomes a similar character.

    >>> clean("a \x1b[31mred\x1b[0m <b>")
    'a red ‹b>'
    """
    text = _PLACE.sub("…", _ANSI.sub("", text).replace("\r\n", "\n"))
    if _SCRATCH.search(text):
        text = _PATH.sub(_without_scratch, text)
    return _TAG.sub("‹", without_controls(text))


def one_line(text: str) -> str:
    """A student's text, cleaned, in one line, with one space between words."""
    return " ".join(clean(text).split())


def clean_line(text: str) -> str:
    """Clean a line of our own with names in it that students chose. Its spaces stay, and line breaks become spaces."""
    return clean(text).replace("\n", " ")


def as_text(name: str) -> str:
    """A name of a file as UTF-8 can hold it. On the disk it may have any bytes, which Python keeps as surrogates."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def amount(count: float, one: str, many: str = "") -> str:
    """A number of things in words; ``many`` is needed if it is not ``one`` with an s.

    >>> amount(1, "person", "people"), amount(2.5, "point")
    ('1 person', '2.5 points')
    """
    shown = f"{round(count, 5):.10g}"
    return f"{shown} {one if shown == '1' else many or f'{one}s'}"


def _without_scratch(path: re.Match[str]) -> str:
    """A path without the part from its first slash to the end of its last scratch folder."""
    end = max((match.end() for match in _SCRATCH.finditer(path[0])), default=0)
    return f"{path[0][: path[0].index('/')]}…{path[0][end:]}" if end else path[0]


def without_controls(text: str) -> str:
    """Replace what is a command instead of visible text: control codes, and changes of the reading direction."""
    return _CONTROL.sub("\ufffd", text)
