"""What a mistake points at in a drawing, and lists of what is right, missing and surplus."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ..wire.facts import Box, Point

#: What a mark looks like: a ring or a frame round something; a dashed ring or line where something is missing;
#: a cross on what should not be there.
Shape = Literal["ring", "frame", "hole", "gap", "cross"]


@dataclass(frozen=True)
class Mark:
    """A place in a drawing to look at. Results show it on the picture of the drawing."""

    shape: Shape
    points: Sequence[Point]
    """In pixels of the drawing, with y pointing up: two opposite corners of the box inside a ring, a frame or a hole;
    the points along a gap; the middle of a cross."""
    text: str = ""
    """What is there, or missing, in a few characters."""


def ring(box: Box, text: str) -> Mark:
    """A ring round something."""
    return Mark("ring", [(box.x0, box.y0), (box.x1, box.y1)], text)


def hole(point: Point, size: float, text: str) -> Mark:
    """A dashed ring where something is missing. Its size is in pixels."""
    (x, y), half = point, size / 2
    return Mark("hole", [(x - half, y - half), (x + half, y + half)], text)


def gap(course: Sequence[Point], text: str) -> Mark:
    """A dashed line where something is missing."""
    return Mark("gap", list(course), text)


def cross(point: Point, text: str) -> Mark:
    """A cross on something that should not be there."""
    return Mark("cross", [point], text)


def frame(boxes: Iterable[Box], text: str) -> Mark:
    """A frame round one or more things."""
    every = list(boxes)
    low = min(box.x0 for box in every), min(box.y0 for box in every)
    return Mark("frame", [low, (max(box.x1 for box in every), max(box.y1 for box in every))], text)


@dataclass(frozen=True)
class Parts:
    """What an answer that consists of parts has, and what it lacks."""

    what: str
    """What the parts are: ``nodes``, for example."""
    right: Sequence[str] = ()
    missing: Sequence[str] = ()
    surplus: Sequence[str] = ()
