"""Bringing the artists of a figure to where they are drawn, without drawing the whole figure.

Matplotlib computes some positions only when it draws a figure: limits and aspect of axes, sizes of symbols,
annotations, the frames of texts. Drawing is the slowest part of reading a figure. Most of that time goes into ticks,
arrowheads and pixels that nobody looks at. So in an ordinary figure we only compute the positions, and draw only
unusual artists.
"""

from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import XAxis, YAxis
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import (
    Arrow,
    Circle,
    Ellipse,
    FancyArrow,
    FancyArrowPatch,
    FancyBboxPatch,
    Polygon,
    Rectangle,
    RegularPolygon,
)
from matplotlib.spines import Spine
from matplotlib.text import Annotation
from matplotlib.text import Text as TextArtist


def _usual() -> set[type]:
    """Artists of exactly these types are brought to their places below, or are always in place."""
    return {
        Axes, XAxis, YAxis, Spine, Legend, TextArtist, Annotation, Line2D, LineCollection, PathCollection,
        Arrow, Circle, Ellipse, FancyArrow, FancyArrowPatch, FancyBboxPatch,
        Polygon, Rectangle, RegularPolygon,
    }  # fmt: skip


def bring_to_places(figure: Figure, renderer: Any) -> None:
    """Bring all artists of a figure to their places, as saving it would.

    Args:
        figure: the figure.
        renderer: measures texts.
    """
    if not _is_usual(figure):
        figure.draw_without_rendering()
        return
    pixels, usual = None, _usual()
    for axes in figure.axes:
        axes.apply_aspect()
        _ = axes.viewLim  # asking for the limits computes them
    artists = [*figure.get_children(), *(child for axes in figure.axes for child in axes.get_children())]
    for artist in sorted(artists, key=lambda artist: artist.zorder):  # a label on an arrow needs the arrow's position
        if type(artist) in usual or _follows_an_arrow(artist):
            _bring_to_place(artist, renderer, figure.dpi)
        elif artist.get_visible():
            pixels = pixels or RendererAgg(figure.bbox.width, figure.bbox.height, figure.dpi)
            artist.draw(pixels)


def _is_usual(figure: Figure) -> bool:
    if type(figure) is not Figure or figure.get_layout_engine() is not None or figure.subfigs:
        return False
    return all(type(axes) is Axes and axes.get_axes_locator() is None and not axes.child_axes for axes in figure.axes)


def _follows_an_arrow(artist: Artist) -> bool:
    """Whether this is networkx's label on a curved edge."""
    return type(artist).__module__ == "networkx.drawing.nx_pylab" and hasattr(artist, "_update_text_pos_angle")


def _bring_to_place(artist: Artist, renderer: Any, dpi: float) -> None:
    """Do what the ``draw`` method of the artist's type does first."""
    if isinstance(artist, PathCollection):
        artist.set_sizes(artist.get_sizes(), dpi)
    elif isinstance(artist, FancyArrowPatch):
        artist._dpi_cor = renderer.points_to_pixels(1.0)  # type: ignore[attr-defined]
    elif isinstance(artist, TextArtist):
        if isinstance(artist, Annotation):
            artist.update_positions(renderer)
        elif _follows_an_arrow(artist):
            x, y, angle = artist._update_text_pos_angle(artist.arrow)  # type: ignore[attr-defined]
            artist.set_position((x, y))
            artist.set_rotation(angle)
        artist.update_bbox_position_size(renderer)
