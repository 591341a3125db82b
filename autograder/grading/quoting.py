"""Quote names that students chose, so that a shell or a spreadsheet treats them as plain text."""

import re
import shlex
from pathlib import Path

from ..sandbox.text import clean


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


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula, even with full-width characters."""
    return f"'{text}" if text.startswith(tuple("=+-@\t\r\n＝＋－＠")) else text
