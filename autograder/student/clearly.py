"""Decide from the facts of artists alone whether all of a figure can be seen, so that an ordinary one is not drawn.

Drawing a figure takes longer than all else about it. Here the answer is yes only if no doubt is left: all artists are
of usual types, opaque, thick and large enough, their colours differ from every colour that could be behind them, and
what is drawn later lies over no text and no arrowhead.
"""

from collections.abc import Iterator
from itertools import pairwise
from math import dist
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.spines import Spine
from matplotlib.text import Annotation
from matplotlib.text import Text as TextArtist

from ..wire.facts import Box, Line, Marker, Point, Text
from .seeing import contrast_ratio

#: What differs by this contrast stands out without doubt. The sizes are in points.
_STANDS_OUT = 1.6
_THICK, _LARGE, _LONG = 0.4, 4.0, 1.5

#: A fact, and the artist that shows it.
Shown = tuple[Any, Any]


def all_is_clear(figure: Any, facts: list[Shown]) -> bool:
    """Return whether everything in a figure can be seen; False if only drawing it can tell."""
    order = {id(artist): number for number, artist in enumerate(_in_order(figure))}
    if type(figure) is not Figure or not all(_is_common(artist) for artist in _in_order(figure)):
        return False
    for _, artist in facts:  # frames and arrows of texts come with the text
        order.setdefault(id(artist), -1)
    for artist in _in_order(figure):
        if isinstance(artist, TextArtist):
            for part in (artist.get_bbox_patch(), getattr(artist, "arrow_patch", None)):
                order[id(part)] = order[id(artist)]
    fills = [(fact, order[id(artist)]) for fact, artist in facts if isinstance(fact, Marker)]
    grounds = _grounds(figure, facts)
    return grounds is not None and all(
        _is_clear(fact, artist, grounds, [fill for fill, later in fills if later > order[id(artist)]])
        for fact, artist in facts
        if not isinstance(fact, Marker)
    )


def _in_order(thing: Any) -> Iterator[Any]:
    """What is drawn, from the back to the front, without coordinate axes."""
    children = [child for child in thing.get_children() if child is not thing.patch]
    for child in sorted(children, key=lambda child: child.get_zorder()):
        if isinstance(child, Axes):
            yield child
            yield from _in_order(child)
        elif not isinstance(child, (Axis, Spine)) and not (isinstance(child, TextArtist) and not child.get_text()):
            yield child


def _is_common(artist: Any) -> bool:
    kinds = (Axes, TextArtist, Annotation, PathCollection, FancyArrowPatch)
    known = type(artist) in kinds or type(artist).__module__ == "networkx.drawing.nx_pylab"
    parts = [artist]
    if isinstance(artist, TextArtist):
        parts += [part for part in (artist.get_bbox_patch(), getattr(artist, "arrow_patch", None)) if part is not None]
    return known and all(
        part.get_visible() and part.get_alpha() is None and not part.get_path_effects() and not part.get_agg_filter()
        for part in parts
    )


def _grounds(figure: Any, facts: list[Shown]) -> Any:
    """All colours that can be behind something, of shape (n, 3); None if one of them is half transparent."""
    colours = [to_rgba(figure.get_facecolor()), *(to_rgba(axes.get_facecolor()) for axes in figure.axes)]
    for artist in {id(artist): artist for fact, artist in facts if isinstance(fact, Marker)}.values():
        faces = artist.get_facecolor()
        colours += [tuple(face) for face in np.atleast_2d(faces)] if len(faces) else []
    kept = [colour for colour in colours if colour[3] > 0]
    if any(colour[3] < 1 for colour in kept):
        return None
    return 255 * np.array([(1.0, 1.0, 1.0), *(colour[:3] for colour in kept)], np.float32)


def _is_clear(fact: Any, artist: Any, grounds: Any, later: list[Marker]) -> bool:
    if isinstance(fact, Text):
        if artist.get_fontsize() < _LARGE or not _stands_out(artist.get_color(), grounds):
            return False
        return _is_inside(fact.box, artist) and all(fact.box.gap(marker.box) > 0 for marker in later)
    if not isinstance(artist, FancyArrowPatch) or not fact.pointed:  # a plain line may have a head of any making
        return False
    if artist.get_linewidth() < _THICK or not _stands_out(artist.get_edgecolor(), grounds):
        return False
    ends = Box(*np.min([fact.tail, fact.head], axis=0).tolist(), *np.max([fact.tail, fact.head], axis=0).tolist())
    return _is_inside(ends, artist) and _shaft_is_free(fact, later) and _head_is_free(fact, artist, later)


def _stands_out(colour: Any, grounds: Any) -> bool:
    rgba = to_rgba(colour)
    own = np.tile(255 * np.array(rgba[:3], np.float32), (len(grounds), 1))
    return rgba[3] == 1 and bool(np.all(contrast_ratio(own, grounds) >= _STANDS_OUT))


def _is_inside(box: Box, artist: Any) -> bool:
    """Whether a box is on the canvas, and in what it is clipped to."""
    (x0, y0), (x1, y1) = artist.figure.bbox.get_points()
    if artist.get_clip_on():
        if artist.get_clip_path() is not None:
            return False
        if (window := artist.get_clip_box()) is not None:
            (a0, b0), (a1, b1) = window.get_points()
            x0, y0, x1, y1 = max(x0, a0), max(y0, b0), min(x1, a1), min(y1, b1)
    return bool(x0 <= box.x0 and y0 <= box.y0 and box.x1 <= x1 and box.y1 <= y1)


def _shaft_is_free(line: Line, later: list[Marker]) -> bool:
    """Whether a fair part of a line lies under nothing."""
    points = [
        (ax + share * (bx - ax), ay + share * (by - ay))
        for (ax, ay), (bx, by) in pairwise(line.path[:: max(1, len(line.path) // 8)])
        for share in (0.25, 0.4, 0.5, 0.6, 0.75)
    ]
    free = sum(not any(_is_in(point, marker) for marker in later) for point in points)
    return free >= max(2, 0.2 * len(points))


def _head_is_free(line: Line, artist: Any, later: list[Marker]) -> bool:
    """Whether the middle of an arrowhead lies under nothing."""
    style = artist.get_arrowstyle()
    if not hasattr(style, "_endarrow_head") or artist.patchB is not None or not style._endarrow_head:
        return False
    length = style.head_length * artist.get_mutation_scale()
    if length < _LONG:
        return False
    pixels = artist.figure.dpi / 72
    (ax, ay), (bx, by) = line.path[-2], line.path[-1]
    size = max(dist((ax, ay), (bx, by)), 1e-9)
    back = (artist.shrinkB + length / 2) * pixels / size
    middle = bx - back * (bx - ax), by - back * (by - ay)
    return not any(_is_in(middle, marker) for marker in later)


def _is_in(point: Point, marker: Marker) -> bool:
    box, (x, y) = marker.box, point
    if not (box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1):
        return False
    (cx, cy) = box.centre
    return not marker.round or ((x - cx) / box.width) ** 2 + ((y - cy) / box.height) ** 2 <= 0.25
