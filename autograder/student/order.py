"""Drawing the artists of a figure one by one, in matplotlib's order, or all at once."""

from collections.abc import Callable
from typing import Any

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure, FigureBase
from matplotlib.spines import Spine

from .frames import is_frame, may_cover


def draw_at_once(figure: Figure) -> None:
    """Draw a figure as matplotlib does.

    Raises:
        Exception: matplotlib cannot draw it, so nobody sees it.
    """
    figure.draw(RendererAgg(figure.bbox.width, figure.bbox.height, figure.dpi))


def draw_in_order(thing: Any, draw: Callable[[Any], None]) -> None:
    """Draw a figure or axes. Ordinary coordinate axes and frames are left out: they are slow to draw and cover nothing.

    Args:
        thing: the figure, or the axes.
        draw: draws one artist.
    """
    if not thing.get_visible():
        return
    framed = not isinstance(thing, Axes) or (thing.axison and thing.get_frame_on())
    if framed:
        draw(thing.patch)
    left_out: tuple[type, ...] = () if framed else (Spine,) if thing.axison else (Axis, Spine)
    children = [
        child
        for child in thing.get_children()
        if not (child is thing.patch or child.get_animated() or isinstance(child, left_out))
    ]
    for child in sorted(children, key=lambda child: child.get_zorder()):
        if isinstance(child, (Axes, FigureBase)):
            draw_in_order(child, draw)
        elif not is_frame(child) or may_cover(child):
            draw(child)
