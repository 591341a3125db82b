"""What a small download is made of, and how it is written as a folder or a zip.

The files hold nothing but placeholders: a notebook that names its assignment, a PDF's first bytes.
"""

import json
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.corpus import ROOT
from tests.support.samples import GOOD, config, notebook, write_cases, zipped

ASSIGNMENT = "rnn-stable-loss"
HW = f"{ASSIGNMENT}.ipynb"
NB = notebook(GOOD, metadata={"otter": {"assignment_name": ASSIGNMENT}})
PLAIN = notebook(GOOD)
PDF = b"%PDF-1.7"
HELPER = b"def help(): return 1"
TESTS = {"tests/q3.py": b"OK_FORMAT = False", "README.md": b"# Read me", "requirements.txt": b"numpy"}

#: Name, id, email, late mark, attempt, and where what counts lies.
Expected = tuple[str, str, str, str, str, str]


@dataclass(frozen=True)
class Sample:
    """A download, and who is in it."""

    files: Mapping[str, bytes]
    people: list[Expected]
    skipped: list[str] = field(default_factory=list)
    """Files that are nobody's work, or earlier attempts."""
    empty: list[str] = field(default_factory=list)
    """Folders with nothing in them."""
    pattern: str = ""

    def write_folder(self, folder: Path) -> Path:
        """Write it as a folder."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for name in self.empty:
            (folder / name).mkdir(parents=True)
        return folder

    def write_zip(self, path: Path, page: str = "") -> Path:
        """Write it as a zip, with names in a code page, as other programs do without saying so, or in UTF-8."""
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in {**self.files, **{f"{name}/": b"" for name in self.empty}}.items():
                entry = _Named(name)
                entry.page = page
                archive.writestr(entry, content)
        return path


class _Named(zipfile.ZipInfo):
    """An entry whose name is stored in a code page."""

    page = ""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return (self.filename.encode(self.page), 0) if self.page else super()._encodeFilenameFlags()  # type: ignore[misc]


def person(name: str, id: str = "", where: str = "", late: str = "", attempt: str = "", email: str = "") -> Expected:
    """A person as a sample expects them; without a place, the name tells it."""
    return name, id, email, late, attempt, where or name


def mac(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files as a Mac packs them: names in normal form D, and its own files between them."""
    found = {unicodedata.normalize("NFD", name): content for name, content in files.items()}
    folder = next(iter(files)).split("/")[0]
    return found | {f"{folder}/.DS_Store": b"Bud1", f"__MACOSX/{folder}/._.DS_Store": b"\0\5\x16\7"}


def zip_of(folder: Path, points: int = 1) -> bytes:
    """An autograder.zip with a single test case, "one" of q3, that is worth so many points."""
    cases = write_cases(folder / str(points), one="init") / "q3.py"
    return zipped({
        "tests/q3.py": cases.read_bytes().replace(b"points=1", b"points=%d" % points),
        "otter_config.json": json.dumps(config()).encode(),
        "files/autograder/__init__.py": (ROOT / "autograder" / "__init__.py").read_bytes(),
    })  # fmt: skip
