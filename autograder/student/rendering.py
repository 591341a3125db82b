"""Rendering a figure that has been read into pixels, when our side asks for its picture."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from ..wire.facts import Box
from ..wire.pixels import HIGHEST, WIDEST, Pixels


@dataclass
class FigureRead:
    """A figure that has been read."""

    figure: Figure
    window: Box
    """The part of its plane that a notebook's picture shows, in its pixels."""
    renderer: Any
    """The renderer that measured its texts."""
    is_still: Callable[[], bool] | None = None
    """Says whether the figure is unchanged since it was read; None if nothing could change it."""


def pixels_of(reading: FigureRead) -> Pixels | None:
    """Render a figure as it was when it was read; None if it has changed since.

    The picture is scaled down to the largest size that may cross the wall.

    Raises:
        Exception: matplotlib cannot render it.
    """
    if reading.is_still is not None and not reading.is_still():
        return None
    figure, window = reading.figure, reading.window
    scale = min(1.0, (WIDEST - 1) / window.width, (HIGHEST - 1) / window.height)  # matplotlib may round up
    dpi = float(figure.dpi)
    corners = [(window.x0 / dpi, window.y0 / dpi), (window.x1 / dpi, window.y1 / dpi)]
    rendered: list[Any] = []
    canvas = figure.canvas
    try:
        _Canvas(figure, reading.renderer).print_figure(
            rendered,
            format="pixels",
            dpi=dpi * scale,
            facecolor=figure.get_facecolor(),
            edgecolor=figure.get_edgecolor(),
            bbox_inches=Bbox(corners),
        )
    finally:
        figure.set_canvas(canvas)
    pixels = on_white(rendered[-1])[:HIGHEST, :WIDEST]
    height, width, _ = pixels.shape
    return Pixels(
        width=width, height=height, data=pixels.tobytes(), left=window.x0, bottom=window.y0, scale=scale
    )  # fmt: skip


class _Canvas(FigureCanvasAgg):
    """A canvas that can save a figure as an array."""

    def __init__(self, figure: Figure, measured: Any) -> None:
        super().__init__(figure)
        self.measured = measured

    def print_pixels(self, target: list[Any], **_: Any) -> None:
        """Add the rendered picture to a list: rows, columns, and red, green, blue and opacity as bytes."""
        renderer: Any = self.get_renderer()
        renderer.mathtext_parser = self.measured.mathtext_parser  # it keeps what it has parsed
        FigureCanvasAgg.draw(self)
        target.append(np.array(self.buffer_rgba()))


def on_white(picture: Any) -> Any:
    """Lay a picture that may be transparent on white paper. Matplotlib's colours are not multiplied by opacity."""
    opacity = picture[..., 3:]
    if np.all(opacity == 255):
        return np.ascontiguousarray(picture[..., :3])
    share = opacity.astype(np.float32) / 255
    return (255 + share * (picture[..., :3] - np.float32(255))).round().astype(np.uint8)
