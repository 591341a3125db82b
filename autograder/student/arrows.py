"""Reading arrows of all kinds out of matplotlib's figures: where they start and end, and what head they have."""

from typing import Any

import numpy as np
from matplotlib.patches import Arrow, ConnectionPatch
from matplotlib.quiver import Quiver

from ..wire.facts import Line, Point
from .seeing import Part

#: An arrow with the parts of the figure that show its line and its head.
Drawn = tuple[Line, "list[Part]"]


def read_arrow_polygon(artist: Any) -> Drawn | None:
    """Read ``Axes.arrow`` and ``patches.Arrow``: a polygon that knows its two ends."""
    transform = artist.get_transform()
    if isinstance(artist, Arrow):  # its own transform maps the unit arrow, from (0, 0) to (1, 0)
        tail, head = transform.transform([(0.0, 0.0), (1.0, 0.0)]).tolist()
    else:
        start = np.array([artist._x, artist._y], float)
        tail, head = transform.transform([start, start + np.array([artist._dx, artist._dy])]).tolist()
    pointed = isinstance(artist, Arrow) or artist._head_width is None or artist._head_width > artist._width
    corners = transform.transform(artist.get_path().vertices)
    return _of_polygon(artist, Line(tuple(tail), tuple(head), [tuple(tail), tuple(head)], pointed), corners)


def read_quiver(artist: Quiver) -> list[Drawn | None]:
    """Read the arrows of ``Axes.quiver``: a polygon at each offset, which may be its tail, its middle or its tip.

    As matplotlib's ``Quiver._h_arrows`` makes them, the corners 0 and 6 are at the tail, and corner 3 is the tip.
    """
    offsets = artist.get_offset_transform().transform(artist.get_offsets())
    arrows = []
    for number, (offset, path) in enumerate(zip(offsets, artist.get_paths(), strict=False)):
        corners = artist.get_transform().transform(path.vertices) + offset
        tail, tip = tuple(((corners[0] + corners[6]) / 2).tolist()), tuple(corners[3].tolist())
        line = Line(tail, tip, [tail, tip], pointed=True)
        arrows.append(_of_polygon(artist, line, corners, number, len(offsets)))
    return arrows


def read_outline(artist: Any, outline: Any, piece: int = 0, pieces: int = 1) -> Drawn | None:
    """Read a polygon with the outline of an arrow: seven corners, symmetric, with a head wider than the shaft."""
    corners = np.asarray(outline.vertices, float)
    if len(corners) > 1 and (np.allclose(corners[0], corners[-1]) or outline.codes is not None):
        corners = corners[:-1]
    if len(corners) == 8 and np.allclose(corners[0], corners[-1]):
        corners = corners[:-1]
    if len(corners) != 7 or not np.all(np.isfinite(corners)):
        return None
    for first in range(7):
        turned = np.roll(corners, -first, axis=0)
        tip, tail = turned[0], (turned[3] + turned[4]) / 2
        along = (tip - tail) / max(float(np.hypot(*(tip - tail))), 1e-9)
        places, sides = (turned - tail) @ along, (turned - tail) @ np.array([-along[1], along[0]])
        alike = np.abs(sides[1:4] + sides[:3:-1]).max() < 2 and np.abs(places[1:4] - places[:3:-1]).max() < 2
        if alike and abs(sides[1]) > 1.3 * max(abs(sides[2]), abs(sides[3])) and places[0] > places[1] > 0:
            ends = tuple(tail.tolist()), tuple(tip.tolist())
            return _of_polygon(artist, Line(ends[0], ends[1], list(ends), pointed=True), corners, piece, pieces)
    return None


def _of_polygon(artist: Any, line: Line, corners: Any, piece: int = 0, pieces: int = 1) -> Drawn | None:
    """The head of a polygon begins where it is widest; None for a polygon that is nowhere."""
    corners = np.asarray(corners, float)
    corners = corners[np.all(np.isfinite(corners), axis=1)]
    if not len(corners) or not np.all(np.isfinite([line.tail, line.head])):
        return None
    base, length = _widest(corners, line.path)
    size = max(length, 0.1) * 72 / artist.figure.dpi  # a head of no length is one that is too short
    head = Part(artist, line.tip, size, piece, pieces, beyond=(base, line.head))
    return line, [Part(artist, line.sight, 0, piece, pieces), head]


def _widest(corners: Any, course: list[Point]) -> tuple[Point, float]:
    """The point on its axis where a polygon is widest, and how far that is from its tip."""
    end, start = np.array(course[-1]), np.array(course[-2])
    along = (end - start) / max(float(np.hypot(*(end - start))), 1e-9)
    corners = corners - end
    places, widths = corners @ along, np.abs(corners @ np.array([-along[1], along[0]]))
    widest = float(places[widths >= widths.max() - 1e-6].max())
    base = end + widest * along
    return (float(base[0]), float(base[1])), float(places.max()) - widest


def read_arrow_patch(artist: Any) -> Drawn | None:
    """Read an arrow of ``draw_networkx_edges``, ``annotate`` or ``FancyArrowPatch``: a curve with a style."""
    course = _curve(artist)
    if len(course) < 2:
        return None
    tail, head = _ends(artist) or (course[0], course[-1])
    style = artist.get_arrowstyle()
    at_head = getattr(style, "_endarrow_head", None)
    at_tail = getattr(style, "_beginarrow_head", False)
    if at_head is None and type(style).__name__ in {"Simple", "Fancy", "Wedge"}:  # these point to the end
        line = Line(tail, head, course, pointed=True)
        artist._dpi_cor = artist.figure.dpi / 72  # as when it is drawn
        corners = np.concatenate([path.vertices for path in np.atleast_1d(artist._get_path_in_displaycoord()[0])])
        return _of_polygon(artist, line, corners)
    backwards = at_tail and not at_head
    line = (
        Line(head, tail, course[::-1], True) if backwards else Line(tail, head, course, bool(at_head and not at_tail))
    )
    # Such a style draws the line first, then the head at its beginning, then the head at its end.
    ends = [at_tail or getattr(style, "_beginarrow_bracket", False), at_head or getattr(style, "_endarrow_bracket", 0)]
    pieces = 1 + sum(map(bool, ends))
    size = float(getattr(style, "head_length", 0.4) * artist.get_mutation_scale())
    tip = Part(artist, line.tip, size, 1 if backwards else pieces - 1, pieces)
    return line, [Part(artist, line.sight, 0, 0, pieces), *([tip] if line.pointed else [])]


def _curve(artist: Any) -> list[Point]:
    """The whole curve of an arrow, before it is shortened to leave room for the nodes."""
    ends = _ends(artist)
    if ends is None:
        path = artist.get_transform().transform_path(artist._path_original)
    else:
        try:
            path = artist.get_connectionstyle()(*ends, shrinkA=0, shrinkB=0)
        except Exception:  # a style of the student's own, which may want other options
            return list(ends)
    polygons = path.to_polygons(closed_only=False)
    return [(float(x), float(y)) for x, y in polygons[0]] if polygons else list(ends or ())


def _ends(artist: Any) -> tuple[Point, Point] | None:
    """The points between which an arrow was requested."""
    points: Any
    if isinstance(artist, ConnectionPatch):
        place: Any = artist
        points = np.array(
            [
                place._get_xy(place.xy1, place.coords1, place.axesA),
                place._get_xy(place.xy2, place.coords2, place.axesB),
            ]
        )
    elif artist._posA_posB is None:
        return None
    else:
        points = artist.get_transform().transform([artist._convert_xy_units(end) for end in artist._posA_posB])
    return tuple(points[0].tolist()), tuple(points[1].tolist())
