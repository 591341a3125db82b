"""The messages with which our side asks a copy for the picture of a figure, and the picture: bytes, no file format."""

from typing import Annotated, TypeAlias

import msgspec

from .schema import Orders

#: The largest picture that may cross, in pixels.
WIDEST, HIGHEST = 1200, 900


class Show(msgspec.Struct, frozen=True, tag="show"):
    """Render a figure that the last watched call drew. The answer is ``Rendered``."""

    figure: int
    """Its number; see ``Drawing``."""


ToCopy: TypeAlias = Orders | Show


class Pixels(msgspec.Struct, frozen=True, kw_only=True):
    """A figure as pixels: rows from top to bottom, and for each pixel a byte for red, green and blue."""

    width: Annotated[int, msgspec.Meta(ge=1, le=WIDEST)]
    height: Annotated[int, msgspec.Meta(ge=1, le=HIGHEST)]
    data: Annotated[bytes, msgspec.Meta(min_length=3, max_length=3 * WIDEST * HIGHEST)]
    left: float
    """Where its left edge is, in the pixels of the facts of a drawing."""
    bottom: float
    """Where its lower edge is."""
    scale: float
    """How many of its pixels make up one pixel of the facts, along each side."""


class Rendered(msgspec.Struct, frozen=True, tag="rendered"):
    """The answer to ``Show``."""

    pixels: Pixels | None = None
    """None if the figure has changed since it was read, or cannot be rendered."""
