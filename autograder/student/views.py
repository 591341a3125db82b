"""What one path or text of a figure covers, and how the figure looks in the same place."""

from typing import Any

import numpy as np

#: A layer is buried by others if less than this share of it is left.
_BURIED = 0.05


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


def around(layers: list[Layer]) -> tuple[slice, slice]:
    """The smallest rectangle of pixels that holds all layers."""
    rows, columns = zip(*(layer.place for layer in layers), strict=True)
    return (
        slice(min(row.start for row in rows), max(row.stop for row in rows)),
        slice(min(column.start for column in columns), max(column.stop for column in columns)),
    )


def unburied(layers: list[Layer], own: list[Layer]) -> list[Layer]:
    """Those of some layers that later ones of the same artist do not hide, as a stroke can hide its own letters.

    Args:
        layers: the layers in question.
        own: all layers of the artist, in the order of drawing.
    """
    kept = []
    for layer in layers:
        left = layer.cover()
        whole = float(left.sum())
        for later in own[own.index(layer) + 1 :]:
            rows, columns = _overlap(layer, later), _overlap(layer, later, 1)
            left[rows[0], columns[0]] *= 1 - later.cover()[rows[1], columns[1]]
        if float(left.sum()) >= _BURIED * whole:
            kept.append(layer)
    return kept


def _overlap(one: Layer, other: Layer, side: int = 0) -> tuple[slice, slice]:
    """The rows (or columns, if ``side`` is 1) that two layers share, as each of them counts."""
    a, b = one.place[side], other.place[side]
    start, stop = max(a.start, b.start), max(min(a.stop, b.stop), a.start, b.start)
    return slice(start - a.start, stop - a.start), slice(start - b.start, stop - b.start)
