"""Reading the facts of a drawing out of matplotlib's figures: node symbols, texts, lines and arrowheads."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import Collection, LineCollection
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Arrow, FancyArrow, FancyArrowPatch, Patch
from matplotlib.quiver import Quiver
from matplotlib.spines import Spine
from matplotlib.text import Annotation
from matplotlib.text import Text as TextArtist

from ..wire.facts import Box, Curve, Drawing, Line, Marker, Text
from .arrows import Drawn, read_arrow_patch, read_arrow_polygon, read_outline, read_quiver
from .clearly import Shown, all_is_clear
from .layers import Pile
from .letters import box_of_text
from .order import draw_at_once
from .positions import bring_to_places
from .rendering import FigureRead
from .replacing import replaced
from .seeing import Part, look, window_of
from .symbols import arrows_of_collection, box_of, is_closed, marker_of, markers_of_collection, markers_of_line

#: Lines with more points than this cannot be edges between nodes.
_MOST_POINTS = 400
#: At most this many points of a curve are reported.
_MOST_CURVE_POINTS = 5000
_LONGEST_LABEL = 200
#: The most points of one line whose pieces are looked at one by one.
_MOST_SEPARATE = 24

#: A line through more points than this is a curve.
_FEW_POINTS = 8


def read_figure(figure: Figure, old: set[int]) -> tuple[list[Drawing], FigureRead]:
    """Return one drawing per pair of axes, or one for the figure if it has none, and what rendering it later needs.

    What was there before is left out.

    A figure with several pairs of axes has one more drawing, of everything in it, because lines may join the axes.

    Args:
        figure: the figure. It is laid out as if it were being saved.
        old: the ``id`` of each artist to leave out.

    Raises:
        Exception: matplotlib cannot draw the figure.
    """
    pile = Pile(figure)
    bring_to_places(figure, pile.renderer)
    apart: list[Any] = [figure.patch, *figure.axes, *figure.subfigs]
    loose = [child for child in figure.get_children() if not any(child is other for other in apart)]
    reader = _Reader(pile.renderer, old)
    around = reader.read(Drawing(), loose)
    drawings = []
    for axes in _all_axes(figure.axes):
        if axes.get_visible():
            reader.free.append(box_of(axes.bbox))
        inside = reader.read(_labelled(axes), [child for child in axes.get_children() if child is not axes.patch])
        drawings.append(_together(inside, around))
    _see_how_clear(figure, pile, reader)
    if len(drawings) > 1:
        drawings.append(_together(Drawing(whole=True), *drawings))
    return drawings or [around], FigureRead(figure, window_of(figure, reader.free), pile.renderer)


def _all_axes(axes: list[Any]) -> list[Any]:
    """Pairs of axes with those inside them."""
    return [one for outer in axes for one in (outer, *_all_axes(outer.child_axes))]


def _together(first: Drawing, *others: Drawing) -> Drawing:
    """Everything in these drawings, each thing once, under the title of the first."""
    for name in ("markers", "texts", "lines", "curves"):
        things = [thing for drawing in (first, *others) for thing in getattr(drawing, name)]
        setattr(first, name, list({id(thing): thing for thing in things}.values()))
    return first


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


class _Reader:
    """Reads artists, and notes which part of the figure to look at for each fact."""

    def __init__(self, renderer: Any, old: set[int]) -> None:
        self.renderer, self.old = renderer, old
        self.parts: list[Part] = []
        self.facts: list[Shown] = []
        self.free: list[Box] = []

    def read(self, drawing: Drawing, artists: list[Artist]) -> Drawing:
        """Add the facts of artists and of all their parts to a drawing."""
        for artist in artists:
            if id(artist) in self.old or isinstance(artist, (Legend, Axis, Spine, Axes)):
                continue
            self._read_artist(artist, drawing)
            if not isinstance(artist, TextArtist):
                self.read(drawing, artist.get_children())
        return drawing

    def _read_artist(self, artist: Artist, drawing: Drawing) -> None:
        if isinstance(artist, TextArtist):
            self._read_text(artist, drawing)
        elif isinstance(artist, FancyArrowPatch):
            self._add_arrows(drawing, [read_arrow_patch(artist)])
        elif isinstance(artist, (FancyArrow, Arrow)):
            self._add_arrows(drawing, [read_arrow_polygon(artist)])
        elif isinstance(artist, Quiver):
            self._add_arrows(drawing, read_quiver(artist))
        elif isinstance(artist, LineCollection):
            self._read_segments(artist, drawing)
        elif isinstance(artist, Collection):
            arrows, markers = arrows_of_collection(artist), markers_of_collection(artist)
            self._add_arrows(drawing, arrows)
            if len(arrows) == len(markers):
                markers = [None if arrow else marker for arrow, marker in zip(arrows, markers, strict=True)]
            self._add_markers(drawing, artist, markers)
        elif isinstance(artist, Line2D):
            self._read_line(artist, drawing)
        elif isinstance(artist, Patch):
            self._read_patch(artist, drawing)

    def _add_arrows(self, drawing: Drawing, arrows: Sequence[Drawn | None]) -> None:
        for line, parts in filter(None, arrows):
            drawing.lines.append(line)
            for number, part in enumerate(parts):
                part.twin = number, *_rounded(Box(*line.tail, *line.head))
                part.ends = line.tail, line.head
            self.parts += parts
            self.facts.append((line, parts[0].artist))

    def _add_markers(self, drawing: Drawing, artist: Artist, markers: Sequence[Marker | None], before: int = 0) -> None:
        """Add the markers that an artist draws one after another, after ``before`` other pieces."""
        pieces = before + len(markers)
        for number, marker in enumerate(markers):
            if marker is not None:
                drawing.markers.append(marker)
                size = min(marker.box.width, marker.box.height) * 72 / self.renderer.dpi
                self.parts.append(Part(artist, marker.sight, size, before + number, pieces))
                self.facts.append((marker, artist))

    def _read_text(self, artist: TextArtist, drawing: Drawing) -> None:
        if artist.get_text().strip():
            with replaced(artist, "_visible", True):  # an invisible text has no extent
                text = Text(artist.get_text(), box_of_text(artist, self.renderer))
            text.angle = float(artist.get_rotation())
            drawing.texts.append(text)
            self.facts.append((text, artist))
            twin = text.text, *_rounded(text.box)
            self.parts.append(Part(artist, text.sight, float(artist.get_fontsize()), twin=twin))
            cut = artist.get_clip_on() and (artist.get_clip_box() or artist.get_clip_path()) is not None
            if not cut and artist.get_visible():
                self.free.append(text.box)
            if (frame := artist.get_bbox_patch()) is not None:
                outline = frame.get_transform().transform_path(frame.get_path())
                self._add_markers(drawing, frame, [marker_of(outline)])
        if isinstance(artist, Annotation) and artist.arrow_patch is not None:
            self._add_arrows(drawing, [read_arrow_patch(artist.arrow_patch)])

    def _read_segments(self, artist: LineCollection, drawing: Drawing) -> None:
        transform = artist.get_transform()
        segments: Any = [np.asarray(points) for points in artist.get_segments()]
        for number, segment in enumerate(segments):
            if len(segment) > 1 and np.all(np.isfinite(segment)):
                line = _plain_line(transform.transform(segment))
                drawing.lines.append(line)
                self.facts.append((line, artist))
                self.parts.append(Part(artist, line.sight, 0, number, len(segments), ends=(line.tail, line.head)))

    def _read_patch(self, artist: Patch, drawing: Drawing) -> None:
        outline = artist.get_transform().transform_path(artist.get_path())
        polygons: Any = outline.to_polygons(closed_only=False)
        filled = artist.get_fill() and artist.get_facecolor()[3] > 0
        if len(polygons) == 1 and not is_closed(polygons[0]) and not (filled and len(polygons[0]) > 2):
            line = _plain_line(polygons[0][:_MOST_POINTS])
            drawing.lines.append(line)
            self.facts.append((line, artist))
            self.parts.append(Part(artist, line.sight, 0, ends=(line.tail, line.head)))
        elif (arrow := read_outline(artist, outline)) is not None:
            self._add_arrows(drawing, [arrow])
        else:
            self._add_markers(drawing, artist, [marker_of(outline)])

    def _read_line(self, artist: Line2D, drawing: Drawing) -> None:
        data = np.asarray(artist.get_xydata(), float)
        points = artist.get_transform().transform(data)
        drawn = np.all(np.isfinite(points), axis=1)
        has_line = str(artist.get_linestyle()) not in _NO_LINE
        if np.sum(drawn) > 1 and has_line and artist.get_visible() and not _faded(artist):
            xs, ys = data[drawn][:_MOST_CURVE_POINTS].T.tolist()
            drawing.curves.append(Curve(xs, ys))
        if not 0 < np.sum(drawn) <= _MOST_POINTS:
            return
        if str(artist.get_marker()) not in {"None", "none", "", " ", ","}:
            self._add_markers(drawing, artist, markers_of_line(artist, points[drawn]), int(has_line))
        if has_line:
            self._read_course(artist, points, drawn, drawing)

    def _read_course(self, artist: Line2D, points: Any, drawn: Any, drawing: Drawing) -> None:
        """Read a line through points as one line for each two neighbours, and one for each unbroken run of points."""
        breaks = np.flatnonzero(np.diff(np.concatenate([[0], drawn.astype(int), [0]])))
        for begin, end in breaks.reshape(-1, 2).tolist():
            row = points[begin:end]
            whole = len(row) > 3 and end - begin == np.sum(drawn)
            lines = [_plain_line(row[i : i + 2], whole and len(row) > _FEW_POINTS) for i in range(len(row) - 1)]
            lines += [_plain_line(row)] if whole else []
            sight = None
            for line in lines:
                drawing.lines.append(line)
                self.facts.append((line, artist))
                if len(drawn) > _MOST_SEPARATE or len(drawn) == 2:
                    sight = line.sight = sight or line.sight  # what is true of the whole is true of each piece
                near = None if len(drawn) > _MOST_SEPARATE or len(drawn) == 2 else line.path
                if near is not None or line is lines[0]:
                    pieces = 1 + (len(points) if artist.get_marker() not in {"None", "none", "", " ", None} else 0)
                    self.parts.append(Part(artist, line.sight, 0, 0, pieces, near, ends=(line.tail, line.head)))


def _rounded(box: Box) -> tuple[float, ...]:
    return tuple(round(number, 0) for number in (box.x0, box.y0, box.x1, box.y1))


def _see_how_clear(figure: Figure, pile: Pile, reader: _Reader) -> None:
    """Fill in how well things can be seen. What matplotlib can draw but we cannot counts as seen."""
    with suppress(Exception):  # then we find out by drawing the figure
        if all_is_clear(figure, reader.facts):
            return
    try:
        look(pile, reader.parts, reader.free)
    except Exception:
        draw_at_once(figure)


_NO_LINE = {"None", "none", "", " "}


def _plain_line(points: Any, piece: bool = False) -> Line:
    path = [(float(x), float(y)) for x, y in points]
    return Line(path[0], path[-1], path, pointed=False, piece=piece)
