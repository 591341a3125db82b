"""Outlines: which polygons are arrows, which are symbols, and which are neither."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib import patches
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.path import Path

from tests.student.test_extraction import A, B, facts, patch

#: The corners of an arrow from A to B, from its tip on: half a head, the shaft, the other half.
_ALONG = np.subtract(B, A) / np.hypot(3, 2)
_ACROSS = np.array([-_ALONG[1], _ALONG[0]])
ARROW = [
    np.array(B) - back * _ALONG + side * _ACROSS
    for back, side in ((0, 0), (0.5, 0.3), (0.5, 0.1), (13**0.5, 0.1), (13**0.5, -0.1), (0.5, -0.1), (0.5, -0.3))
]
_LINES = [Path.MOVETO, *[Path.LINETO] * 7, Path.CLOSEPOLY]

ARROWS = {
    "a polygon": patch(patches.Polygon, ARROW),
    "a path that is closed twice": patch(patches.PathPatch, Path([*ARROW, ARROW[0], (0, 0)], _LINES)),
    "a collection": lambda ax: ax.add_collection(PolyCollection([ARROW])),
    "turned round": patch(patches.Polygon, [*ARROW[3:], *ARROW[:3]]),
}


@pytest.mark.parametrize("paint", ARROWS.values(), ids=ARROWS)
def test_a_polygon_with_the_outline_of_an_arrow_is_one(paint: Callable[[Any], Any]) -> None:
    """It points from the middle of its shaft's end to its tip."""
    [line] = facts(paint).lines
    assert line.pointed
    assert np.allclose([line.tail, line.head], [[100, 100], [400, 300]], atol=1)


def test_an_open_outline_is_a_line() -> None:
    """It has no head, and no inside that could be a symbol."""
    drawing = facts(patch(patches.PathPatch, Path([A, (2, 3), B]), fill=False))
    [line] = drawing.lines
    assert (line.tail, line.head, len(line.path), line.pointed) == ((100, 100), (400, 300), 3, False)
    assert drawing.markers == []


SYMBOLS = {
    "seven corners": (patch(patches.RegularPolygon, (2, 1), 7, radius=0.3), 7),
    "a triangle": (patch(patches.Polygon, [(1.8, 0.8), (2.2, 0.8), (2, 1.2)]), 3),
    "many corners": (patch(patches.RegularPolygon, (2, 1), 11, radius=0.3), 0),
}


@pytest.mark.parametrize(("paint", "corners"), SYMBOLS.values(), ids=SYMBOLS)
def test_any_other_polygon_is_a_symbol(paint: Callable[[Any], Any], corners: int) -> None:
    """Its corners are told if they are so few that it may be an arrowhead."""
    drawing = facts(paint)
    [marker] = drawing.markers
    assert drawing.lines == []
    assert len(marker.corners) == corners


NO_SYMBOLS = {
    "an empty collection": lambda ax: ax.add_collection(
        PathCollection([], offsets=[A, B], offset_transform=ax.transData)
    ),
    "symbols without an area": lambda ax: ax.scatter([1, 2], [1, 2], marker="|"),
    "a patch in no place": patch(patches.Circle, (np.nan, 1), 0.2),
    "an arrow to no place": patch(patches.Arrow, *A, np.nan, 1),
    "an arrow from no place": lambda ax: ax.arrow(np.nan, 1, 1, 1),
    "a field of arrows without numbers": lambda ax: ax.quiver([1, np.nan], [1, 2], [np.nan, 1], [1, 1]),
    "an arrow whose pen never comes down": patch(patches.FancyArrowPatch, path=Path([A, B], [1, 1]), arrowstyle="->"),
}


@pytest.mark.parametrize("paint", NO_SYMBOLS.values(), ids=NO_SYMBOLS)
def test_what_has_no_extent_is_nothing(paint: Callable[[Any], Any]) -> None:
    """There is no symbol and no line."""
    drawing = facts(paint)
    assert (drawing.markers, drawing.lines) == ([], [])


def test_an_arrow_with_a_course_of_the_students_own() -> None:
    """If its course cannot be had without more options, it still goes from one end to the other."""

    def straight(one: Any, other: Any, patchA: Any, patchB: Any, shrinkA: Any, shrinkB: Any) -> Path:
        return Path([one, other])

    [line] = facts(patch(patches.FancyArrowPatch, A, B, connectionstyle=straight, arrowstyle="->")).lines
    assert (line.tail, line.head, line.pointed) == ((100, 100), (400, 300), True)
    assert line.path == [line.tail, line.head]
