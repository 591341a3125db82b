"""Capturing what a student's code prints. It is clipped as it arrives, so endless printing does not fill the memory."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

#: The number of characters that we keep of the output of one cell or one call.
LIMIT = 10_000


class _Clipped(io.RawIOBase):
    """Keeps the first bytes that are written, and counts the rest. It can still be read after it is closed."""

    def __init__(self, name: str, descriptor: int) -> None:
        self.name, self.mode = name, "w"
        self._descriptor = descriptor
        self.kept = bytearray()
        self.more = 0

    def writable(self) -> bool:
        """Return True."""
        return True

    def fileno(self) -> int:
        """Return the descriptor that this stream would have. Anything written to that descriptor is lost."""
        return self._descriptor

    def write(self, data: Any) -> int:
        """Keep as many bytes as there is room for."""
        size = len(data)
        part = bytes(data[: max(4 * LIMIT - len(self.kept), 0)])
        self.kept += part
        self.more += size - len(part)
        return size


class Printed:
    """A text stream like a terminal's or a notebook's, with ``buffer``, ``reconfigure`` and ``fileno``."""

    def __init__(self, name: str, descriptor: int) -> None:
        self._raw = _Clipped(name, descriptor)
        self._buffer = io.BufferedWriter(self._raw)
        self.stream = io.TextIOWrapper(self._buffer, encoding="utf-8", errors="replace", write_through=True)

    def untouched(self) -> bool:
        """Whether nothing was written and the stream is unchanged."""
        try:
            self.stream.flush()
            return not self._raw.kept and not self._buffer.closed and self.stream.encoding == "utf-8"
        except (ValueError, OSError):  # closed or detached by the student's code
            return False

    def text(self) -> str:
        """The kept text, and how many characters were dropped."""
        for stream in (self.stream, self._buffer):
            with suppress(ValueError, OSError):
                stream.flush()
        text = self._raw.kept.decode("utf-8", "replace")
        more = len(text[LIMIT:]) + self._raw.more
        return utf8(text[:LIMIT]) + (f" ... ({more} more characters)" if more else "")


class Outputs:
    """Standard output and standard error of one cell or call after another.

    Making a stream takes longer than most calls, so a stream that is unchanged is used again.
    """

    def __init__(self) -> None:
        self._output, self._errors = Printed("<stdout>", 1), Printed("<stderr>", 2)

    @contextmanager
    def printed(self) -> Iterator[Printed]:
        """Within the block, capture standard output in the returned object and discard standard error."""
        if not self._output.untouched():
            self._output = Printed("<stdout>", 1)
        if not self._errors.untouched():
            self._errors = Printed("<stderr>", 2)
        before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = self._output.stream, self._errors.stream
        try:
            yield self._output
        finally:
            sys.stdout, sys.stderr = before


def utf8(text: str) -> str:
    """Replace characters that UTF-8 cannot encode: halves of surrogate pairs."""
    return text.encode("utf-8", "replace").decode("utf-8")
