"""Quote names that students chose, so that a shell or a spreadsheet treats them as plain text."""

import re
import shlex
from pathlib import Path

from ..sandbox.text import clean, without_controls


def grade_again(path: str, autograder: str, output: Path, *more: str) -> str:
    """Return the command that grades a submission again, ready to be pasted into a shell.

    Args:
        path: path of the submission.
        autograder: path of the autograder.zip.
        output: the folder with the results.
        *more: further options.
    """
    words = ["autograder", "grade", path, "-a", autograder, "-o", str(output), "--force", *more]
    return " ".join(quote(f"./{word}" if word.startswith("-") and "/" in word else word) for word in words)


def quote(text: str) -> str:
    r"""Quote a text for a shell.

    Students choose the names of their files. A line break or a terminal command in a name could do harm when it is
    pasted, so such characters become escapes.

    >>> quote("my file.ipynb"), quote("a\n.py")
    ("'my file.ipynb'", "$'a\\n.py'")
    """
    if text == clean(text) and "\n" not in text and "\t" not in text:
        return shlex.quote(text)
    return "$'" + re.sub(r"[\\']|[^ -~]", _escape, text) + "'"


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in "\\'":
        return f"\\{character}"
    if character == "\n":
        return "\\n"
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogateescape"))


#: Characters that nobody sees, then what a spreadsheet takes for the start of a formula.
_FORMULA = "(?=[\ufeff\u00ad\u061c\u200b-\u200f\u2060-\u2064]*[=+@＝＋－＠-])"
#: In many countries, spreadsheets separate cells at semicolons.
_STARTS = re.compile(f"(^|;){_FORMULA}|^(?=[\t\r\n])")


def harmless(text: str) -> str:
    r"""Put an apostrophe before what a spreadsheet would take for a formula, and replace control characters.

    >>> harmless("=1+1"), harmless("a;=1"), harmless("\x1b[31mred"), harmless("a=1")
    ("'=1+1", "a;'=1", '\ufffd[31mred', 'a=1')
    """
    text = "\r".join(map(without_controls, text.split("\r")))
    return _STARTS.sub(r"\1'", text)
