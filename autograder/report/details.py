"""The data of each submission for the page: a short row for the table, and the details shown when it is opened."""

import base64
import math
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..grading.changes import CHANGED, of_student
from ..grading.pictures import MarkedPicture, pictures_for
from ..grading.quoting import grade_again
from ..grading.results import OUTCOMES, Graded, OurPart
from ..grading.seen import Thumbnail

#: How many characters of printed output are shown for a cell, and for a submission.
_OF_CELL, _OF_SUBMISSION = 4000, 20_000

#: How many symbols, texts and lines of a drawing are shown; the limit applies to each kind.
_SHAPES = 400


def title(part: OurPart) -> str:
    """Return the title of a submission: the student's name, or the file name."""
    return part.entry.names or part.file


def row(part: OurPart, cases: Sequence[tuple[str, str]], questions: Sequence[str]) -> list[Any]:
    """A submission's row: title, file, id, why it was not graded, total, points, outcomes, seconds, changes by hand.

    What was not graded has no points, not even 0, and no outcomes.
    Outcomes are a text with one digit for each case, its place in ``OUTCOMES``.
    """
    found = {(case.question, case.name): case.outcome for case in part.cases}
    outcomes = "".join(str(OUTCOMES.index(found.get(case, "not run"))) for case in cases if part.marked)
    points, has_points = part.points, part.marked or bool(of_student(part.changes, None))
    return [
        title(part),
        part.file if part.file != title(part) else "",
        ", ".join(student.id for student in part.entry.students if student.id),
        "" if has_points else part.fault or part.unread,
        part.total if has_points else None,
        [points.get(question, 0.0) if has_points else None for question in questions],
        outcomes,
        round(part.seconds, 2),
        [change.told for change in part.changes],
    ]


def detail(part: OurPart, folder: Path) -> dict[str, Any]:
    """Return what is shown when a submission is opened, besides what its student sees and its test cases."""
    student = [text for one in part.entry.students for text in (one.id, one.email)]
    return {
        "student": [text for text in student if text],
        "status": part.status,
        "changes": "\n".join([CHANGED, *(change.told for change in part.changes)]) if part.changes else "",
        "staff": part.staff,
        "cells": shown_cells(part),
        "drawing": _drawing(part.drawing),
        "pictures": [_picture(picture, part) for picture in pictures_for("staff", part.pictures)],
        "command": grade_again(part.path, part.autograder, folder) if part.path else "",
    }


def shown_cells(part: Graded) -> list[tuple[int, str, int, str, bool]]:
    """Return the cells that printed something, failed or ended the run.

    Of each: number, output, how many characters of it were left out, error, whether it is the handout's own.
    """
    cells: list[tuple[int, str, int, str, bool]] = []
    room = _OF_SUBMISSION
    for cell in part.cells:
        output = cell.output.rstrip()
        error = cell.error or ""
        if error and cell.line:
            error = f"line {cell.line}: {error}"
        if cell.ended:
            error = "ended the run with exit()"
        if not output and not error:
            continue
        shown = output[: min(_OF_CELL, room)]
        room -= len(shown)
        cells.append((cell.number, shown, len(output) - len(shown), error, cell.given))
    return cells


def _picture(picture: MarkedPicture, part: OurPart) -> dict[str, Any]:
    """Return a picture: its address, size and words, and what the numbers on it mean."""
    messages = {case.name: case.message for case in part.cases if case.question == picture.question}
    return {
        "title": picture.question,
        "source": f"data:image/png;base64,{base64.b64encode(picture.png).decode()}",
        "size": [picture.width, picture.height],
        "words": picture.words,
        "legend": [[number, case, messages.get(case, "")] for case, number in picture.numbers.items()],
        "parts": [
            [parts.what, parts.right, parts.missing, parts.surplus]
            for case in part.cases
            if case.question == picture.question
            for parts in case.parts
        ],
    }


def _drawing(drawing: Thumbnail | None) -> dict[str, Any] | None:
    """Return a drawing in whole tenths of pixels, without shapes whose coordinates are not finite."""
    if drawing is None:
        return None
    shapes = (drawing.markers, drawing.texts, drawing.lines)
    return {
        "markers": [[*_tenths(*place), int(curved)] for *place, curved in drawing.markers[:_SHAPES] if _finite(*place)],
        "texts": [[plain(text), *_tenths(*place)] for text, *place in drawing.texts[:_SHAPES] if _finite(*place)],
        "lines": [
            [int(pointed), [number for point in path for number in _tenths(*point)]]
            for pointed, path in drawing.lines[:_SHAPES]
            if len(path) > 1 and all(_finite(*point) for point in path)
        ],
        "more": sum(max(0, len(shape) - _SHAPES) for shape in shapes),
    }


_SYMBOLS = {"partial": "∂", "cdot": "·", "varphi": "φ", "lambda": "λ", "top": "⊤", "times": "×"}


def plain(text: str) -> str:
    r"""Return a text of a drawing without TeX, as far as plain letters can show it.

    >>> plain(r"$\mathbf{M}\,p_{1}$"), plain(r"$\hat{p}$ = $\sigma(q)$"), plain("costs $5")
    ('M p_1', 'p̂ = σ(q)', 'costs $5')
    """
    if text.count("$") < 2:
        return text
    text = re.sub(r"\\hat\s*\{?(\w)\}?", "\\1\u0302", text.replace("$", ""))
    text = re.sub(r"\\([A-Za-z]+) ?", _letter, text)
    text = re.sub(r"\\[,;:! ]", " ", text)
    return unicodedata.normalize("NFC", re.sub(r"[{}\\]", "", text.replace("}{", "/")))


def _letter(command: re.Match[str]) -> str:
    """Replace a TeX command: by a Greek letter, by nothing if it sets a font or a size, otherwise by its name."""
    name = command[1]
    if re.match("math|text|rm|bf|it|left|right|operatorname|displaystyle|d?frac", name):
        return ""
    if name in _SYMBOLS:
        return _SYMBOLS[name]
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {name.upper()}")
    except KeyError:
        return name


def _finite(*numbers: float) -> bool:
    return all(math.isfinite(number) and abs(number) < 1e6 for number in numbers)


def _tenths(*numbers: float) -> list[int]:
    return [round(10 * number) for number in numbers]
