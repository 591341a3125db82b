"""Zips with more entries than people's zips have are refused before their directory is read."""

import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from autograder.batch.downloads import ZipDownload
from autograder.errors import AutograderError, SubmissionError
from autograder.grading import directories
from autograder.grading.directories import CrowdedZip, opened_zip
from autograder.grading.kinds import kind_of
from autograder.grading.submission import Wanted, parse_submission, read_submission
from tests.support.samples import FUNCTIONS, GOOD, notebook, zipped


def crowded(count: int = 350_000, wide: bool = True) -> bytes:
    """A zip whose directory has so many entries that have no content; wide: as zips over 4 GB tell it."""
    head = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0)
    table = b"".join(head + b"%04x" % (number & 0xFFFF) for number in range(count))
    if not wide:
        return b"PK\x03\x04" + table + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 7, 7, len(table), 4, 0)
    end = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, 7, 7, len(table), 4)
    end += struct.pack("<IIQI", 0x07064B50, 0, 4 + len(table), 1)
    most = 0xFFFFFFFF
    return b"PK\x03\x04" + table + end + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, most, most, 0)


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("inside", [True, False])
def test_a_crowded_zip(wide: bool, inside: bool, tmp_path: Path) -> None:
    """No memory is used for its entries, whatever count it tells, by itself or in another zip."""
    content = crowded(wide=wide)
    content = zipped({"inner.zip": content}) if inside else content
    tracemalloc.start()
    try:
        with pytest.raises(SubmissionError, match=r"\.zip contains too many files: hand in only your notebook\.$"):
            parse_submission("hw.zip", content, Wanted(FUNCTIONS))
        assert tracemalloc.get_traced_memory()[1] < 80 * 2**20
    finally:
        tracemalloc.stop()
    (tmp_path / "hw.zip").write_bytes(content)
    with pytest.raises(SubmissionError, match="too many files"):
        read_submission(tmp_path / "hw.zip", Wanted(FUNCTIONS))


@pytest.mark.slow
def test_a_crowded_zip_in_a_class(tmp_path: Path) -> None:
    """It is not opened to see whether it is a class, in a zip or in a folder. A download itself may have any size."""
    path = tmp_path / "hw.zip"
    content = crowded()
    path.write_bytes(content)
    for inner, handed_in in ((content, False), (None, True)):
        with pytest.raises(AutograderError, match="directory"):
            ZipDownload(path, inner, handed_in)
    download = ZipDownload(path)
    assert download.names
    download.close()


def test_the_directory_of_an_environment_is_read() -> None:
    """A project folder may hold an environment with tens of thousands of files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("hw.ipynb", notebook(GOOD))
        for number in range(20_000):
            archive.writestr(f".venv/lib/python3.11/site-packages/package/{'folder/' * 9}{number}.py", b"")
    assert parse_submission("hw.zip", stream.getvalue(), Wanted(FUNCTIONS)).cells == [GOOD]


def test_documents_have_small_directories(monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip with a large one is no document."""
    content = zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
    assert kind_of(content) is not None
    monkeypatch.setattr("autograder.grading.kinds._LARGEST_DIRECTORY", 50)
    assert kind_of(content) is None


def test_the_limit_is_for_the_directory_only() -> None:
    """Files in the zip may be larger."""
    content = zipped({"a.txt": bytes(range(256)) * 100})
    with opened_zip(content, 200) as archive:
        assert len(archive.read("a.txt")) == 25_600
    with pytest.raises(CrowdedZip), opened_zip(content, 20):
        pass


def test_many_zips_in_a_zip(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not all opened, and what they hold is not all kept."""
    inner = zipped({"a.txt": b"x"})
    with pytest.raises(SubmissionError, match=r"^hw\.zip contains more than 50 zips: hand in only your notebook\.$"):
        parse_submission("hw.zip", zipped({f"{number}.zip": inner for number in range(51)}), Wanted(FUNCTIONS))
    opened = list[bytes]()
    real = directories.opened_zip
    monkeypatch.setattr(
        "autograder.grading.unpacking.opened_zip", lambda content: opened.append(content) or real(content)
    )
    full = zipped({f"{number}.txt": b"" for number in range(1900)})
    with pytest.raises(SubmissionError, match=r"^hw\.zip contains too many files"):
        parse_submission("hw.zip", zipped({f"{number}.zip": full for number in range(40)}), Wanted(FUNCTIONS))
    assert len(opened) == 1 + 4
