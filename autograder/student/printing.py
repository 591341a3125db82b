"""Catching what a student's code prints, clipped while it comes in, so that endless printing takes no memory."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager

#: Characters that are kept of what one cell or one call prints.
LIMIT = 10_000


class Clipped(io.TextIOBase):
    """A text stream that keeps the beginning of what is written and counts the rest."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._kept = self._more = 0

    def writable(self) -> bool:
        """Always, whatever happens to the stream."""
        return True

    def write(self, text: str) -> int:
        """Keep a text, as far as there is room."""
        part = str(text)[: LIMIT - self._kept]
        if part:
            self._parts.append(part)
            self._kept += len(part)
        self._more += len(text) - len(part)
        return len(text)

    def text(self) -> str:
        """What was kept, and how much was not."""
        more = f" ... ({self._more} more characters)" if self._more else ""
        return utf8("".join(self._parts)) + more


@contextmanager
def printed() -> Iterator[Clipped]:
    """Within the block, standard output goes to the returned stream, and standard error to nowhere."""
    before = sys.stdout, sys.stderr
    stream = Clipped()
    sys.stdout, sys.stderr = stream, Clipped()
    try:
        yield stream
    finally:
        sys.stdout, sys.stderr = before


def utf8(text: str) -> str:
    """Replace what cannot be written in UTF-8, halves of surrogate pairs."""
    return text.encode("utf-8", "replace").decode("utf-8")
