"""Files of a download that cannot be read, or have names that no file should have. Nothing is graded here."""

import errno
import os
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.batch import downloads, found
from autograder.batch.downloads import ZipDownload, opened_download
from autograder.errors import AutograderError, OurFault, SubmissionError
from autograder.grading.people import Entry
from autograder.grading.unpacking import FILE_LIMIT
from tests.support.classroom import classroom, names, read_quietly, write
from tests.support.packing import HW, NB, Sample
from tests.support.samples import zipped

TWO = (f"jana/{HW}", f"olaf/{HW}")


def refuse(call: Callable[..., Any], where: str, number: int) -> Callable[..., Any]:
    """The same call, which the machine refuses for paths or entries of this name."""

    def refusing(first: Any, *more: Any, **options: Any) -> Any:
        if where in map(str, (first, *more)):
            raise OSError(number, os.strerror(number), where)
        return call(first, *more, **options)

    return refusing


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A student's folder that the machine refuses is named with the reason, and the others are found."""
    folder = write(tmp_path / "in", *TWO, f"zoe/{HW}")
    monkeypatch.setattr(os, "scandir", refuse(os.scandir, str(folder / "zoe"), errno.EACCES))
    class_ = classroom(folder)
    assert names(class_) == ["jana", "olaf"]
    (skipped,) = class_.skipped
    assert skipped.file == "zoe"
    assert skipped.reason.startswith("it cannot be read: Permission denied")


def test_the_folder_itself_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the download itself is refused, the error says why: that is not the same as an empty class."""
    folder = write(tmp_path / "in", *TWO)
    monkeypatch.setattr(os, "scandir", refuse(os.scandir, str(folder), errno.EACCES))
    with pytest.raises(OurFault, match=r"cannot read .*/in: Permission denied.*give this user permission"):
        classroom(folder)


def test_what_is_no_plain_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe and a file that the machine does not show are left out, each with its own reason."""
    folder = write(tmp_path / "in", *TWO, "olaf/secret.txt")
    os.mkfifo(folder / "olaf" / "pipe.ipynb")
    monkeypatch.setattr(Path, "lstat", refuse(Path.lstat, str(folder / "olaf" / "secret.txt"), errno.EACCES))
    class_ = classroom(folder)
    reasons = {skipped.file: skipped.reason for skipped in class_.skipped}
    assert sorted(reasons) == ["olaf/pipe.ipynb", "olaf/secret.txt"]
    assert "a pipe" in reasons["olaf/pipe.ipynb"]
    assert "Permission denied" in reasons["olaf/secret.txt"]
    assert sorted(class_.found[1].files) == [HW]


@pytest.fixture(params=["folder", "zip", "single file"])
def one_file(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], bytes]]:
    """Reads a notebook that was found a moment ago, in a folder, in a zip, or on its own."""
    if request.param == "single file":
        path = write(tmp_path, HW) / HW
        yield lambda: found.Found(str(path), HW, Entry(), 0, whole=path).read()[1]
        return
    path = write(tmp_path / "in", HW) if request.param == "folder" else tmp_path / "in.zip"
    if request.param == "zip":
        path.write_bytes(zipped({HW: NB}))
    download = opened_download(path)
    yield lambda: download.read(HW)
    download.close()


def test_the_disk_fails(one_file: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the disk no longer gives is our fault, and the message says what to do; no student gets a 0."""
    assert one_file() == NB

    def broken(*_: object, **__: object) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(Path, "read_bytes", broken)
    monkeypatch.setattr(zipfile.ZipFile, "open", broken)
    with pytest.raises(OurFault, match=f"{HW} cannot be read: the disk has an input/output error"):
        one_file()


def test_too_large(one_file: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """A file above the limit is not read, and its student reads what to do."""
    for module in (downloads, found):
        monkeypatch.setattr(module, "FILE_LIMIT", len(NB) - 1)
    with pytest.raises(SubmissionError, match=r"larger than 0 MB: (clear its outputs|hand in only your notebook)"):
        one_file()


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    """The limit is that of a file: one with a hole in it costs no memory."""
    folder = write(tmp_path / "in", HW)
    os.truncate(folder / HW, FILE_LIMIT + 1)
    with pytest.raises(SubmissionError, match="larger than 200 MB"):
        opened_download(folder).read(HW)


def damaged(content: bytes) -> bytes:
    """A zip with a wrong letter in what it holds."""
    return content.replace(b"nbformat", b"nbforma_")


def locked(content: bytes) -> bytes:
    """A zip whose entries say that they have a password."""
    place = content.index(b"PK\1\2") + 8
    return content[:place] + b"\1" + content[place + 1 :]


@pytest.mark.parametrize(
    ("spoil", "handed_in", "error", "told"),
    [
        (damaged, False, OurFault, r"cannot be unpacked from in\.zip: Bad CRC.*; download in\.zip again"),
        (damaged, True, SubmissionError, r"cannot be unpacked from in\.zip: Bad CRC"),
        (locked, False, SubmissionError, "it has a password"),
    ],
)
def test_an_entry_that_cannot_be_unpacked(
    spoil: Callable[[bytes], bytes], handed_in: bool, error: type[Exception], told: str, tmp_path: Path
) -> None:
    """Damage to the zip of a class is nobody's work, so it costs nobody a mark. In a student's own zip it is theirs."""
    path = Sample({name: NB for name in TWO}, []).write_zip(tmp_path / "in.zip")
    path.write_bytes(spoil(path.read_bytes()))
    download = ZipDownload(path, handed_in=handed_in)
    with pytest.raises(error, match=told):
        download.read(TWO[0])
    download.close()


def test_a_zip_that_the_machine_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the machine does not open a zip, nobody is told to download it again."""
    path = Sample({name: NB for name in TWO}, []).write_zip(tmp_path / "in.zip")
    monkeypatch.setattr(Path, "open", refuse(Path.open, str(path), errno.EMFILE))
    with pytest.raises(OurFault, match=r"cannot read .*/in\.zip: too many files are open"):
        classroom(path)
    monkeypatch.undo()
    path.write_bytes(b"no zip")
    with pytest.raises(AutograderError, match="download it again"):
        classroom(path)


def test_all_files_together_are_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The visible files of a student count together; a hidden file that has no room, or is damaged, is left out."""
    folder = write(tmp_path / "in", HW, "helpers.py", ".notes/a.txt", ".notes/b.txt")
    write(folder, ".notes/a.txt", ".notes/b.txt", content=bytes(100))
    (one,) = classroom(folder, layout="one").found
    plain = opened_download(folder).read
    monkeypatch.setattr(found, "TOTAL_LIMIT", 2 * len(NB) + 150)

    def read(download: object, name: str) -> bytes:
        if name.endswith("a.txt"):
            raise SubmissionError("it is damaged")
        return plain(name)

    def inside() -> list[str]:
        content = one.read()[1]
        (tmp_path / "read.zip").write_bytes(content)
        return zipfile.ZipFile(tmp_path / "read.zip").namelist()

    assert inside() == [".notes/a.txt", "helpers.py", HW]
    monkeypatch.setattr(downloads.FolderDownload, "read", read)
    assert inside() == [".notes/b.txt", "helpers.py", HW]
    monkeypatch.setattr(found, "TOTAL_LIMIT", 2 * len(NB) - 1)
    assert "hand in only your notebook" in read_quietly(one)[0]


@pytest.mark.parametrize("form", ["folder", "zip"])
@pytest.mark.parametrize("escape", ["#U002f..#U002f..#U002f", "#Ud83d", "#U0000", "#U202e"])
def test_names_that_no_file_should_have(escape: str, form: str, tmp_path: Path) -> None:
    """An escape that no unzip writes stays as it is: it leads nowhere, and its record can be written."""
    folder = write(tmp_path / "in", "jana.ipynb", "olaf.ipynb", f"zoe{escape}a.ipynb")
    path = folder
    if form == "zip":
        path = tmp_path / "in.zip"
        path.write_bytes(zipped({one.name: NB for one in folder.iterdir()}))
    assert {one.label for one in classroom(path).found} == {"jana.ipynb", "olaf.ipynb", f"zoe{escape}a.ipynb"}


def test_a_name_ends_at_a_zero(tmp_path: Path) -> None:
    """What follows a zero in the name of an entry is no part of the name, as for every other program."""
    path = tmp_path / "in.zip"
    path.write_bytes(zipped({"jana.ipynb": NB, "olaf.ipynb\0.txt": NB}))
    assert [one.label for one in classroom(path).found] == ["jana.ipynb", "olaf.ipynb"]


def test_a_name_in_a_field_of_its_own(tmp_path: Path) -> None:
    """Info-ZIP stores a name in UTF-8 beside one that old programs can read: the first counts."""
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, plain in (("Zoë.ipynb", "Zo_.ipynb"), ("Łukasz.ipynb", "_ukasz.ipynb")):
            entry, told = zipfile.ZipInfo(plain), name.encode()
            check = zipfile.crc32(plain.encode())
            entry.extra = struct.pack("<2sHBL", b"up", 5 + len(told), 1, check) + told
            archive.writestr(entry, NB)
    assert names(classroom(path)) == ["Zoë", "Łukasz"]


@pytest.mark.parametrize("spoilt", [False, True])
def test_a_zip_in_a_zip(spoilt: bool, tmp_path: Path) -> None:
    """A zip that holds nothing but the zip of a class is that class; if the inner one is damaged, nobody is made up."""
    inner = zipped({f"Jana Beispiel_7_assignsubmission_file/{HW}": NB, f"Olaf_8_assignsubmission_file/{HW}": NB})
    path = tmp_path / "download.zip"
    path.write_bytes(zipped({"class.zip": inner[:-30] if spoilt else inner}))
    assert names(classroom(path)) == (["download"] if spoilt else ["Jana Beispiel", "Olaf"])


@pytest.mark.parametrize("own", ["Zoe_9_assignsubmission_file_/zoe.zip", "zoe_9_19_hw.zip", "class/zoe_9_19_hw.zip"])
def test_a_students_zip_is_no_class(own: str, tmp_path: Path) -> None:
    """If a system says whose a zip is, it is not opened as a class, even if nobody else has handed in anything."""
    inner = zipped({f"Jana Beispiel_7_assignsubmission_file/{HW}": NB, f"Olaf_8_assignsubmission_file/{HW}": NB})
    people = classroom(write(tmp_path / "in", own, content=inner))
    assert [name.casefold() for name in names(people)] == ["zoe"]
    assert "looks like the download of a class" in read_quietly(people.found[0])[0]
