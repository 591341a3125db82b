"""The files of a submission, from a folder or a zip, read into memory with care for sizes, paths and links.

What programs leave behind is removed before anything is counted. Other hidden files are kept while there is room for
them, because code may read them.
"""

import lzma
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ..errors import SubmissionError
from .directories import CrowdedZip, opened_zip
from .kinds import kind_of
from .leavings import environments, is_handout, is_hidden, is_leaving, walked

#: No file of a submission may be larger than this, in bytes. Notebooks with large pictures have some 10 MB.
FILE_LIMIT = 200 * 2**20
#: The most bytes of all files in a zip together, unpacked, and the most files. In a folder, these limits apply only to
#: hidden files.
TOTAL_LIMIT = 500 * 2**20
COUNT_LIMIT = 2000

#: The most zips in a zip or a folder, counting documents that are zips, and the most files that programs left in them.
_MOST_ZIPS = 50
_MOST_LEAVINGS = 200_000

#: Paths in a zip that are longer, in characters, are ignored, and so are folders in folders with longer paths. Nobody
#: works with them, and sorting them is slow.
LONGEST_PATH = 400

#: What zipfile raises for broken or exotic zips.
UNZIP_ERRORS = (
    zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError, zlib.error, lzma.LZMAError
)  # fmt: skip


@dataclass
class Files:
    """The files of a submission by their paths, with ``/`` between folders."""

    source: str
    """What was handed in."""
    visible: dict[str, bytes] = field(default_factory=dict)
    hidden: dict[str, bytes] = field(default_factory=dict)
    """Those whose name, or the name of a folder above them, begins with a dot."""
    leavings: list[str] = field(default_factory=list)
    """Paths of what programs left there; their content is not read."""


def folder_files(folder: Path) -> dict[str, Path]:
    """The files below a folder, without links, and without what is in environments and the like."""
    found = dict[str, Path]()
    for here, folders, files in os.walk(folder):
        folders[:] = walked(Path(here) == folder, sorted(folders), files)
        if len(os.path.relpath(here, folder)) > LONGEST_PATH:
            folders.clear()  # os.walk calls itself for each level
        paths = [Path(here, name) for name in sorted(files)]
        found |= {
            path.relative_to(folder).as_posix(): path for path in paths if path.is_file() and not path.is_symlink()
        }
    return found


def sorted_out(names: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """Separate the visible files, the hidden ones, and what programs left behind."""
    names = list(names)
    around = environments(names)
    left = {name for name in names if is_leaving(name, around)}
    visible = [name for name in names if name not in left and not is_hidden(name)]
    hidden = [name for name in names if name not in left and is_hidden(name)]
    return visible, hidden, sorted(left)


def read_folder(folder: Path) -> Files:
    """Read the files of a folder.

    Raises:
        SubmissionError: a visible one is too large, or all of them together.
    """
    paths = folder_files(folder)
    visible, hidden, left = sorted_out(paths)
    if sum(paths[name].stat().st_size for name in visible) > TOTAL_LIMIT:
        raise SubmissionError(f"Your submission is larger than {TOTAL_LIMIT >> 20} MB: hand in only your notebook.")
    files = Files(folder.name, {name: read_file(paths[name]) for name in visible}, leavings=left)
    room = TOTAL_LIMIT - sum(map(len, files.visible.values()))
    for name in hidden[: max(COUNT_LIMIT - len(visible), 0)]:
        size = paths[name].stat().st_size
        if size <= min(room, FILE_LIMIT):
            room -= size
            files.hidden[name] = paths[name].read_bytes()
    return files


def read_file(path: Path) -> bytes:
    """Read a file.

    Raises:
        SubmissionError: it is too large.
    """
    if path.stat().st_size > FILE_LIMIT:
        raise SubmissionError(
            f"{path.name} is larger than {FILE_LIMIT >> 20} MB: clear its outputs and hand it in again."
        )
    return path.read_bytes()


def is_zip(name: str, content: bytes) -> bool:
    """Whether to unpack a file: it is a zip, or has the name of one, and is not an office document."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return kind_of(content) is None
    return name.lower().endswith(".zip")


def unzip(source: str, content: bytes | Path, room: int = TOTAL_LIMIT) -> Files:
    """Read the files of a zip.

    Args:
        source: the name of the zip, for messages.
        content: the zip, or its path. A zip on disk may be of any size: there may be an environment in it.
        room: bytes that its files may take.

    Raises:
        SubmissionError: it cannot be unpacked, or holds what no submission may hold.
    """
    try:
        with opened_zip(content) as archive:
            return _read_zip(source, archive, room)
    except CrowdedZip:
        raise SubmissionError(f"{source} contains too many files: hand in only your notebook.") from None
    except UNZIP_ERRORS as error:
        known = content if isinstance(content, bytes) else _ends(content)
        raise SubmissionError(f"{source} cannot be unpacked: {_trouble(known, error)}") from error


def is_large_zip(path: Path) -> bool:
    """Whether a file is a zip that is too large to be read whole; the part that counts may still be small."""
    if path.stat().st_size <= FILE_LIMIT:
        return False
    with path.open("rb") as stream:
        return stream.read(4) == b"PK\x03\x04"


def _ends(path: Path) -> bytes:
    """The beginning and the end of a file."""
    with path.open("rb") as stream:
        first = stream.read(1000)
        stream.seek(max(path.stat().st_size - 70_000, 0))
        return first + stream.read()


def _read_zip(source: str, archive: zipfile.ZipFile, room: int) -> Files:
    every = {entry.filename.replace("\\", "/"): entry for entry in archive.infolist() if not entry.is_dir()}
    entries = {name: entry for name, entry in every.items() if len(name) <= LONGEST_PATH}
    visible, hidden, left = sorted_out(entries)
    files = Files(source, leavings=left + [f"{name[:LONGEST_PATH]}..." for name in every if name not in entries])
    if sum(not is_handout(name) for name in visible) > COUNT_LIMIT or len(visible) > 2 * COUNT_LIMIT:
        raise SubmissionError(f"{source} contains more than {COUNT_LIMIT} files: hand in only your notebook.")
    for name in visible:
        entry = entries[name]
        if problem := _odd(name, entry):
            raise SubmissionError(f"{source} contains {problem}.")
        room -= entry.file_size
        if entry.file_size > FILE_LIMIT or room < 0:
            raise SubmissionError(f"{source} is too large when unpacked: hand in only your notebook.")
        if entry.flag_bits & 1:
            raise SubmissionError(
                f"{source} cannot be unpacked: it has a password. Make a new zip without a password, or hand in "
                "the notebook itself."
            )
        files.visible[name] = _content(archive, entry)
    for name in hidden[: max(COUNT_LIMIT - len(visible), 0)]:
        entry = entries[name]
        if not _odd(name, entry) and not entry.flag_bits & 1 and entry.file_size <= min(room, FILE_LIMIT):
            room -= entry.file_size
            files.hidden[name] = _content(archive, entry)
    return files


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as stream:
        return stream.read(FILE_LIMIT + 1)[:FILE_LIMIT]


def _odd(name: str, entry: zipfile.ZipInfo) -> str:
    if name.startswith("/") or re.match(r"^[A-Za-z]:", name) or ".." in name.split("/"):
        return f"a file with the path '{name}', which leads out of the zip: make a new zip of your notebook"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return f"a link, '{name}': put the file itself into the zip"
    return ""


def _trouble(content: bytes, error: Exception) -> str:
    """Why a zip cannot be unpacked, and what to do."""
    anew = "Make a new zip, or hand in the notebook itself."
    if not content.strip(b"\0"):
        return "it is empty. " + anew
    if kind := kind_of(content):
        return f"it is not a zip but {kind.what}. {kind.todo or anew}"
    if isinstance(error, NotImplementedError):
        return f"it uses a compression method that few programs support. {anew}"
    if not content.startswith(b"PK"):
        return f"it is not a zip, whatever its name says. {anew}"
    if isinstance(error, zipfile.BadZipFile) and b"PK\x05\x06" not in content[-70_000:]:
        return "its end is missing, so the upload or the copying was interrupted. Upload it again, or make a new zip."
    return f"it is damaged. {anew}"


def opened(files: Files) -> Files:
    """Open the zips among the files, but none inside those. The files of a zip take its place.

    Raises:
        SubmissionError: one of them cannot be unpacked.
    """
    packed = [name for name, content in files.visible.items() if content.startswith(b"PK") or name.endswith(".zip")]
    if len(packed) > _MOST_ZIPS:
        raise SubmissionError(f"{files.source} contains more than {_MOST_ZIPS} zips: hand in only your notebook.")
    zips = [name for name, content in files.visible.items() if is_zip(name, content)]
    found = Files(
        files.source, {name: content for name, content in files.visible.items() if name not in zips},
        dict(files.hidden), list(files.leavings),
    )  # fmt: skip
    room = TOTAL_LIMIT - sum(map(len, files.visible.values()))
    for name in zips:
        path = PurePosixPath(name)
        folder = path.parent if len(zips) == 1 else path.with_suffix("")
        inner = unzip(name, files.visible[name], room)
        room -= sum(map(len, [*inner.visible.values(), *inner.hidden.values()]))
        for target, source in ((found.visible, inner.visible), (found.hidden, inner.hidden)):
            for inside, content in source.items():
                target.setdefault((folder / inside).as_posix(), content)
        found.leavings += [(folder / inside).as_posix() for inside in inner.leavings]
        if len(found.visible) + len(found.hidden) > 3 * COUNT_LIMIT or len(found.leavings) > _MOST_LEAVINGS:
            raise SubmissionError(f"{files.source} contains too many files: hand in only your notebook.")
    return found
