"""Applying a filter of the student's to the layers of an artist, as matplotlib applies it to a picture of them."""

from typing import Any

import numpy as np

from .views import Layer, around

#: What is fainter than this is not there.
_TOO_FAINT = 0.05


def filtered(layers: list[Layer], change: Any, size: tuple[int, int], dpi: float) -> list[Layer]:
    """Return layers as they are after a filter, with one more behind them for what the filter adds around them.

    Args:
        layers: the layers of an artist.
        change: the filter, as ``Artist.set_agg_filter`` takes it.
        size: the rows and columns of the canvas.
        dpi: its resolution.
    """
    if not layers:
        return []
    place = around(layers)
    picture = np.zeros((*size, 4))
    for layer in layers:
        _lay(layer, picture[layer.place])
    before = picture[..., 3].copy()
    changed, right, up = change(picture[place], dpi)
    changed = np.asarray(changed)
    changed = changed if changed.dtype.kind == "f" else changed / 255
    after = np.zeros((*size, 4))
    _paste(changed, place[0].stop - round(up) - len(changed), place[1].start + round(right), after)
    for layer in layers:
        _weaken(layer, before[layer.place], after[layer.place])
    return [_ground(after, before), *layers]


def _lay(layer: Layer, picture: Any) -> None:
    """Lay the ink of a layer over what is in its place: colours from 0 to 1, and opacity."""
    cover = layer.cover()
    whole = cover + picture[..., 3] * (1 - cover)
    share = (cover / np.maximum(whole, 1e-9))[..., None]
    picture[..., :3] += share * (layer.colour / 255 - picture[..., :3])
    picture[..., 3] = whole


def _paste(picture: Any, top: int, left: int, target: Any) -> None:
    """Copy a picture to a place that may be partly outside the target."""
    rows, columns = (
        slice(max(0, start), max(0, start + length)) for start, length in zip((top, left), picture.shape, strict=False)
    )
    part = target[rows, columns]
    part[:] = picture[rows.start - top :, columns.start - left :][: part.shape[0], : part.shape[1]]


def _weaken(layer: Layer, before: Any, after: Any) -> None:
    """Give a layer the colour and opacity that the filter leaves it."""
    chosen = layer.ink > 0
    share = after[..., 3] / np.maximum(before, 1e-9)
    layer.ink = np.where(after[..., 3] < _TOO_FAINT, 0, layer.ink).astype(np.uint8)
    layer.solid = layer.solid and bool(layer.ink.min() == 255)
    if np.any(chosen):
        layer.opacity *= float(np.clip(share[chosen].mean(), 0, 1))
        strength = after[..., 3][chosen][:, None]
        colour = (after[..., :3][chosen] * strength).sum(axis=0) / max(float(strength.sum()), 1e-9)
        layer.colour = (255 * np.clip(colour, 0, 1)).astype(np.float32)


def _ground(after: Any, before: Any) -> Layer:
    """What the filter adds, in one colour."""
    opacity = np.clip(after[..., 3] - before, 0, 1)
    ground = Layer(None, 0, 0, 0, (255 * opacity).astype(np.uint8), float(opacity.sum()))
    colour = (after[..., :3] * opacity[..., None]).sum(axis=(0, 1)) / max(ground.whole, 1e-9)
    ground.colour = (255 * np.clip(colour, 0, 1)).astype(np.float32)
    return ground
