"""Decide from the facts alone whether all of a figure can be seen. Then an ordinary figure need not be drawn.

Drawing a figure takes longer than everything else about it. The answer is yes only if no doubt is left: all artists are
of usual types, opaque, thick and large enough; their colours differ from every colour that could be behind them; what
is drawn later covers no text and no arrowhead; and the background of no axes covers anything.
"""

from collections.abc import Iterator
from itertools import pairwise
from math import dist
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import Collection, PathCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Ellipse, FancyArrowPatch, FancyBboxPatch, Rectangle
from matplotlib.text import Annotation
from matplotlib.text import Text as TextArtist

from ..wire.facts import Box, Line, Marker, Point, Text
from .frames import is_frame, may_cover
from .seeing import contrast_ratio

#: Anything with at least this contrast clearly stands out. The sizes are in points.
_STANDS_OUT = 1.6
_THICK, _LARGE, _LONG = 0.4, 4.0, 1.5
#: A line or the edge of a symbol that is wider than this may cover something itself. So may a head that is longer.
_WIDEST, _LONGEST = 4.0, 20.0
#: A line of at most this width, and a head of at most this length, leaves enough of a text that it crosses.
_FINE, _SHORT = 2.0, 10.0
_STYLES = {"solid", "dashed", "dashdot", "dotted", "-", "--", "-.", ":"}
#: From this letter on there are blocks and other filled shapes.
_FIRST_SHAPE = "\u2500"

#: A fact, and the artist that shows it.
Shown = tuple[Any, Any]


def all_is_clear(figure: Any, facts: list[Shown]) -> bool:
    """Return whether everything in a figure can be seen; False if only drawing it can tell."""
    artists = list(_in_order(figure))
    known = {id(artist) for _, artist in facts}
    if type(figure) is not Figure or not figure.get_visible():
        return False
    if not all(_is_common(artist, known) for artist in artists):
        return False
    if any(isinstance(artist, Annotation) and not _is_inside_axes(artist) for artist in artists):
        return False
    order = {id(part): number for number, artist in enumerate(artists) for part in _with_parts(artist)}
    shown = [(fact, artist, order.get(id(artist), -1)) for fact, artist in facts]
    grounds = _grounds(figure, artists, facts)
    if grounds is None or any(_lies_over(axes, order[id(axes)], shown) for axes in artists if isinstance(axes, Axes)):
        return False
    fills = [(_filled(*one), place) for *one, place in shown if isinstance(one[0], (Marker, Text))]
    every = [fill for fill, _ in fills]
    bold = [_extent(fact) for fact, artist, _ in shown if isinstance(artist, FancyArrowPatch) and _is_bold(artist)]
    if any(isinstance(fact, Text) and fact.box.gap(box) <= 0 for fact, _, _ in shown for box in bold):
        return False
    return all(
        _is_clear(fact, artist, grounds, [fill for fill, later in fills if later > place], every)
        for fact, artist, place in shown
        if not isinstance(fact, Marker)
    )


def _in_order(thing: Any) -> Iterator[Any]:
    """What is drawn, from the back to the front, without ordinary coordinate axes and frames."""
    children = [child for child in thing.get_children() if child is not thing.patch]
    for child in sorted(children, key=lambda child: child.get_zorder()):
        if isinstance(child, Axes):
            yield child
            yield from _in_order(child)
        elif is_frame(child):
            if may_cover(child):
                yield child
        elif not (type(child) is TextArtist and not child.get_text()):
            yield child


def _with_parts(artist: Any) -> list[Any]:
    """An artist and, if it is a text, its frame and its arrow."""
    parts = [artist.get_bbox_patch(), getattr(artist, "arrow_patch", None)] if isinstance(artist, TextArtist) else []
    return [artist, *(part for part in parts if part is not None)]


def _common_types() -> set[type]:
    """Types of artists that cover only what the facts say. In a function: a test file must load without matplotlib."""
    return {
        Axes, TextArtist, Annotation, PathCollection, FancyArrowPatch, Circle, Ellipse, FancyBboxPatch, Rectangle
    }  # fmt: skip


def _is_common(artist: Any, known: set[int]) -> bool:
    """Whether an artist is of a usual type, and the facts say what it covers."""
    usual = type(artist) in _common_types() or type(artist).__module__ == "networkx.drawing.nx_pylab"
    parts = _with_parts(artist)
    if not usual or not (isinstance(artist, Axes) or any(id(part) in known for part in parts)):
        return False
    return all(
        part.get_visible()
        and _is_opaque(part.get_alpha())
        and not part.get_path_effects()
        and not part.get_agg_filter()
        and not part.get_sketch_params()
        and (isinstance(part, (Axes, TextArtist)) or _is_thin(part))
        for part in parts
    )


def _is_opaque(alpha: Any) -> bool:
    return alpha is None or (isinstance(alpha, (int, float)) and alpha == 1)


def _is_thin(artist: Any) -> bool:
    return artist.get_hatch() is None and float(np.max(artist.get_linewidth(), initial=0.0)) <= _WIDEST


class _Ground:
    """Colours that can be behind something."""

    def __init__(self, colours: list[Any]) -> None:
        self._rows = np.array(
            [[255 * part for part in colour[:3]] for colour in {*colours} if colour[3] > 0], np.float32
        )
        self._known: dict[Any, bool] = {}  # most things in a figure have the same few colours

    def lets_stand_out(self, colour: Any) -> bool:
        """Whether something of this colour stands out from all of them."""
        rgba = to_rgba(colour)
        if rgba not in self._known:
            own = np.tile(255 * np.array(rgba[:3], np.float32), (len(self._rows), 1))
            self._known[rgba] = rgba[3] == 1 and bool(np.all(contrast_ratio(own, self._rows) >= _STANDS_OUT))
        return self._known[rgba]


def _grounds(figure: Any, artists: list[Any], facts: list[Shown]) -> tuple[_Ground, _Ground] | None:
    """The colours that can be behind something: all of them, and those outside symbols.

    None if one of them is not plain and opaque.
    """
    patches = [figure.patch, *(artist.patch for artist in artists if isinstance(artist, Axes))]
    if any(patch.get_linewidth() > 0 or patch.get_hatch() is not None for patch in patches):
        return None
    colours = [to_rgba(patch.get_facecolor()) for patch in patches]
    if colours[0][3] < 1 or not figure.patch.get_visible():
        colours.insert(0, (1.0, 1.0, 1.0, 1.0))  # the page
    pages = len(colours)
    for artist in {id(artist): artist for fact, artist in facts if isinstance(fact, Marker)}.values():
        if isinstance(artist, Collection) and artist.get_array() is not None:  # numbers that become colours later
            return None
        faces = artist.get_facecolor()
        colours += [tuple(face) for face in np.atleast_2d(faces)] if len(faces) else []
    if any(0 < colour[3] < 1 for colour in colours):
        return None
    return _Ground(colours), _Ground(colours[:pages])


def _lies_over(axes: Any, place: int, shown: list[tuple[Any, Any, int]]) -> bool:
    """Whether the background of axes covers something that was drawn before them."""
    if not (axes.axison and axes.get_frame_on() and axes.patch.get_visible()) or axes.patch.get_facecolor()[3] == 0:
        return False
    ground = axes.bbox
    box = Box(ground.x0, ground.y0, ground.x1, ground.y1)
    return any(earlier < place and box.gap(_extent(fact)) <= 0 for fact, _, earlier in shown)


def _is_inside_axes(annotation: Annotation) -> bool:
    """Whether the point that a text is about is within its axes. Otherwise matplotlib may draw neither."""
    return bool(annotation._check_xy())  # type: ignore[attr-defined]


def _filled(fact: Any, artist: Any) -> Any:
    """What a symbol or text may cover. Of curved outlines, only those of circles are known; of others, their box is."""
    known = isinstance(fact, Text) or type(artist) in (PathCollection, Circle)
    return fact if known else Marker(fact.box, False)


def _is_bold(arrow: FancyArrowPatch) -> bool:
    """Whether an arrow may cover a good part of a text, or may be what a text has to stand out from."""
    return arrow.get_linewidth() > _FINE or _head_length(arrow) > _SHORT


def _head_length(arrow: FancyArrowPatch) -> float:
    return float(getattr(arrow.get_arrowstyle(), "head_length", 0) * arrow.get_mutation_scale())


def _extent(fact: Any) -> Box:
    if isinstance(fact, (Marker, Text)):
        return fact.box
    points = [fact.tail, fact.head, *fact.path]
    return Box(*np.min(points, axis=0).tolist(), *np.max(points, axis=0).tolist())


def _is_clear(fact: Any, artist: Any, grounds: tuple[_Ground, _Ground], after: list[Any], every: list[Any]) -> bool:
    """Whether a text or a line stands out, and no symbol or text drawn after it can cover it.

    A line that does not stand out from all symbols is clear if it lies neither under nor over one.
    """
    anywhere, pages = grounds
    if isinstance(fact, Text):
        if artist.get_fontsize() < _LARGE or not anywhere.lets_stand_out(artist.get_color()):
            return False
        return _is_inside(fact.box, artist) and all(fact.box.gap(other.box) > 0 for other in after)
    if not isinstance(artist, FancyArrowPatch) or not fact.pointed:  # a plain line may have a separate head of any kind
        return False
    if dist(fact.tail, fact.head) < 1:  # a loop, which may lie within its node
        return False
    if artist.get_linestyle() not in _STYLES or artist.get_linewidth() < _THICK:
        return False
    if not pages.lets_stand_out(artist.get_edgecolor()):
        return False
    if not anywhere.lets_stand_out(artist.get_edgecolor()):
        after = every
    later = [fill for fill in after if isinstance(fill, Marker)]
    later += [Marker(fill.box, False) for fill in after if isinstance(fill, Text) and max(fill.text) >= _FIRST_SHAPE]
    ends = Box(*np.min([fact.tail, fact.head], axis=0).tolist(), *np.max([fact.tail, fact.head], axis=0).tolist())
    return _is_inside(ends, artist) and _shaft_is_free(fact, later) and _head_is_free(fact, artist, later)


def _is_inside(box: Box, artist: Any) -> bool:
    """Whether a box is on the canvas, and inside the area that the artist is clipped to."""
    (x0, y0), (x1, y1) = artist.figure.bbox.get_points()
    if artist.get_clip_on():
        if artist.get_clip_path() is not None:
            return False
        if (window := artist.get_clip_box()) is not None:
            (a0, b0), (a1, b1) = window.get_points()
            x0, y0, x1, y1 = max(x0, a0), max(y0, b0), min(x1, a1), min(y1, b1)
    return bool(x0 <= box.x0 and y0 <= box.y0 and box.x1 <= x1 and box.y1 <= y1)


def _shaft_is_free(line: Line, later: list[Marker]) -> bool:
    """Whether nothing covers a good part of a line."""
    points = [
        (ax + share * (bx - ax), ay + share * (by - ay))
        for (ax, ay), (bx, by) in pairwise(line.path[:: max(1, len(line.path) // 8)])
        for share in (0.25, 0.4, 0.5, 0.6, 0.75)
    ]
    free = sum(not any(_is_in(point, marker) for marker in later) for point in points)
    return free >= max(2, 0.2 * len(points))


def _head_is_free(line: Line, artist: Any, later: list[Marker]) -> bool:
    """Whether nothing covers the middle and the rear of an arrowhead."""
    style = artist.get_arrowstyle()
    if not hasattr(style, "_endarrow_head") or artist.patchB is not None or not style._endarrow_head:
        return False
    length, pixels = _head_length(artist), artist.figure.dpi / 72
    if not _LONG <= length <= _LONGEST:
        return False
    if (artist.shrinkA + artist.shrinkB) * pixels > 0.9 * dist(line.tail, line.head):  # then it may not be shortened
        return False
    (ax, ay), (bx, by) = line.path[-2], line.path[-1]
    size = max(dist((ax, ay), (bx, by)), 1e-9)
    shares = [(artist.shrinkB + share * length) * pixels / size for share in (0.5, 0.9)]
    points = [(bx - share * (bx - ax), by - share * (by - ay)) for share in shares]
    return not any(_is_in(point, marker) for point in points for marker in later)


def _is_in(point: Point, marker: Marker) -> bool:
    box, (x, y) = marker.box, point
    if not (box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1):
        return False
    (cx, cy) = box.centre
    return not marker.round or ((x - cx) / box.width) ** 2 + ((y - cy) / box.height) ** 2 <= 0.25
