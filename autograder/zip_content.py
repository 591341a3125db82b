"""Reading an autograder.zip on a TA's machine: its test files and settings, and whether they fit this program."""

import io
import re
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__
from .errors import AutograderError
from .settings import FILE_NAME, Settings, parse

if TYPE_CHECKING:
    from .otter_parts import TestFile

_REBUILD = "build it with 'autograder build'"


@dataclass(frozen=True)
class ZipContent:
    """What grading needs of an autograder.zip."""

    config: str
    """Text of otter_config.json."""
    settings: Settings
    tests: dict[str, bytes]
    """The test files by name."""

    def load_tests(self) -> "list[TestFile]":
        """Load the test files; nothing of them stays on the disk."""
        from .grading import load_test_files

        with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
            return load_test_files(self.write_tests(Path(folder)))

    def write_tests(self, folder: Path) -> Path:
        """Write the test files into a new folder inside of this one, and return it."""
        tests = folder / "tests"
        tests.mkdir(mode=0o700)
        for name, content in self.tests.items():
            (tests / name).write_bytes(content)
        return tests


def read_autograder_zip(path: Path) -> ZipContent:
    """Read an autograder.zip from a file.

    Raises:
        AutograderError: see ``parse_autograder_zip``; or there is no such file.
    """
    try:
        return parse_autograder_zip(path.read_bytes(), str(path))
    except OSError as error:
        raise AutograderError(f"cannot read {path}: {error.strerror}; {_REBUILD}") from error


def parse_autograder_zip(content: bytes, name: str) -> ZipContent:
    """Read an autograder.zip from memory.

    Args:
        content: the zip.
        name: what to call it in messages.

    Raises:
        AutograderError: it is not a zip, holds no settings or no test cases, or was built by another version.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            tests = {n[6:]: archive.read(n) for n in names if re.fullmatch(r"tests/[^/]+\.py", n)}
            if not tests or FILE_NAME not in names:
                raise AutograderError(f"{name} holds no test cases or no {FILE_NAME}: {_REBUILD}")
            config = archive.read(FILE_NAME).decode("utf-8")
            ours = "files/autograder/__init__.py"
            version = _version(archive.read(ours).decode("utf-8")) if ours in names else None
    except (zipfile.BadZipFile, OSError, UnicodeDecodeError, RuntimeError) as error:
        raise AutograderError(f"cannot read {name}: {error}; {_REBUILD}") from error
    if version not in {None, __version__}:
        raise AutograderError(
            f"{name} was built by version {version} of the autograder, and this is version {__version__}: {_REBUILD}, "
            "or install the version that built it"
        )
    return ZipContent(config, parse(config, f"{FILE_NAME} in {name}"), tests)


def _version(source: str) -> str | None:
    found = re.search(r'^__version__ = "([^"]+)"', source, re.MULTILINE)
    return found[1] if found else None
