"""Texts as HTML, for Gradescope and for our own pages.

Gradescope sanitises HTML, and does not document what it keeps. So we use only the plainest elements, without classes,
styles or links, and a page says everything in words, even if only its text is left. Text always stays text: no message,
name or output can add an element.
"""

import base64
import html
import re

from ..checking.marks import Parts
from .pictures import MarkedPicture

#: How many characters of one text are shown, and how many bytes of a picture.
_MOST_TEXT, _MOST_PICTURE = 8000, 300_000

#: How a line of code begins in a message, or the line below it. Lines that are indented less say where it is.
_CODE = re.compile(r" {8}|\t")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def escaped(text: str) -> str:
    """Return HTML that shows a text exactly, without any markup from it."""
    return html.escape(_CONTROLS.sub("\ufffd", text))


def paragraph(text: str) -> str:
    """Return a text as one paragraph that keeps its line breaks."""
    return f"<p>{escaped(text).replace(chr(10), '<br>')}</p>"


def block(text: str) -> str:
    """Return a text in which spaces and line ends matter, such as code or what was printed."""
    return f"<pre>{escaped(text)}</pre>"


def prose(text: str) -> str:
    r"""Return a message as HTML: paragraphs, and its lines that are indented by eight spaces as code.

    >>> prose("A line failed:\n        y = x[3]\n            ^\n    x has 3 entries.")
    '<p>A line failed:</p><pre>y = x[3]\n    ^</pre><p>x has 3 entries.</p>'
    """
    parts: list[str] = []
    lines: list[str] = []
    code = False
    for line in _clipped(text).split("\n"):
        if line.strip() and bool(_CODE.match(line)) is not code:
            parts, lines, code = [*parts, _part(lines, code)], [], not code
        if line.strip() or code:
            lines.append(line)
        else:
            parts, lines = [*parts, _part(lines, code)], []
    return "".join([*parts, _part(lines, code)])


def shown_picture(picture: MarkedPicture) -> str:
    """Return a picture and what is marked on it; only the words if it is too large or is not a PNG."""
    cases = [f"{number} for {case}" for case, number in picture.numbers.items()]
    many = f" The numbers stand for test cases: {', '.join(cases)}." if len(set(picture.numbers.values())) > 1 else ""
    caption = f"<p><em>{escaped(f'Your drawing: {picture.words}.{many}')}</em></p>"
    if not picture.png.startswith(b"\x89PNG\r\n\x1a\n") or len(picture.png) > _MOST_PICTURE:
        return caption
    data = base64.b64encode(picture.png).decode("ascii")
    return f'<p><img src="data:image/png;base64,{data}" alt="your drawing, with marks"></p>{caption}'


def shown_parts(parts: Parts) -> str:
    """Return which parts of an answer are right, missing and extra."""
    lists = {"right": parts.right, "missing": parts.missing, "extra": parts.surplus}
    lines = [f"{parts.what} that are {kind}: {', '.join(texts)}" for kind, texts in lists.items() if texts]
    return paragraph("\n".join(lines)) if lines else ""


def _part(lines: list[str], code: bool) -> str:
    if not code:
        return paragraph("\n".join(line.strip() for line in lines)) if lines else ""
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return block("\n".join(line.removeprefix("\t").removeprefix(" " * 8) for line in lines))


def _clipped(text: str) -> str:
    if len(text) <= _MOST_TEXT:
        return text
    return f"{text[:_MOST_TEXT]} ... ({len(text) - _MOST_TEXT} more characters)"
