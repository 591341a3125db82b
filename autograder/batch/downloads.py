"""The files of a download (a folder or a zip), by paths that people can read. Nothing is unpacked to disk.

A file is read only when its submission is graded, and only up to the size limit. So the zip of a class may have any
size, and a path in it cannot make us write outside of a folder.
"""

import io
import os
import re
import stat
import zipfile
from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Container, Iterable
from contextlib import suppress
from functools import cached_property
from itertools import chain, count
from pathlib import Path

from ..errors import MACHINE, AutograderError, OurFault, SubmissionError, our_fault
from ..grading.directories import DIRECTORY_LIMIT, read_directory
from ..grading.leavings import is_hidden, is_leaving, is_never_read, walked
from ..grading.unpacking import FILE_LIMIT, LONGEST_PATH, UNZIP_ERRORS, sorted_out
from ..sandbox.text import as_text
from .spelling import mended, spelled
from .tables import Skipped

#: How Info-ZIP's field with a name in UTF-8 begins: its kind, its length, a version and a checksum.
_TOLD = re.compile(rb"up(..)\x01....", re.DOTALL)

_LINK = "a link: the file that it points to is not read"
_SPECIAL = "a pipe, a socket or a device: only plain files are read"
_OUTSIDE = "its path leads out of the download"
_TOO_LONG = f"its path is longer than {LONGEST_PATH} characters"


class Download(ABC):
    """The files below a folder, or in a zip."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.names: list[str] = []
        """Paths of all files, sorted, with ``/`` between folders, in normal form C."""
        self.skipped: list[Skipped] = []
        self._listed: set[str] = set()
        """Paths of folders that are listed by themselves, not only as a part of a file's path."""
        self._every: Iterable[str] = ()
        """Paths of files, including those that are never read."""

    @cached_property
    def folders(self) -> list[str]:
        """Paths of the folders without any file."""
        return _bare(self.names, self._listed | _above(self._every))

    @property
    def name(self) -> str:
        """Its name, without the ending ``.zip``."""
        return mended(re.sub(r"\.zip$", "", self.path.name, flags=re.IGNORECASE))

    def under(self, start: str) -> list[str]:
        """The paths that begin with ``start``."""
        first = bisect_left(self.names, start)
        return self.names[first : bisect_left(self.names, f"{start}\U0010ffff", first)]

    @abstractmethod
    def read(self, name: str) -> bytes:
        """Read a file.

        Raises:
            SubmissionError: it is too large, or damaged, or has a password.
            OurFault: it cannot be read for a reason that is not the student's fault.
        """

    @abstractmethod
    def close(self) -> None:
        """Close what is open."""

    def _is_too_long(self, name: str) -> bool:
        """Whether a path is so long that nobody works with it. It is noted, as comparing such paths is slow."""
        if len(name) > LONGEST_PATH and not is_never_read(name):
            self.skipped.append(Skipped(f"{name[:LONGEST_PATH]}...", _TOO_LONG))
        return len(name) > LONGEST_PATH

    def _too_large(self, name: str, size: int) -> None:
        if size > FILE_LIMIT:
            raise SubmissionError(
                f"{name} is larger than {FILE_LIMIT >> 20} MB: clear its outputs and hand it in again."
            )


class FolderDownload(Download):
    """The files below a folder."""

    def __init__(self, path: Path) -> None:
        """List them.

        Raises:
            OurFault: the folder cannot be read.
        """
        super().__init__(path)
        paths, empty = list[str](), list[str]()
        for folder, folders, files in os.walk(path, onerror=self._unreadable):
            here = os.path.relpath(folder, path)
            inside = [os.path.normpath(os.path.join(here, name)) for name in sorted(folders)]
            folders[:] = walked(here == ".", sorted(folders), files)
            found = [os.path.normpath(os.path.join(here, name)) for name in sorted(files)]
            odd = {name: _LINK for name in inside if os.path.islink(path / name)}
            odd |= {name: why for name in found if (why := _not_plain(path / name))}
            self.skipped += [Skipped(mended(_text(name)), why) for name, why in odd.items()]
            paths += [name for name in found if name not in odd]
            if len(here) > LONGEST_PATH and folders:
                folders.clear()  # os.walk calls itself for each level
                empty.append(here)  # it is noted below
            elif here != "." and not files and not folders:
                empty.append(here)
        self._paths: dict[str, str] = {}
        for name, real in zip(spelled([os.fsencode(_slashes(name)) for name in paths]), paths, strict=True):
            if not self._is_too_long(name):
                self._paths[_apart(name, self._paths)] = real
        self.names = sorted(self._paths)
        self._listed = {
            name for name in spelled([os.fsencode(_slashes(name)) for name in empty]) if not self._is_too_long(name)
        }

    def _unreadable(self, error: OSError) -> None:
        """Note a folder that cannot be read, and go on with the others."""
        if error.filename is None or Path(error.filename) == self.path:
            raise OurFault(f"cannot read {self.path}: {our_fault(error)}") from error
        where = os.path.relpath(error.filename, self.path)
        self.skipped.append(Skipped(mended(_text(where)), f"it cannot be read: {our_fault(error)}"))

    def read(self, name: str) -> bytes:
        """Read a file; see ``Download``."""
        path = self.path / self._paths[name]
        try:
            self._too_large(path.name, path.stat().st_size)
            return path.read_bytes()
        except OSError as error:  # the file was found a moment ago, so the machine is at fault
            raise OurFault(f"{path} cannot be read: {our_fault(error)}") from error

    def close(self) -> None:
        """Do nothing: no file stays open."""


class ZipDownload(Download):
    """The files of a zip."""

    def __init__(self, path: Path, content: bytes | None = None, handed_in: bool = False) -> None:
        """List them.

        Args:
            path: its path; if it lies in another zip, the path of that zip, then the path inside.
            content: its content, if it lies in another zip.
            handed_in: whether a student made it. Damage is then the student's; else it comes from the download.

        Raises:
            AutograderError: it is damaged, or is not a zip.
            OurFault: it cannot be read because of a fault of the machine.
        """
        super().__init__(path)
        self._handed_in = handed_in
        try:
            self._stream = path.open("rb") if content is None else io.BytesIO(content)
            by_student = handed_in or content is not None
            self._zip = read_directory(self._stream, DIRECTORY_LIMIT if by_student else None)
        except UNZIP_ERRORS as error:
            if isinstance(error, OSError) and error.errno in MACHINE:
                raise OurFault(f"cannot read {path}: {our_fault(error)}") from error
            raise AutograderError(f"cannot read {path}: {error}; download it again") from error
        entries = self._zip.infolist()
        names = spelled([_stored(entry) for entry in entries])
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for raw, entry in zip(names, entries, strict=True):
            name = raw.partition("\0")[0].replace("\\", "/")
            if self._is_too_long(name):
                continue
            if name.startswith("/") or re.match("[A-Za-z]:", name) or ".." in name.split("/"):
                self.skipped.append(Skipped(name, _OUTSIDE))
            elif stat.S_ISLNK(entry.external_attr >> 16):
                self.skipped.append(Skipped(name, _LINK))
            elif name.endswith("/"):
                self._listed.add(name.rstrip("/"))
            else:
                name = name.removeprefix("./")
                before = self._entries.get(name)
                # Of two entries with one name, the later one counts, as everywhere.
                same = handed_in or before is None or _stored(before) == _stored(entry)
                self._entries[name if same else _apart(name, self._entries)] = entry
        self.names = sorted(name for name in self._entries if not is_never_read(name))
        self._every = self._entries

    def read(self, name: str) -> bytes:
        """Read a file; see ``Download``."""
        entry = self._entries[name]
        self._too_large(name, entry.file_size)
        if entry.flag_bits & 1:
            raise SubmissionError(f"{name} cannot be unpacked: it has a password.")
        try:
            with self._zip.open(entry) as stream:
                return stream.read(FILE_LIMIT)
        except UNZIP_ERRORS as error:
            if isinstance(error, OSError) and error.errno in MACHINE:
                raise OurFault(f"{name} cannot be read: {our_fault(error)}") from error
            told = f"{name} cannot be unpacked from {self.path.name}: {error}"
            if self._handed_in:
                raise SubmissionError(told) from error
            raise OurFault(f"{told}; download {self.path.name} again") from error

    def close(self) -> None:
        """Close the zip."""
        self._zip.close()
        self._stream.close()


def inner_zip(download: Download, name: str) -> Download | None:
    """Open the zip at a path in a download; None if it cannot be opened as a zip."""
    with suppress(AutograderError):
        if isinstance(download, FolderDownload):
            return ZipDownload(download.path / name, handed_in=True)
        return ZipDownload(download.path / name, download.read(name), handed_in=True)
    return None


def opened_download(path: Path) -> Download:
    """Open a folder or a zip.

    Raises:
        AutograderError: it cannot be read.
    """
    return FolderDownload(path) if path.is_dir() else ZipDownload(path)


def below(names: Iterable[str], folder: str) -> list[str]:
    """The paths of the files below a folder, relative to it."""
    start = f"{folder}/" if folder else ""
    return [name[len(start) :] for name in names if name.startswith(start)]


def _bare(names: Iterable[str], folders: Iterable[str]) -> list[str]:
    """Folders with nothing visible in them, without their parents and without folders that programs made."""
    every = {*folders, *_above(names)} - _above(sorted_out(names)[0])
    every = {folder for folder in every if not is_leaving(f"{folder}/.") and not is_hidden(folder)}
    return sorted(every - _above(every))


def _above(names: Iterable[str]) -> set[str]:
    """The paths of all folders that these files or folders are in."""
    found = set[str]()
    for name in names:
        folder = name.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _not_plain(path: Path) -> str:
    """Why a file is not read; empty if it is a plain file."""
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return f"it cannot be read: {our_fault(error)}"
    return "" if stat.S_ISREG(mode) else _LINK if stat.S_ISLNK(mode) else _SPECIAL


def _stored(entry: zipfile.ZipInfo) -> bytes:
    """The bytes of a stored name. If the zip does not say UTF-8, ``zipfile`` has read them as code page 437."""
    if told := _TOLD.search(entry.extra):
        length = int.from_bytes(told[1], "little") - 5
        return entry.extra[told.end() : told.end() + length]
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & 0x800 else "cp437")


def _slashes(name: str) -> str:
    return name.replace(os.sep, "/")


def _apart(name: str, taken: Container[str]) -> str:
    """A name, with a number where another file's name is read as the same: two files may differ in an accent's code."""
    stem, suffix = os.path.splitext(name)
    numbered = (f"{stem} ({number}){suffix}" for number in count(2))
    return next(one for one in chain([name], numbered) if one not in taken)


def _text(name: str) -> str:
    return as_text(_slashes(name))
