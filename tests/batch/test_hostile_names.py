"""Names that one student chose do no harm to a class: long ones, and ones like those of course systems."""

import os
import time
import zipfile
from pathlib import Path

import pytest

from autograder.batch.downloads import ZipDownload
from autograder.batch.patterns import FILES, PATTERNS
from autograder.grading.leavings import is_handout
from autograder.grading.unpacking import read_folder
from autograder.student.folders import remove
from tests.support.classroom import classroom, names, read_quietly, write
from tests.support.packing import NB, PLAIN, Sample

#: Parts of the names that course systems make.
PARTS = (
    "1-1 - ", " - ", " - 2026", "a - 2026", "_1", "_LATE_1", "LATE_", "anon_1_", "_1_assignsubmission_a", "a", "1",
    "_attempt_2026-11-20-11-58-30", "Version 1/", "Vers ", "+a", "+2026-11-20 11:58:30", "a/",
)  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_patterns_need_little_time(part: str) -> None:
    """A name in which a part of a pattern is repeated is compared in a time that does not grow with its square."""
    start = time.process_time()
    for begin in ("", "1-1 - ", "a_", "a+b+2026-11-20 11:58:30"):
        for end in ("", "/", "//", "\n"):
            for pattern in (*PATTERNS, FILES):
                pattern.regex.fullmatch((begin + part * 20_000)[:20_000] + end)
    assert time.process_time() - start < 3


def test_what_brightspace_names_hold() -> None:
    """A date is the first part with a year after the name; parts of names and of files may be set off by dashes."""
    paths = (
        "1-2 - Jana - B - Nov 20, 2026 1158 PM/hw.ipynb", "1-2 - Jana B - Nov 20, 2026 1158 PM - hw 2026 - Copy.ipynb"
    )  # fmt: skip
    folder, file = (pattern.regex for pattern in PATTERNS if pattern.system == "Brightspace")
    matches = folder.fullmatch(paths[0]), file.fullmatch(paths[1])
    assert [match and match.group("student", "submitted", "file") for match in matches] == [
        ("Jana - B", "Nov 20, 2026 1158 PM", "hw.ipynb"), ("Jana B", "Nov 20, 2026 1158 PM", "hw 2026 - Copy.ipynb")
    ]  # fmt: skip


def test_long_paths_are_not_looked_at(tmp_path: Path) -> None:
    """Paths of more than 400 characters are named, in a folder and in a zip, and nothing else happens with them."""
    odd = f"zoe/{'a/' * 300}"
    folder = write(tmp_path / "in", "jana/hw.ipynb", "olaf/hw.ipynb", "zoe/hw.ipynb", f"{odd}b.py")
    write(folder, f"zoe/node_modules/{'a/' * 300}c.py")
    sample = {path.relative_to(folder).as_posix(): NB for path in folder.rglob("*") if path.is_file()}
    (folder / odd / "empty").mkdir()
    for download in (folder, Sample({**sample, f"{odd}empty/": b""}, []).write_zip(tmp_path / "in.zip")):
        found = classroom(download)
        assert names(found) == ["jana", "olaf", "zoe"]
        assert [set(one.files) for one in found.found] == [{"hw.ipynb"}] * 3
        reason = "its path is longer than 400 characters"
        assert {(one.file, one.reason) for one in found.skipped} == {(f"{odd[:400]}...", reason)}


def test_folders_in_very_many_folders(tmp_path: Path) -> None:
    """Folders of any depth are named, and nothing else happens with them, in a class and in a single submission."""
    folder = write(tmp_path / "in", "jana/hw.ipynb", "olaf/hw.ipynb", "zoe/hw.ipynb")
    here = os.getcwd()
    os.chdir(folder / "zoe")
    for _ in range(1500):
        os.mkdir("d")
        os.chdir("d")
    Path("last.py").write_text("x = 1", encoding="ascii")
    os.chdir(here)
    try:
        found = classroom(folder)
        assert names(found) == ["jana", "olaf", "zoe"]
        assert [set(one.files) for one in found.found] == [{"hw.ipynb"}] * 3
        assert [one.reason for one in found.skipped] == ["its path is longer than 400 characters"]
        assert set(read_folder(folder / "zoe").visible) == {"hw.ipynb"}
    finally:
        remove(str(folder))


def test_a_path_with_very_many_folders(tmp_path: Path) -> None:
    """The folders of a path of any length are listed at once."""
    with zipfile.ZipFile(tmp_path / "zoe.zip", "w") as archive:
        archive.writestr("hw.ipynb", NB)
        archive.writestr("1-1 - " + "a - 2026" * 5_000, "")
        archive.writestr("a/" * 30_000 + "b.py", "")
        archive.writestr("c/" * 30_000, "")
    start = time.process_time()
    download = ZipDownload(tmp_path / "zoe.zip")
    assert (download.names, download.folders) == (["hw.ipynb"], [])
    download.close()
    write(tmp_path, "jana.ipynb", "olaf.ipynb", content=PLAIN)
    (submission,) = (one for one in classroom(tmp_path).found if one.label == "zoe.zip")
    assert read_quietly(submission)[0] == "zoe.zip"
    assert time.process_time() - start < 5


def test_names_like_those_of_a_handout() -> None:
    """Whether a file came with the handout is clear at once, even if very many folders are called like its own."""
    start = time.process_time()
    assert [is_handout("test/" * 20_000 + name) for name in ("x.pyx", "x.py", "x.md\n")] == [False, True, False]
    assert time.process_time() - start < 3
