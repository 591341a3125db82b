"""Opens zips whose directory has a size that people's zips have."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

#: The directory of a zip may take so many bytes: each file takes some 150 in it, and at least 47. Python's zipfile
#: reads the whole directory, and keeps about 600 bytes for each file. An environment may have 100,000 files.
DIRECTORY_LIMIT = 16 * 2**20


class CrowdedZip(zipfile.BadZipFile):
    """A zip has a directory that is too large."""


class _Guarded:
    """A file that refuses to read much at once, as long as it has a limit. Only directories are read at once."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream = stream
        self.limit: int | None = limit

    def read(self, size: int = -1) -> bytes:
        if self.limit is not None and size > self.limit:
            raise CrowdedZip("its directory is too large")
        return self._stream.read(size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def opened_zip(content: bytes | Path, limit: int = DIRECTORY_LIMIT) -> Iterator[zipfile.ZipFile]:
    """Open a zip.

    Args:
        content: the zip, or its path.
        limit: the bytes that its directory may take.

    Raises:
        CrowdedZip: it takes more.
    """
    with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as stream:
        guarded = _Guarded(stream, limit)
        with zipfile.ZipFile(cast("IO[bytes]", guarded)) as archive:
            guarded.limit = None
            yield archive


def check_directory(content: bytes) -> None:
    """Make sure that a zip can be opened, with a directory of a size that people's zips have.

    Raises:
        CrowdedZip: it is larger. For a damaged zip, the errors of zipfile are raised.
    """
    with opened_zip(content):
        pass
