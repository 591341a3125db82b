"""The orders for the confined process that sets pages, and its answers."""

import msgspec


class Setting(msgspec.Struct, tag="set", frozen=True):
    """Make a PDF."""

    source: str


class SetPages(msgspec.Struct, tag="pages", frozen=True):
    """A PDF, or why there is none."""

    pdf: bytes = b""
    problem: str = ""
    line: int = 0
    """The line of the source where the problem is; 0 if that is not known."""


class Seeing(msgspec.Struct, tag="see", frozen=True):
    """Read a picture or a PDF that a student handed in."""

    content: bytes


class PageImage(msgspec.Struct, frozen=True):
    """A picture, encoded again by us."""

    content: bytes
    width: float
    """In millimetres, as it is shown."""
    height: float


class Images(msgspec.Struct, tag="seen", frozen=True):
    """The pictures: one, or one for each page."""

    pictures: list[PageImage] = []
    problem: str = ""
    """Why there are none, or not all."""


Order = Setting | Seeing
Answer = SetPages | Images
