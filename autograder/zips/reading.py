"""Read an autograder.zip: its test files and settings, and whether they fit this version of the program."""

import io
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from .. import __version__
from ..errors import AutograderError
from ..grading.handout import HANDOUT_FILE
from ..grading.unpacking import UNZIP_ERRORS
from ..settings import FILE_NAME, Settings, parse

if TYPE_CHECKING:
    from ..grading.judging import Judge
    from ..grading.otter_parts import TestFile

_REBUILD = "build it with 'autograder build'"


@dataclass(frozen=True)
class ZipContent:
    """The parts of an autograder.zip that grading needs."""

    config: str
    """Text of otter_config.json."""
    settings: Settings
    tests: dict[str, bytes]
    """The test files by name."""
    handout: bytes = b""
    """What is known about the handout, as JSON; see ``grading.handout``. Empty if it asks for no written answers."""

    @property
    def written(self) -> list[str]:
        """The questions that a person grades: they have points, and no test cases."""
        tested = {name.removesuffix(".py") for name in self.tests}
        return [question for question in self.settings.points if question not in tested]

    @cached_property
    def test_files(self) -> "list[TestFile]":
        """The loaded test files. No copy stays on the disk.

        They contain everything that they need in a student's notebook. Matplotlib is not needed here, because drawings
        are read behind the wall.
        """
        from ..grading.grade import load_test_files

        with tempfile.TemporaryDirectory(prefix="autograder-") as folder, _without_matplotlib():
            return load_test_files(self.write_tests(Path(folder)))

    @cached_property
    def judge(self) -> "Judge":
        """The judge that runs the test cases."""
        from ..grading.judging import Judge

        return Judge(self.test_files)

    def write_tests(self, folder: Path) -> Path:
        """Write the test files into a new folder inside this folder, and return the new one."""
        tests = folder / "tests"
        tests.mkdir(mode=0o700)
        for name, content in self.tests.items():
            (tests / name).write_bytes(content)
        return tests


class _StandIn(ModuleType):
    """A module whose every attribute is an empty class."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


class _StandIns(MetaPathFinder, Loader):
    """Imports a stand-in instead of matplotlib or any of its modules."""

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        return ModuleSpec(fullname, self, is_package=True) if fullname.split(".")[0] == "matplotlib" else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


@contextmanager
def _without_matplotlib() -> Iterator[None]:
    """Within the block, do not import matplotlib unless it is imported already. It often takes longer than grading."""
    if "matplotlib" in sys.modules:
        yield
        return
    stand_ins = _StandIns()
    sys.meta_path.insert(0, stand_ins)
    try:
        yield
    finally:
        sys.meta_path.remove(stand_ins)
        for name in [name for name, module in sys.modules.items() if isinstance(module, _StandIn)]:
            del sys.modules[name]


def read_autograder_zip(path: Path) -> ZipContent:
    """Read an autograder.zip from a file.

    Raises:
        AutograderError: there is no such file; or see ``parse_autograder_zip``.
    """
    try:
        return parse_autograder_zip(path.read_bytes(), str(path))
    except OSError as error:
        raise AutograderError(f"cannot read {path}: {error.strerror}; {_REBUILD}") from error


def parse_autograder_zip(content: bytes, name: str) -> ZipContent:
    """Read an autograder.zip from memory.

    Args:
        content: the zip.
        name: its name in messages.

    Raises:
        AutograderError: it is not a zip, contains no settings or no test cases, or was built by another version.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            tests = {n[6:]: archive.read(n) for n in names if re.fullmatch(r"tests/[^/]+\.py", n)}
            if not tests or FILE_NAME not in names:
                raise AutograderError(f"{name} contains no test cases or no {FILE_NAME}: {_REBUILD}")
            config = archive.read(FILE_NAME).decode("utf-8")
            handout = archive.read(HANDOUT_FILE) if HANDOUT_FILE in names else b""
            ours = "files/autograder/__init__.py"
            version = _version(archive.read(ours).decode("utf-8")) if ours in names else None
    except UNZIP_ERRORS as error:
        raise AutograderError(f"cannot read {name}: {error}; {_REBUILD}") from error
    if version not in {None, __version__}:
        raise AutograderError(
            f"{name} was built by version {version} of the autograder, but this is version {__version__}: {_REBUILD}, "
            "or install the version that built it"
        )
    return ZipContent(config, parse(config, f"{FILE_NAME} in {name}"), tests, handout)


def _version(source: str) -> str | None:
    found = re.search(r'^__version__ = "([^"]+)"', source, re.MULTILINE)
    return found[1] if found else None
