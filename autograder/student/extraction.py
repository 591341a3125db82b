"""Reading the facts of a drawing out of matplotlib's figures: node symbols, texts, lines and arrowheads."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import Collection, LineCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Arrow, ConnectionPatch, FancyArrow, FancyArrowPatch, Patch
from matplotlib.path import Path
from matplotlib.quiver import Quiver
from matplotlib.spines import Spine
from matplotlib.text import Annotation
from matplotlib.text import Text as TextArtist
from matplotlib.transforms import Affine2D, IdentityTransform

from ..wire.facts import Box, Curve, Drawing, Line, Marker, Point, Text
from .positions import bring_to_places

#: Lines with more points than this cannot be edges between nodes.
_MOST_POINTS = 400
#: At most this many points of a curve are reported.
_MOST_CURVE_POINTS = 5000
_LONGEST_LABEL = 200


def read_figure(figure: Figure, old: set[int]) -> list[Drawing]:
    """Return one drawing per pair of axes, or one for the figure if it has none, without what was there before.

    Args:
        figure: the figure. It is laid out as if it were being saved.
        old: the ``id`` of each artist to leave out.
    """
    renderer = RendererAgg(1, 1, figure.dpi)  # only measures, so it needs no memory for the figure's pixels
    bring_to_places(figure, renderer)
    apart: list[Any] = [figure.patch, *figure.axes, *figure.subfigs]
    loose = [child for child in figure.get_children() if not any(child is other for other in apart)]
    drawings = []
    every: list[Any] = figure.axes or [None]
    for axes in every:
        drawing = Drawing() if axes is None else _labelled(axes)
        inside = [] if axes is None else axes.get_children()
        background = old if axes is None else {id(axes.patch)} | old
        for artist in _walk([*inside, *loose], background):
            _read_artist(artist, drawing, renderer)
        drawings.append(drawing)
    return drawings


def _labelled(axes: Any) -> Drawing:
    """A drawing with the title and labels of a pair of axes."""
    texts = {"title": axes.title}
    if axes.axison:
        texts |= {"x_label": axes.xaxis.label, "y_label": axes.yaxis.label}
    seen = {name: text for name, text in texts.items() if text.get_visible() and not _faded(text)}
    return Drawing(**{name: text.get_text()[:_LONGEST_LABEL] for name, text in seen.items()})


def artists_of(artist: Artist) -> Iterator[Artist]:
    """An artist and all its parts, except the coordinate axes: asking for their ticks would create them."""
    yield artist
    if not isinstance(artist, Axis):
        for child in artist.get_children():
            yield from artists_of(child)


def _faded(artist: Artist) -> bool:
    alpha = artist.get_alpha()  # a collection may have one value for each item
    return alpha is not None and bool(np.all(np.asarray(alpha) == 0))


def _walk(artists: list[Artist], skip: set[int]) -> Iterator[Artist]:
    for artist in artists:
        if id(artist) in skip or not artist.get_visible() or _faded(artist):
            continue
        if isinstance(artist, (Legend, Axis, Spine)):
            continue
        yield artist
        if not isinstance(artist, TextArtist):
            yield from _walk(artist.get_children(), skip)


def _read_artist(artist: Artist, drawing: Drawing, renderer: Any) -> None:
    if isinstance(artist, TextArtist):
        _read_text(artist, drawing, renderer)
    elif isinstance(artist, FancyArrowPatch):
        _add(drawing.lines, _read_arrow_patch(artist))
    elif isinstance(artist, (FancyArrow, Arrow)):
        drawing.lines.append(_read_simple_arrow(artist))
    elif isinstance(artist, Quiver):
        drawing.lines.extend(_read_quiver(artist))
    elif isinstance(artist, LineCollection):
        transform = artist.get_transform()
        drawing.lines.extend(_plain_lines(transform.transform(segment)) for segment in artist.get_segments())
    elif isinstance(artist, Collection):
        drawing.markers.extend(_read_collection(artist))
    elif isinstance(artist, Line2D):
        _read_line(artist, drawing)
    elif isinstance(artist, Patch):
        _add(drawing.markers, _marker(artist.get_transform().transform_path(artist.get_path())))


def _add(items: list[Any], item: Any) -> None:
    if item is not None:
        items.append(item)


def _read_text(artist: TextArtist, drawing: Drawing, renderer: Any) -> None:
    if artist.get_text().strip() and to_rgba(artist.get_color())[3] > 0:
        extent = TextArtist.get_window_extent(artist, renderer)
        middle = (extent.x0 + extent.x1) / 2, (extent.y0 + extent.y1) / 2
        if artist.axes is not None and artist.get_clip_on() and not artist.axes.bbox.contains(*middle):
            return  # outside the axes, so not visible
        drawing.texts.append(Text(artist.get_text(), _box(extent)))
        if (frame := artist.get_bbox_patch()) is not None:
            outline = frame.get_transform().transform_path(frame.get_path())
            _add(drawing.markers, _marker(outline))
    if isinstance(artist, Annotation) and artist.arrow_patch is not None and artist.arrow_patch.get_visible():
        _add(drawing.lines, _read_arrow_patch(artist.arrow_patch))


def _box(extent: Any) -> Box:
    return Box(float(extent.x0), float(extent.y0), float(extent.x1), float(extent.y1))


def _marker(path: Path) -> Marker | None:
    """A closed outline in pixels as a marker; None if it has no area."""
    extent = path.get_extents()
    if not np.all(np.isfinite(extent.get_points())) or min(extent.width, extent.height) <= 0:
        return None
    curved = path.codes is not None and bool(np.any((path.codes == Path.CURVE3) | (path.codes == Path.CURVE4)))
    return Marker(_box(extent), curved or len(np.asarray(path.vertices)) > 12)


def _read_collection(artist: Collection) -> list[Marker]:
    paths, transforms = artist.get_paths(), artist.get_transforms()
    if not paths:
        return []
    offsets = artist.get_offset_transform().transform(np.ma.getdata(artist.get_offsets()))
    if isinstance(artist.get_offset_transform(), IdentityTransform) and not np.any(offsets):  # patches in data units
        whole = artist.get_transform()
        return [marker for path in paths if (marker := _marker(whole.transform_path(path)))]
    count = math.lcm(len(paths), len(transforms) or 1)  # at most this many different symbols
    places = np.reshape(offsets, (-1, 2)).tolist()
    symbols = []
    for index in range(min(count, len(places))):
        path = paths[index % len(paths)]
        symbols.append(
            _marker(path.transformed(Affine2D(transforms[index % len(transforms)])) if len(transforms) else path)
        )
    return [
        Marker(Box(symbol.box.x0 + x, symbol.box.y0 + y, symbol.box.x1 + x, symbol.box.y1 + y), symbol.round)
        for index, (x, y) in enumerate(places)
        if (symbol := symbols[index % count]) is not None and math.isfinite(x) and math.isfinite(y)
    ]


_NO_LINE = {"None", "none", "", " "}


def _read_line(artist: Line2D, drawing: Drawing) -> None:
    data = np.asarray(artist.get_xydata(), float)
    points = artist.get_transform().transform(data)
    drawn = np.all(np.isfinite(points), axis=1)
    points = points[drawn]
    if len(points) > 1 and str(artist.get_linestyle()) not in _NO_LINE:
        xs, ys = data[drawn][:_MOST_CURVE_POINTS].T.tolist()
        drawing.curves.append(Curve(xs, ys))
    if len(points) == 0 or len(points) > _MOST_POINTS:
        return
    if str(artist.get_marker()) not in {"None", "none", "", " ", ","}:
        half = artist.get_markersize() * artist.figure.dpi / 72 / 2  # type: ignore[union-attr]
        curved = artist.get_marker() in {"o", "."}
        drawing.markers.extend(Marker(Box(x - half, y - half, x + half, y + half), curved) for x, y in points.tolist())
    if str(artist.get_linestyle()) not in _NO_LINE:
        drawing.lines.extend(_plain_lines(points[i : i + 2]) for i in range(len(points) - 1))


def _plain_lines(points: Any) -> Line:
    path = [(float(x), float(y)) for x, y in points]
    return Line(path[0], path[-1], path, pointed=False)


def _read_simple_arrow(artist: Any) -> Line:
    """Read ``Axes.arrow`` and ``patches.Arrow``: a polygon that knows its two ends."""
    transform = artist.get_transform()
    if isinstance(artist, Arrow):  # its own transform maps the unit arrow, from (0, 0) to (1, 0)
        tail, head = transform.transform([(0.0, 0.0), (1.0, 0.0)]).tolist()
    else:
        start = np.array([artist._x, artist._y], float)
        tail, head = transform.transform([start, start + np.array([artist._dx, artist._dy])]).tolist()
    pointed = isinstance(artist, Arrow) or artist._head_width > artist._width
    return Line(tuple(tail), tuple(head), [tuple(tail), tuple(head)], pointed)


def _read_quiver(artist: Quiver) -> list[Line]:
    """Read the arrows of ``Axes.quiver``: a polygon at each offset, whose farthest vertex is the tip."""
    offsets = artist.get_offset_transform().transform(artist.get_offsets())
    lines = []
    for (x, y), path in zip(offsets.tolist(), artist.get_paths(), strict=False):
        corners = artist.get_transform().transform(path.vertices) + np.array([x, y])
        tip = corners[np.argmax(np.hypot(*(corners - (x, y)).T))].tolist()
        lines.append(Line((x, y), tuple(tip), [(x, y), tuple(tip)], pointed=True))
    return lines


def _read_arrow_patch(artist: Any) -> Line | None:
    """Read an arrow of ``draw_networkx_edges``, ``annotate`` or ``FancyArrowPatch``: a curve with a style."""
    if not artist.get_visible() or _faded(artist):
        return None
    course = _curve(artist)
    if len(course) < 2:
        return None
    tail, head = _ends(artist) or (course[0], course[-1])
    style = artist.get_arrowstyle()
    at_head = getattr(style, "_endarrow_head", None)
    at_tail = getattr(style, "_beginarrow_head", False)
    if at_head is None:  # simple, fancy and wedge arrows point to the end
        at_head = type(style).__name__ in {"Simple", "Fancy", "Wedge"}
    if at_tail and not at_head:
        return Line(head, tail, course[::-1], pointed=True)
    return Line(tail, head, course, pointed=bool(at_head and not at_tail))


def _curve(artist: Any) -> list[Point]:
    """The whole curve of an arrow, before it is shortened to leave room for the nodes."""
    ends = _ends(artist)
    if ends is None:
        path = artist.get_transform().transform_path(artist._path_original)
    else:
        try:
            path = artist.get_connectionstyle()(*ends, shrinkA=0, shrinkB=0)
        except Exception:  # a networkx self-loop, which does not take these options
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
