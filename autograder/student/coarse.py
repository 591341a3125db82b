"""A quick look at drawings with too many things in them to examine each: what has no outline at all is not seen."""

from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text as TextArtist

from ..wire.facts import Sight
from .rendering import on_white

#: No picture with more pixels is made.
_MOST_PICTURED = 12_000_000
#: Pixels around a thing, so that what is behind it is in its box, too.
_SURROUNDINGS = 3.0
#: If no channel varies more than this (of 255), a box has one colour. Pale but legible letters vary more.
_EVEN = 6


def look_coarsely(figure: Any, things: list[tuple[Any, Sight]]) -> None:
    """Note which texts and arrows cannot be seen because all that is in their place has one colour.

    Other artists, and what reaches beyond the figure, count as seen.

    Args:
        figure: the figure.
        things: artists, and the sights to fill in.

    Raises:
        Exception: matplotlib cannot draw the figure.
    """
    width, height = figure.bbox.width, figure.bbox.height
    if width * height > _MOST_PICTURED:
        return
    renderer = RendererAgg(width, height, figure.dpi)
    figure.draw(renderer)
    picture = on_white(np.asarray(renderer.buffer_rgba()))
    for artist, sight in things:
        if isinstance(artist, (TextArtist, FancyArrowPatch)) and artist.get_visible():
            (x0, y0), (x1, y1) = artist.get_window_extent(renderer).get_points()
            if _has_one_colour(
                picture,
                x0 - _SURROUNDINGS,
                height - y1 - _SURROUNDINGS,
                x1 + _SURROUNDINGS,
                height - y0 + _SURROUNDINGS,
            ):
                sight.contrast = 1.0


def _has_one_colour(picture: Any, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether a box is inside a picture and hardly varies."""
    rows, columns = picture.shape[:2]
    if not (0 <= left < right <= columns and 0 <= top < bottom <= rows):
        return False
    part = picture[int(top) : int(bottom) + 1, int(left) : int(right) + 1]
    return bool(np.ptp(part, axis=(0, 1)).max() <= _EVEN)
