"""Finding the place of a text's letters, without the blanks around them."""

from contextlib import ExitStack
from typing import Any

import numpy as np
from matplotlib.text import Text as TextArtist
from matplotlib.transforms import Affine2D

from ..wire.facts import Box
from .replacing import replaced
from .symbols import box_of


def box_of_text(artist: TextArtist, renderer: Any) -> Box:
    """The box around a text.

    Blank lines and spaces at its beginning and end take part in its alignment, but nobody sees them. So they are not
    in the box.

    Args:
        artist: the text.
        renderer: measures texts.
    """
    text = artist.get_text()
    letters = _corners_of_letters(artist, renderer) if text != text.strip() and not artist.get_usetex() else []
    if letters:
        return Box(*np.min(letters, axis=0).tolist(), *np.max(letters, axis=0).tolist())
    return box_of(TextArtist.get_window_extent(artist, renderer))


def _corners_of_letters(artist: TextArtist, renderer: Any) -> list[Any]:
    """The corners of what is not blank in each line."""
    corners: list[Any] = []

    def note(
        gc: Any, x: float, y: float, line: str, font: Any, angle: float, ismath: Any = False, mtext: Any = None
    ) -> None:
        begin = line.lstrip()
        if begin:
            whole = renderer.get_text_width_height_descent(line, font, ismath)[0]
            rest = renderer.get_text_width_height_descent(begin, font, ismath)[0]
            width, height, descent = renderer.get_text_width_height_descent(begin.rstrip(), font, ismath)
            left, right, bottom, top = whole - rest, whole - rest + width, -descent, height - descent
            turned = Affine2D().rotate_deg(angle).translate(float(x), float(renderer.height - y))
            corners.extend(turned.transform([(left, bottom), (right, bottom), (left, top), (right, top)]))

    with ExitStack() as alone:  # without its frame, its path effects and its filter
        for owner, name, value in (
            (renderer, "draw_text", note),
            (renderer, "open_group", _do_nothing),
            (renderer, "close_group", _do_nothing),
            (artist, "_bbox_patch", None),
            (artist, "_path_effects", []),
            (artist, "_agg_filter", None),
        ):
            alone.enter_context(replaced(owner, name, value))
        TextArtist.draw(artist, renderer)
    return [corner for corner in corners if np.all(np.isfinite(corner))]


def _do_nothing(*_: Any, **__: Any) -> None:
    """Do nothing."""
