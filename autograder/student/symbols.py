"""Reading symbols out of matplotlib's figures: scatter points, patches, markers on lines."""

import math
from typing import Any

import numpy as np
from matplotlib.collections import Collection
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, IdentityTransform

from ..wire.facts import Box, Marker, Point
from .arrows import Drawn, read_outline

#: Larger collections are not arrows between nodes.
_MOST_ARROWS = 400
#: The most corners of an arrowhead.
_MOST_CORNERS = 8


def marker_of(path: Path) -> Marker | None:
    """A closed outline in pixels as a marker; None if it has no area."""
    points = _points(path)
    if not len(points) or not np.all(np.isfinite(points)):
        return None
    extent = path.get_extents()
    if min(extent.width, extent.height) <= 0:
        return None
    curved = path.codes is not None and bool(np.any((path.codes == Path.CURVE3) | (path.codes == Path.CURVE4)))
    return Marker(box_of(extent), curved or len(np.asarray(path.vertices)) > 12, [] if curved else _corners(path))


def _points(path: Path) -> Any:
    """The points of an outline, without those that only close it."""
    points = np.asarray(path.vertices, float)
    return points if path.codes is None else points[path.codes != Path.CLOSEPOLY]


def _corners(path: Path) -> list[Point]:
    """The corners of an outline, if there are so few that it may be an arrowhead."""
    points = _points(path)
    if len(points) > 1 and is_closed(points):
        points = points[:-1]
    if not 3 <= len(points) <= _MOST_CORNERS:
        return []
    return [(float(x), float(y)) for x, y in points]


def arrows_of_collection(artist: Collection) -> list[Drawn | None]:
    """Read the polygons of a collection in data units as arrows, in pixels; None for each that is not an arrow."""
    paths, whole = artist.get_paths(), artist.get_transform()
    if not isinstance(artist.get_offset_transform(), IdentityTransform) or len(paths) > _MOST_ARROWS:
        return []
    outlines = [whole.transform_path(path) for path in paths]
    return [read_outline(artist, outline, number, len(paths)) for number, outline in enumerate(outlines)]


def markers_of_collection(artist: Collection) -> list[Marker | None]:
    """Return the symbols of a collection, in the order in which they are drawn; None for one without an area."""
    paths, transforms = artist.get_paths(), artist.get_transforms()
    if not paths:
        return []
    offsets = artist.get_offset_transform().transform(np.ma.getdata(artist.get_offsets()))
    if isinstance(artist.get_offset_transform(), IdentityTransform) and not np.any(offsets):  # patches in data units
        whole = artist.get_transform()
        return [marker_of(whole.transform_path(path)) for path in paths]
    count = math.lcm(len(paths), len(transforms) or 1)  # at most this many different symbols
    places = np.reshape(offsets, (-1, 2)).tolist()
    symbols = []
    for index in range(min(count, len(places))):
        path = paths[index % len(paths)]
        symbols.append(
            marker_of(path.transformed(Affine2D(transforms[index % len(transforms)])) if len(transforms) else path)
        )
    return [
        _moved(symbols[index % count], x, y)
        for index, (x, y) in enumerate(place for place in places if all(map(math.isfinite, place)))
    ]


def _moved(marker: Marker | None, x: float, y: float) -> Marker | None:
    if marker is None:
        return None
    box = Box(marker.box.x0 + x, marker.box.y0 + y, marker.box.x1 + x, marker.box.y1 + y)
    return Marker(box, marker.round, [(dx + x, dy + y) for dx, dy in marker.corners])


def markers_of_line(artist: Line2D, points: Any) -> list[Marker | None]:
    """Return the symbols at the points of a line."""
    half = artist.get_markersize() * artist.figure.dpi / 72 / 2  # type: ignore[union-attr]
    curved = artist.get_marker() in {"o", "."}
    style = artist._marker  # type: ignore[attr-defined]
    outline = style.get_path().transformed(style.get_transform()).transformed(Affine2D().scale(2 * half))
    corners = [] if curved else _corners(outline)
    return [
        Marker(Box(x - half, y - half, x + half, y + half), curved, [(x + dx, y + dy) for dx, dy in corners])
        for x, y in points.tolist()
    ]


def is_closed(points: Any) -> bool:
    """Whether a line ends where it begins."""
    return bool(np.allclose(points[0], points[-1], atol=0.5))


def box_of(extent: Any) -> Box:
    """Turn a box of matplotlib into one of ours."""
    return Box(float(extent.x0), float(extent.y0), float(extent.x1), float(extent.y1))
