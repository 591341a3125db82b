"""What identifies a grader: the version number, and digests of this package's files and of an autograder.zip.

A number changes when somebody remembers to change it. A digest changes with every byte that grading could depend on.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from . import __version__

_PACKAGE = Path(__file__).parent

#: How many characters of a digest people are shown.
_SHOWN = 12


def digest_of_package(folder: Path = _PACKAGE) -> bytes:
    """A digest of the package's Python and template files, by name and content; it takes a few milliseconds."""
    digest = hashlib.sha256()
    for name, path in sorted(_files(str(folder))):
        with open(path, "rb") as stream:
            content = stream.read().replace(b"\r\n", b"\n")  # a checkout on Windows may have these
        for part in (name.encode("utf-8", "surrogateescape"), content):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def digest_of_zip(archive: bytes) -> bytes:
    """A digest of an autograder.zip."""
    return hashlib.sha256(archive).digest()


def identity() -> str:
    """The version number and the digest of the package, to show people and to compare two machines."""
    return f"{__version__} ({shown(digest_of_package())})"


def shown(digest: bytes) -> str:
    """The beginning of a digest, as people are shown it."""
    return digest.hex()[:_SHOWN]


def _files(folder: str, above: str = "") -> Iterator[tuple[str, str]]:
    """The package's own files by name, without compiled files and without what editors leave beside them."""
    inside_templates = above.endswith("templates/")
    with os.scandir(folder) as entries:  # Path.rglob takes three times as long
        for entry in entries:
            if entry.name.endswith(".py") or (inside_templates and entry.is_file()):
                yield above + entry.name, entry.path
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _files(entry.path, f"{above}{entry.name}/")
