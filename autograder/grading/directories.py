"""Opens a zip only if its directory is no larger than that of a zip that a person would make."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

#: The directory of a zip may take this many bytes: a file takes about 150, and at least 47. Python's zipfile
#: reads the whole directory, and keeps about 600 bytes for each file. An environment may have 100,000 files.
DIRECTORY_LIMIT = 16 * 2**20


class CrowdedZip(zipfile.BadZipFile):
    """A zip has a directory that is too large."""


class _Guarded:
    """A file that refuses to read much at once, as long as it has a limit. Only directories are read at once."""

    def __init__(self, stream: IO[bytes], limit: int | None) -> None:
        self._stream, self.limit = stream, limit

    def read(self, size: int = -1) -> bytes:
        if self.limit is not None and size > self.limit:
            raise CrowdedZip("its directory is too large")
        return self._stream.read(size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def read_directory(stream: IO[bytes], limit: int | None = DIRECTORY_LIMIT) -> zipfile.ZipFile:
    """Return the zip in an open file. The file stays open, unless an error is raised.

    Args:
        stream: the file.
        limit: the bytes that the zip's directory may take; None for a zip that no student made.

    Raises:
        CrowdedZip: it takes more. For a damaged zip, the errors of zipfile are raised.
    """
    guarded = _Guarded(stream, limit)
    try:
        archive = zipfile.ZipFile(cast("IO[bytes]", guarded))
    except BaseException:
        stream.close()
        raise
    guarded.limit = None
    return archive


@contextmanager
def opened_zip(content: bytes | Path, limit: int = DIRECTORY_LIMIT) -> Iterator[zipfile.ZipFile]:
    """Open a zip, given as its content or its path; see ``read_directory``."""
    stream = io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")
    with stream, read_directory(stream, limit) as archive:
        yield archive
