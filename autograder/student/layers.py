"""Draw a figure as a pile of layers: what each path and each text covers, in which colour, and in which order.

Matplotlib tells a renderer path by path and text by text what to draw. Ours draws each of them alone and opaque on
an empty canvas, keeps the part of the canvas that it covers, and wipes the canvas. For each pixel of a layer, the pile
tells what is behind it, and how much of it the later layers let through. A drawing takes at most a small canvas and
a fixed number of pixels: beyond that, nothing more is recorded.
"""

import math
from collections.abc import Iterable
from functools import partial
from itertools import groupby
from typing import Any

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from ..wire.facts import Box
from .order import draw_in_order

#: The canvas has at most this many pixels along each side.
_MOST_SIDE = 1000
#: The most layers of one figure, and the most pixels of all its layers.
_MOST_LAYERS, _MOST_PIXELS = 3000, 12_000_000
#: Pixels around a layer for blurred edges and pointed corners.
_MARGIN = 3


class Layer:
    """What one path or text covers."""

    def __init__(self, tag: Any, number: int, top: int, left: int, ink: Any, whole: float) -> None:
        self.tag, self.number = tag, number
        self.top, self.left, self.ink = top, left, ink
        self.whole = whole
        """All its ink in full pixels, including what is cut off."""
        self.colour, self.opacity, self.width = np.zeros(3), 1.0, 0.0
        self.solid = False
        """Whether it hides all that is behind its pixels, as the background of a figure does."""
        self.views: Views | None = None

    @property
    def place(self) -> tuple[slice, slice]:
        """Its place on the canvas."""
        height, width = self.ink.shape
        return slice(self.top, self.top + height), slice(self.left, self.left + width)

    def cover(self) -> Any:
        """How much of each pixel it covers, from 0 to 1."""
        return self.ink * np.float32(self.opacity / 255)


class Views:
    """The pixels where an artist is drawn: without it, with it, and in the finished figure; and what covers it."""

    def __init__(self, top: int, left: int, behind: Any) -> None:
        self.top, self.left = top, left
        self.behind = self.drawn = self.finished = behind
        self.through: Any = None

    def at(self, layer: Layer) -> tuple[Any, ...]:
        """Behind, drawn, finished and through, for the pixels of a layer."""
        (rows, columns), top, left = layer.ink.shape, layer.top - self.top, layer.left - self.left
        place = slice(top, top + rows), slice(left, left + columns)
        return tuple(view[place] for view in (self.behind, self.drawn, self.finished, self.through))


class Pile:
    """All layers of a figure, from the one at the back to the one in front."""

    def __init__(self, figure: Any) -> None:
        self.figure = figure
        self.height = figure.bbox.height
        self.renderer = self._new_renderer()
        self.layers: list[Layer] = []
        self.groups: list[Any] = []
        self.numbers: dict[Any, int] = {}
        self.spent = 0
        self.full = False
        self.failed: set[int] = set()
        """The ids of the artists that could not be drawn."""

    def draw(self, window: Box, tags: Iterable[Any]) -> None:
        """Draw the figure.

        Args:
            window: the part of the figure's plane that the canvas shows, in the figure's pixels.
            tags: the artists to make views for, as their ``gid``.
        """
        self.tags = set(tags)
        self.scale = min(1.0, _MOST_SIDE / max(window.width, window.height, 1.0))
        self.rows, self.columns = (max(1, math.ceil(side * self.scale)) for side in (window.height, window.width))
        self.canvas = RendererAgg(self.columns, self.rows, self.figure.dpi * self.scale)
        self.canvas.mathtext_parser = self.renderer.mathtext_parser  # it keeps what it has parsed
        self.pixels = np.asarray(self.canvas.buffer_rgba())
        self.to_canvas = Affine2D().translate(-window.x0, -window.y0).scale(self.scale)
        draw_in_order(self.figure, self._draw_one)
        if not self.full:
            self.put_together()

    def _draw_one(self, artist: Any) -> None:
        depth = len(self.groups)
        try:
            artist.draw(self.renderer)
        except Exception:
            parts = [getattr(artist, name, None) for name in ("_bbox_patch", "arrow_patch")]
            self.failed |= {id(part) for part in [artist, *parts]}
            del self.groups[depth:]

    def _new_renderer(self) -> Any:
        """A renderer that measures as usual, without memory for pixels, and tells us what it is to draw."""
        renderer: Any = RendererAgg(1, 1, self.figure.dpi)
        renderer.width, renderer.height = self.figure.bbox.width, self.height
        for name in ("draw_path", "draw_text", "draw_image", "open_group", "close_group"):
            setattr(renderer, name, getattr(self, name))
        for name in ("draw_markers", "draw_path_collection", "draw_quad_mesh"):  # these draw path by path
            setattr(renderer, name, partial(getattr(RendererBase, name), renderer))
        for name in ("draw_gouraud_triangles", "start_filter", "stop_filter"):  # no ordinary drawing needs these
            setattr(renderer, name, lambda *args: None)
        return renderer

    def open_group(self, s: str, gid: Any = None) -> None:
        """Begin an artist; its tag is in ``gid``."""
        self.groups.append(gid)

    def close_group(self, s: str) -> None:
        """End an artist."""
        if self.groups:
            self.groups.pop()

    def draw_path(self, gc: Any, path: Any, transform: Any, rgbFace: Any = None) -> None:
        """Record a path: its face, then its edge."""
        whole = (transform + self.to_canvas).frozen()
        number = self._next_number()
        colour = gc.get_rgb()
        if rgbFace is not None:
            opacity = gc.get_alpha() if gc.get_forced_alpha() or len(rgbFace) == 3 else rgbFace[3]
            self._draw_outline(gc, path, whole, number, (rgbFace, opacity, 0.0))
        if gc.get_linewidth() > 0:
            self._draw_outline(gc, path, whole, number, (colour, colour[3], float(gc.get_linewidth())))

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None
    ) -> None:
        """Record a text."""
        place = float(x), float(self.height - y)
        (x, y), number = self.to_canvas.transform(place).tolist(), self._next_number()
        width, height, descent = self.canvas.get_text_width_height_descent(s, prop, ismath)
        corners = [(0, -descent), (width, -descent), (0, height - descent), (width, height - descent)]
        turned = Affine2D().rotate_deg(angle).translate(x, y).transform(corners)
        pen = self._pen(gc, 1.0)

        def draw() -> None:
            self.canvas.draw_text(pen, x, self.rows - y, s, prop, angle, ismath, mtext)

        colour = gc.get_rgb()
        self._record(gc, turned, number, draw, (colour, colour[3], 0.0))

    def draw_image(self, gc: Any, x: float, y: float, im: Any) -> None:
        """Record an image. It hides what is behind it and counts as one colour."""
        rows, columns = im.shape[:2]
        outline = Path([(x, y), (x + columns, y), (x + columns, y + rows), (x, y + rows), (x, y)], closed=True)
        opaque = im[..., 3] > 0
        if np.any(opaque):
            colour = im[opaque][:, :3].mean(axis=0) / 255
            opacity = float(im[..., 3].mean()) / 255
            self._draw_outline(gc, outline, self.to_canvas, self._next_number(), (colour, opacity, 0.0))

    def _next_number(self) -> int:
        tag = self.groups[-1] if self.groups else None
        self.numbers[tag] = self.numbers.get(tag, -1) + 1
        return self.numbers[tag]

    def _draw_outline(self, gc: Any, path: Any, whole: Any, number: int, paint: tuple[Any, float, float]) -> None:
        points = np.asarray(path.vertices, float)
        if path.codes is not None:
            points = points[path.codes != Path.CLOSEPOLY]
        pen = self._pen(gc, paint[2])
        face = (0.0, 0.0, 0.0, 1.0) if paint[2] == 0 else None
        self._record(
            gc, whole.transform(points), number, lambda: self.canvas.draw_path(pen, path, whole, face), paint
        )  # fmt: skip

    def _pen(self, gc: Any, width: float) -> Any:
        """A pen for opaque black, without clipping to a rectangle. We clip later, to know what is cut off."""
        pen = self.canvas.new_gc()
        pen.copy_properties(gc)
        pen.set_hatch(None)
        pen.set_sketch_params(None)
        pen.set_joinstyle("round")  # pointed corners would reach beyond the layer
        pen.set_alpha(1.0)
        pen.set_foreground((0.0, 0.0, 0.0, 1.0))
        pen.set_linewidth(width)
        pen.set_clip_rectangle(None)
        path, transform = gc.get_clip_path()
        if path is not None:
            pen._clippath = _Clip(path, (transform + self.to_canvas).frozen())
        return pen

    def _record(self, gc: Any, points: Any, number: int, draw: Any, paint: tuple[Any, float, float]) -> None:
        colour, opacity, width = paint
        points = points[np.all(np.isfinite(points), axis=1)] if len(points) else points
        if self.full or not len(points) or not 0 < opacity <= 1:
            return
        margin = _MARGIN + 2 * width * self.canvas.dpi / 72
        (x0, y0), (x1, y1) = points.min(axis=0) - margin, points.max(axis=0) + margin
        left, right = (int(min(max(x, 0), self.columns)) for x in (x0, x1 + 1))
        top, bottom = (int(min(max(self.rows - y, 0), self.rows)) for y in (y1, y0 - 1))
        if right <= left or bottom <= top:
            return
        self.spent += (right - left) * (bottom - top)
        self.full = self.spent > _MOST_PIXELS or len(self.layers) >= _MOST_LAYERS
        draw()
        place = slice(top, bottom), slice(left, right)
        ink = self.pixels[place][..., 3].copy()
        self.pixels[place] = 0
        share = (right - left) * (bottom - top) / max((x1 - x0) * (y1 - y0), 1.0)
        layer = Layer(
            self.groups[-1] if self.groups else None, number, top, left, ink, float(ink.sum()) / 255 / min(1.0, share)
        )
        layer.colour = np.array([255 * float(part) for part in list(colour)[:3]], np.float32)
        layer.opacity, layer.width = float(opacity), width
        self._cut(layer, gc.get_clip_rectangle())
        layer.solid = layer.opacity == 1 and bool(layer.ink.min() == 255)
        self.layers.append(layer)

    def _cut(self, layer: Layer, window: Any) -> None:
        """Leave out what is outside the rectangle that the artist is clipped to."""
        if window is None:
            return
        (x0, y0), (x1, y1) = self.to_canvas.transform(window.get_points())
        left, right = (round(x - layer.left) for x in (x0, x1))
        top, bottom = (round(self.rows - y - layer.top) for y in (y1, y0))
        kept = np.zeros_like(layer.ink)
        inside = slice(max(top, 0), max(bottom, 0)), slice(max(left, 0), max(right, 0))
        kept[inside] = layer.ink[inside]
        layer.ink = kept

    def put_together(self) -> None:
        """Put the layers on top of each other, and find the views of each tagged artist."""
        picture = np.full((self.rows, self.columns, 3), 255, np.float32)
        through = np.ones((self.rows, self.columns), np.float32)
        groups = [(tag in self.tags, list(group)) for tag, group in groupby(self.layers, lambda layer: layer.tag)]
        viewed: list[tuple[Views, tuple[slice, slice]]] = []
        for tagged, layers in groups:
            place = _around(layers)
            views = Views(place[0].start, place[1].start, picture[place].copy()) if tagged else None
            for layer in layers:
                part = picture[layer.place]
                if layer.solid:
                    part[:] = layer.colour
                else:
                    part += layer.cover()[..., None] * (layer.colour - part)
                layer.views = views
            if views is not None:
                views.drawn = picture[place].copy()
                viewed.append((views, place))
        for tagged, layers in reversed(groups):
            if tagged:
                views, place = viewed.pop()
                views.finished, views.through = picture[place], through[place].copy()
            for layer in layers:
                part = through[layer.place]
                part *= 0 if layer.solid else 1 - layer.cover()


def _around(layers: list[Layer]) -> tuple[slice, slice]:
    """The smallest rectangle of pixels that holds all layers."""
    rows, columns = zip(*(layer.place for layer in layers), strict=True)
    return (
        slice(min(row.start for row in rows), max(row.stop for row in rows)),
        slice(min(column.start for column in columns), max(column.stop for column in columns)),
    )


class _Clip:
    """A path to clip to, in the form that a graphics context expects."""

    def __init__(self, path: Any, transform: Any) -> None:
        self.path, self.transform = path, transform

    def get_transformed_path_and_affine(self) -> tuple[Any, Any]:
        """The path and its transformation."""
        return self.path, self.transform
