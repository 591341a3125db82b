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
from matplotlib.colors import to_rgba
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from ..wire.facts import Box
from .filters import filtered
from .order import draw_in_order
from .views import Layer, Views, around

#: The canvas has at most this many pixels along each side.
_MOST_SIDE = 1000
#: The most layers of one figure, and the most pixels of all its layers.
_MOST_LAYERS, _MOST_PIXELS = 3000, 12_000_000
#: Pixels around a layer for blurred edges and pointed corners.
_MARGIN = 3
#: How far a sketched line may stray from its course, in points.
_FARTHEST = 20.0


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
        self.filtered: list[int] = []
        """The number of layers at the beginning of each filter that has not ended."""
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
            del self.groups[depth:], self.filtered[:]

    def _new_renderer(self) -> Any:
        """A renderer that measures as usual, without memory for pixels, and tells us what it is to draw."""
        renderer: Any = RendererAgg(1, 1, self.figure.dpi)
        renderer.width, renderer.height = self.figure.bbox.width, self.height
        for name in (
            "draw_path", "draw_text", "draw_image", "draw_gouraud_triangles",
            "open_group", "close_group", "start_filter", "stop_filter",
        ):  # fmt: skip
            setattr(renderer, name, getattr(self, name))
        for name in ("draw_markers", "draw_path_collection", "draw_quad_mesh"):  # these draw path by path
            setattr(renderer, name, partial(getattr(RendererBase, name), renderer))
        return renderer

    def open_group(self, s: str, gid: Any = None) -> None:
        """Begin an artist; its tag is in ``gid``."""
        self.groups.append(gid)

    def close_group(self, s: str) -> None:
        """End an artist."""
        if self.groups:
            self.groups.pop()

    def start_filter(self) -> None:
        """Begin an artist with a filter: a function of the student's that changes its picture."""
        self.filtered.append(len(self.layers))

    def stop_filter(self, change: Any) -> None:
        """Filter what was recorded since the beginning of the artist."""
        first = self.filtered.pop()
        self.layers[first:] = filtered(self.layers[first:], change, self.pixels.shape[:2], self.canvas.dpi)

    def draw_path(self, gc: Any, path: Any, transform: Any, rgbFace: Any = None) -> None:
        """Record a path: its face, then its hatch, then its edge."""
        whole = (transform + self.to_canvas).frozen()
        number = self._next_number()
        if _is_scribbled(gc, self.figure.dpi):
            return
        colour = gc.get_rgb()
        if rgbFace is not None:
            opacity = gc.get_alpha() if gc.get_forced_alpha() or len(rgbFace) == 3 else rgbFace[3]
            self._draw_outline(gc, path, whole, number, (rgbFace, opacity, 0.0))
        if gc.get_hatch() is not None:
            ink = to_rgba(gc.get_hatch_color())
            self._draw_outline(gc, path, whole, number, (ink, ink[3], 0.0), hatch=gc.get_hatch())
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
        """Record an image. It hides what is behind its opaque pixels, and counts as one colour."""
        rows, columns = im.shape[:2]
        outline = Path([(x, y), (x + columns, y), (x + columns, y + rows), (x, y + rows), (x, y)], closed=True)
        opaque = im[..., 3] > 0
        if not np.any(opaque):
            return
        colour, number = im[opaque][:, :3].mean(axis=0) / 255, self._next_number()
        if gc.get_clip_path()[0] is not None or im[..., 3].min() == im[..., 3].max():
            opacity = float(im[..., 3].mean()) / 255
            self._draw_outline(gc, outline, self.to_canvas, number, (colour, opacity, 0.0))
        else:
            corners = self.to_canvas.transform(outline.vertices)
            self._record(gc, corners, number, lambda: self._stamp(x, y, im), (colour, 1.0, 0.0))

    def _stamp(self, x: float, y: float, im: Any) -> None:
        """Draw the opacity of an image: each pixel of the canvas gets that of the image pixel there."""
        (left, bottom), step = self.to_canvas.transform((x, y)), 1 / self.scale
        columns = np.floor((np.arange(self.columns) + 0.5 - left) * step).astype(int)
        rows = np.floor((self.rows - np.arange(self.rows) - 0.5 - bottom) * step).astype(int)
        across, down = (columns >= 0) & (columns < im.shape[1]), (rows >= 0) & (rows < im.shape[0])
        self.pixels[np.ix_(down, across, [3])] = im[np.ix_(rows[down], columns[across], [3])]

    def draw_gouraud_triangles(self, gc: Any, triangles_array: Any, colors_array: Any, transform: Any) -> None:
        """Record shaded triangles. Together they count as one colour."""
        triangles, colours = np.asarray(triangles_array, float), np.asarray(colors_array, float)
        seen = (colours[..., 3] > 0).any(axis=1) & np.isfinite(triangles).all(axis=(1, 2))
        number = self._next_number()
        if np.any(seen):
            corners = triangles[seen][:, [0, 1, 2, 0]].reshape(-1, 2)
            codes = np.tile([Path.MOVETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY], int(seen.sum()))
            colour = colours[seen].mean(axis=(0, 1))
            whole = (transform + self.to_canvas).frozen()
            self._draw_outline(gc, Path(corners, codes), whole, number, (colour, float(colour[3]), 0.0))

    def _next_number(self) -> int:
        tag = self.groups[-1] if self.groups else None
        self.numbers[tag] = self.numbers.get(tag, -1) + 1
        return self.numbers[tag]

    def _draw_outline(
        self, gc: Any, path: Any, whole: Any, number: int, paint: tuple[Any, float, float], hatch: str | None = None
    ) -> None:
        points = np.asarray(path.vertices, float)
        if path.codes is not None:
            points = points[path.codes != Path.CLOSEPOLY]
        pen = self._pen(gc, paint[2])
        pen.set_hatch(hatch)
        pen.set_hatch_color((0.0, 0.0, 0.0, 1.0))
        face = (0.0, 0.0, 0.0, 1.0) if paint[2] == 0 and hatch is None else None
        self._record(
            gc, whole.transform(points), number, lambda: self.canvas.draw_path(pen, path, whole, face), paint
        )  # fmt: skip

    def _pen(self, gc: Any, width: float) -> Any:
        """A pen for opaque black, without clipping to a rectangle. We clip later, to know what is cut off."""
        pen = self.canvas.new_gc()
        pen.copy_properties(gc)
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
            place = around(layers)
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


def _is_scribbled(gc: Any, dpi: float) -> bool:
    """Whether a sketched line strays so far that nobody can follow it."""
    return gc.get_sketch_params() is not None and gc.get_sketch_params()[0] * 72 / dpi > _FARTHEST


class _Clip:
    """A path to clip to, in the form that a graphics context expects."""

    def __init__(self, path: Any, transform: Any) -> None:
        self.path, self.transform = path, transform

    def get_transformed_path_and_affine(self) -> tuple[Any, Any]:
        """The path and its transformation."""
        return self.path, self.transform
