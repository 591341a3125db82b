"""The pictures of a submission's drawings in its results, and what is marked on them."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import msgspec

from ..checking.marks import Mark, Parts
from ..sandbox.text import clean

#: Who may see a picture: everybody at once; students once hidden results are shown; staff alone.
Audience = Literal["everybody", "after results", "staff"]

#: The most marks on a picture, points of a mark, and parts of a list; and the longest text of one of them.
_MOST_MARKS, _MOST_POINTS, _MOST_PARTS, _LONGEST = 60, 60, 60, 60


class MarkedPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A drawing of the submission as a picture, with our marks on it."""

    question: str
    png: bytes
    """The picture as a PNG."""
    width: int
    height: int
    numbers: dict[str, int] = {}
    """The test cases whose faults are marked, each with its number. If there are several numbers, they are written on
    the picture. Cases with the same marks have the same number."""
    words: str = ""
    """What is marked, for those who cannot see it."""
    audience: Audience


def pictures_for(audience: Audience, pictures: Iterable[MarkedPicture]) -> list[MarkedPicture]:
    """Return the pictures to show: for each question with a picture, the one that shows most to these readers.

    Args:
        audience: ``everybody`` for what a student sees at once, ``after results`` for what a student sees once hidden
            results are shown, ``staff`` for all pictures.
        pictures: the pictures of a submission, ``graded.pictures``.
    """
    ranks: list[Audience] = ["everybody", "after results", "staff"]
    allowed = [picture for picture in pictures if ranks.index(picture.audience) <= ranks.index(audience)]
    allowed.sort(key=lambda picture: ranks.index(picture.audience))
    return list({picture.question: picture for picture in allowed}.values())


def marks_of(error: BaseException) -> list[Mark]:
    """The marks of a mistake. A test file has its own copy of the types, so they are recognised by their attributes."""
    found = []
    for mark in list(getattr(error, "marks", ()))[:_MOST_MARKS]:
        points = [(float(x), float(y)) for x, y in list(mark.points)[:_MOST_POINTS]]
        found.append(Mark(mark.shape, points, _short(mark.text)))
    return found


def parts_of(error: BaseException) -> list[Parts]:
    """The lists of parts of a mistake."""
    return [
        Parts(_short(parts.what), _texts(parts.right), _texts(parts.missing), _texts(parts.surplus))
        for parts in list(getattr(error, "parts", ()))[:4]
    ]


def _texts(texts: Sequence[Any]) -> list[str]:
    return [_short(text) for text in texts[:_MOST_PARTS]]


def _short(text: Any) -> str:
    return clean(str(text))[:_LONGEST]


_SHAPES = {
    "ring": "a ring round",
    "frame": "a frame round",
    "hole": "a dashed ring where something is missing:",
    "gap": "a dashed line where something is missing:",
    "cross": "a cross on",
}


def words_for(marks: Iterable[tuple[int, Mark]]) -> str:
    """Say what is marked on a picture.

    Args:
        marks: the marks, each with the number of its test case.
    """
    told: dict[tuple[int, str], list[str]] = {}
    for number, mark in marks:
        texts = told.setdefault((number, mark.shape), [])
        if mark.text and mark.text not in texts:
            texts.append(mark.text)
    several = len({number for number, _ in told}) > 1
    parts = [
        (f"{number}: " if several else "") + f"{_SHAPES.get(shape, shape)} {', '.join(texts) or 'a place'}"
        for (number, shape), texts in told.items()
    ]
    return "; ".join(parts) or "nothing is marked"
