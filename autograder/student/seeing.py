"""Measure how well the things in a figure can be seen: how much of each is left, and how well it stands out."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.text import Text as TextArtist

from ..wire.facts import Box, Point, Sight
from .coarse import look_coarsely
from .layers import Pile
from .order import draw_at_once
from .views import Layer, unburied

#: A pixel counts as covered if less than this share of it shows through what is on top of it.
_COVERED = 0.05
#: A stroke around letters that is wider than this share of their size leaves only a blob, if nothing is drawn on it.
_BLOB = 0.4
#: A text with more layers than this is neither a name nor a label.
_MOST_OWN = 50
#: From this contrast on, a thing stands out. An arrow within this many pixels of a line lies on it.
_CLEAR, _ON = 1.2, 2.0
#: No sensible drawing has more lines.
_MOST_CROSSED = 200
#: If anything reaches beyond the canvas by this many times its size, we look at the canvas alone.
_LARGEST_GROWTH = 2.0

#: The linear brightness of each of the 256 values of a colour channel.
_LINEAR = np.where(
    np.arange(256) <= 10, np.arange(256) / 255 / 12.92, ((np.arange(256) / 255 + 0.055) / 1.055) ** 2.4
).astype(np.float32)
_SHARES = np.array([0.2126, 0.7152, 0.0722], np.float32)


@dataclass
class Part:
    """The part of an artist that a fact is about."""

    artist: Artist
    sight: Sight
    """Will be filled in."""
    size: float
    """In points; 0 to measure a line's width."""
    piece: int = 0
    """Which of the pieces that the artist consists of: an arrow of line and heads, a collection of its items."""
    pieces: int = 1
    near: list[Point] | None = None
    """Only pixels near this line."""
    twin: Any = None
    """Equal for things that look the same and are in the same place."""
    ends: tuple[Point, Point] | None = None
    """Where this line, or the line whose head this is, begins and ends."""
    beyond: tuple[Point, Point] | None = None
    """Only pixels beyond the first point, in the direction of the second."""


def look(pile: Pile, parts: list[Part], boxes: list[Box]) -> None:
    """Draw a figure, and write into the sight of each part how well it can be seen.

    Nothing changes for artists that matplotlib can draw and we cannot. A drawing that is too large to examine gets a
    coarse look.

    Args:
        pile: the figure's pile, still empty. Everything in the figure is in its place.
        parts: the parts to examine.
        boxes: the places of things that are not cut off at the figure's edge in the picture of a notebook.

    Raises:
        Exception: matplotlib cannot draw the figure.
    """
    tags = {id(part.artist): part.artist for part in parts}
    before = {tag: artist.get_gid() for tag, artist in tags.items()}
    try:
        for tag, artist in tags.items():
            artist._gid = tag  # type: ignore[attr-defined]  # set_gid would mark it as changed
        pile.draw(window_of(pile.figure, boxes), tags)
    finally:
        for tag, artist in tags.items():
            artist._gid = before[tag]  # type: ignore[attr-defined]
    if pile.failed:
        draw_at_once(pile.figure)
    if pile.full:
        look_coarsely(pile.figure, [(part.artist, part.sight) for part in parts])
        return
    _see_all(pile, parts)
    _see_twins(pile, parts)


def _see_all(pile: Pile, parts: list[Part]) -> None:
    tags = {id(part.artist) for part in parts}
    layers: dict[int, list[Layer]] = {tag: [] for tag in tags}
    for layer in pile.layers:
        if layer.tag in layers:
            layers[layer.tag].append(layer)
    for part in parts:
        if id(part.artist) not in pile.failed:
            _see(part, pile, layers[id(part.artist)])


def _see_twins(pile: Pile, parts: list[Part]) -> None:
    """Look again at things that are drawn several times in the same place, and hide each other.

    The last one counts, as if the others were not there, if that makes it clearer. An arrow may also lie on a longer
    line of its colour.
    """
    twins: dict[Any, list[Part]] = {}
    for part in parts:
        if part.twin is not None:
            twins.setdefault(part.twin, []).append(part)
    groups = [group for group in twins.values() if len({id(part.artist) for part in group}) > 1]
    groups += _on_lines(parts)
    if not groups:
        return
    last = {id(group[-1].artist) for group in groups}
    gone = {id(part.artist) for group in groups for part in group} - last
    pile.layers = [layer for layer in pile.layers if layer.tag not in gone]
    pile.put_together()
    again = [(part, replace(part, sight=replace(part.sight))) for part in parts if id(part.artist) in last]
    _see_all(pile, [copy for _, copy in again])
    for part, copy in again:
        if _clearness((copy.sight.contrast, copy.sight.left)) > _clearness((part.sight.contrast, part.sight.left)):
            for name in ("contrast", "left", "opacity", "size"):
                setattr(part.sight, name, getattr(copy.sight, name))


def _on_lines(parts: list[Part]) -> list[list[Part]]:
    """Find arrows that do not stand out from another artist's lines below them; return each after those lines."""
    lines = [part for part in parts if part.ends and not part.size][:_MOST_CROSSED]
    found = []
    for part in parts[: 2 * _MOST_CROSSED]:
        is_arrow = part.ends is not None and part.twin is not None
        if is_arrow and part.sight.contrast < _CLEAR and part.sight.left > 0.5:  # else something lies on it
            under = [line for line in lines if line.artist is not part.artist and _lies_on(part, line)]
            found += [[*under, part]] if under else []
    return found


def _lies_on(part: Part, line: Part) -> bool:
    """Whether an arrow lies on a line. A head must be wider than the line, or nobody can see it."""
    assert part.ends
    assert line.ends
    (ax, ay), (bx, by) = line.ends
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    if square <= 0 or (part.size and part.size <= line.sight.size):
        return False
    for x, y in part.ends:
        share = min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / square))
        if np.hypot(x - ax - share * dx, y - ay - share * dy) > _ON:
            return False
    return True


def window_of(figure: Any, boxes: list[Box]) -> Box:
    """The box of the figure, with everything that a notebook's picture shows beyond its edge.

    Args:
        figure: the figure.
        boxes: the places of things that are not cut off at its edge.
    """
    width, height = float(figure.bbox.width), float(figure.bbox.height)
    whole = Box(0.0, 0.0, width, height)
    near = [
        box
        for box in boxes
        if min(box.x0 / width, box.y0 / height) > -_LARGEST_GROWTH
        and max(box.x1 / width, box.y1 / height) < 1 + _LARGEST_GROWTH
    ]
    if len(near) < len(boxes):  # the picture would be so large that we look at the figure alone
        return whole
    pad = 2.0
    return Box(
        min([0.0, *(box.x0 - pad for box in near)]),
        min([0.0, *(box.y0 - pad for box in near)]),
        max([whole.x1, *(box.x1 + pad for box in near)]),
        max([whole.y1, *(box.y1 + pad for box in near)]),
    )


def _see(part: Part, pile: Pile, layers: list[Layer]) -> None:
    """Fill in the contrast and opacity of a part's clearest layer, and the share that is left of all its layers."""
    own = layers
    paths = pile.numbers.get(id(part.artist), -1) + 1
    if part.pieces > 1 and paths % part.pieces == 0:  # path effects draw each piece several times
        each = paths // part.pieces
        layers = [layer for layer in layers if layer.number // each == part.piece]
    if isinstance(part.artist, TextArtist) and part.artist.get_path_effects() and len(own) <= _MOST_OWN:
        layers = unburied(layers, own)
        if all(layer.width > _BLOB * part.size for layer in layers):
            layers = []
    sights = [sight for layer in layers if (sight := _sight(part, layer, pile)) is not None]
    if part.beyond and not sights:  # we do not know its shape, so we use the whole of it
        part.beyond = None
        sights = [sight for layer in layers if (sight := _sight(part, layer, pile)) is not None]
    best = max(sights, key=_clearness, default=(1.0, 0.0, 0.0, 0.0, 0.0))
    part.sight.contrast, part.sight.opacity = float(best[0]), float(best[2])
    part.sight.left = float(sum(s[1] * s[4] for s in sights) / max(sum(s[4] for s in sights), 1e-9))
    part.sight.size = float(part.size or max((sight[3] for sight in sights), default=0.0))


def _clearness(sight: tuple[float, ...]) -> tuple[bool, float]:
    contrast, left = sight[:2]
    return contrast >= _CLEAR, left * (contrast - 1)


def _sight(part: Part, layer: Layer, pile: Pile) -> tuple[float, ...] | None:
    """Contrast, share that is left, opacity, width in points, and ink; None if the layer has nothing of the part."""
    ink, whole = layer.ink / np.float32(255), layer.whole
    if part.near is not None or part.beyond is not None:
        ink = ink * _region(part, layer, pile)
        whole = float(ink.sum())
    if whole <= 0:
        return None
    assert layer.views is not None
    behind, drawn, finished, through = layer.views.at(layer)
    clear = ink * (through >= _COVERED)
    left = min(1.0, float(clear.sum()) / whole)
    contrast = _contrast(layer, clear, behind, drawn, finished, through) if left > 0 else 1.0
    return contrast, left, layer.opacity, _width(part, layer, pile, whole), whole


def _width(part: Part, layer: Layer, pile: Pile, whole: float) -> float:
    points = 72 / pile.canvas.dpi
    if part.near is None:
        return layer.width or float(whole) ** 0.5 * points
    course = pile.to_canvas.transform(part.near)
    length = float(np.hypot(*np.diff(course, axis=0).T).sum())
    return max(layer.width, whole / max(length, 1.0) * points if not layer.width else 0.0)


def _region(part: Part, layer: Layer, pile: Pile) -> Any:
    """The pixels of a layer that belong to a part."""
    rows, columns = np.indices(layer.ink.shape, np.float32)
    x, y = columns + (layer.left + 0.5), pile.rows - rows - (layer.top + 0.5)
    inside = np.ones(layer.ink.shape, bool)
    if part.near is not None:
        course = pile.to_canvas.transform(part.near)
        reach = 1.5 + layer.width * pile.canvas.dpi / 144
        nearest = np.full(layer.ink.shape, np.inf, np.float32)
        for (ax, ay), (bx, by) in pairwise(course):
            dx, dy = bx - ax, by - ay
            share = np.clip(((x - ax) * dx + (y - ay) * dy) / max(dx * dx + dy * dy, 1e-9), 0, 1)
            nearest = np.minimum(nearest, np.hypot(x - ax - share * dx, y - ay - share * dy))
        inside &= nearest <= reach
    if part.beyond is not None:
        (ax, ay), (bx, by) = pile.to_canvas.transform(part.beyond)
        inside &= (x - ax) * (bx - ax) + (y - ay) * (by - ay) >= 0
    return inside


def _contrast(layer: Layer, inks: Any, behind: Any, drawn: Any, finished: Any, through: Any) -> float:
    """The contrast of the finished picture with this layer against the same without its artist, at half its pixels."""
    chosen = inks > 0
    inks, through, behind = inks[chosen], through[chosen][:, None], behind[chosen]
    without = finished[chosen] - through * (drawn[chosen] - behind)
    full = without + through * np.float32(layer.opacity) * (layer.colour - behind)
    ratios = contrast_ratio(full, without)
    order = np.argsort(-ratios)
    half = np.searchsorted(np.cumsum(inks[order]), inks.sum() / 2)
    return float(ratios[order][min(int(half), len(order) - 1)])


def contrast_ratio(one: Any, other: Any) -> Any:
    """The contrast ratio of WCAG 2 between colours, of shape (n, 3) with values from 0 to 255.

    The eye can tell red from green of the same brightness, but that ratio cannot. If one of these two channels
    alone has a contrast of more than 2.5, the square root of that counts if it is larger.
    """
    bright, dark = (_LINEAR[np.clip(np.rint(colours), 0, 255).astype(np.intp)] for colours in (one, other))
    ratio = _ratio(bright @ _SHARES, dark @ _SHARES)
    channels = _ratio(bright[:, :2], dark[:, :2]).max(axis=1)
    return np.where(channels > 2.5, np.maximum(ratio, np.sqrt(channels)), ratio)


def _ratio(one: Any, other: Any) -> Any:
    return (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)
