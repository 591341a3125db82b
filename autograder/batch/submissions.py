"""Find submissions: notebooks, scripts, zips, folders of these, and Gradescope's exports."""

import io
import lzma
import os
import re
import shutil
import tempfile
import uuid
import zipfile
import zlib
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from ..errors import MACHINE, AutograderError, OurFault, SubmissionError, our_fault
from ..grading.people import Student
from ..grading.submission import may_be_submission
from ..grading.unpacking import FILE_LIMIT, TOTAL_LIMIT, read_folder, sorted_out

METADATA = "submission_metadata.yml"

#: No real export has a higher compression ratio. A zip that does is meant to fill the disk.
_MOST_PACKED = 100

_UNPACK_ERRORS = (
    OSError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, shutil.ReadError, zlib.error, lzma.LZMAError
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """One submission that has been found, but not read yet."""

    path: Path
    """A file, or a folder with the files of one submission."""
    address: str
    """Its absolute path. In a zipped export: the path of the zip, then the path inside the zip."""
    label: str
    """Its name in tables: the file name, with folders in front if two submissions would have the same name."""
    student: Student | None = None
    fault: str = ""
    """Why it cannot even be looked into, for a reason that is ours."""

    def read(self) -> tuple[str, bytes]:
        """Read the submission into memory: a file name and its content. A folder becomes a zip.

        Raises:
            SubmissionError: it is too large, or cannot be read; the message is for the student.
            OurFault: it cannot be read for a reason that is not the student's.
        """
        if self.fault:
            raise OurFault(self.fault)
        try:
            if not self.path.is_dir():
                _check_size(self.path.stat().st_size, FILE_LIMIT)
                return self.path.name, self.path.read_bytes()
            files = read_folder(self.path)
            if len(files.visible) == 1 and not files.hidden:
                return next(iter(files.visible.items()))
            _check_size(sum(map(len, files.visible.values())), TOTAL_LIMIT)
            stream = io.BytesIO()
            with zipfile.ZipFile(stream, "w") as archive:
                for name, content in (files.visible | files.hidden | dict.fromkeys(files.leavings, b"")).items():
                    archive.writestr(zipfile.ZipInfo(name), content)
            return f"{self.path.name}.zip", stream.getvalue()
        except OSError as error:  # what was found a moment ago can be read, but for a fault of the machine
            raise OurFault(f"{self.path} cannot be read: {our_fault(error)}") from error
        except ValueError as error:
            raise SubmissionError(f"{self.path.name} cannot be read: a file name or its date is not valid.") from error


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise SubmissionError(f"The submission is larger than {limit >> 20} MB: hand in only your notebook.")


@contextmanager
def find(paths: Sequence[Path], known: dict[str, str]) -> Iterator[list[Found]]:
    """Find all submissions. A zipped export stays unpacked within the block.

    Args:
        paths: files and folders. A submission's folder inside an export works, too, even if the export is zipped.
        known: labels of submissions that were graded before, by address. Submissions that still exist keep theirs.

    Raises:
        AutograderError: a path is missing, or nothing to grade is found.
    """
    with _temporary() as scratch:
        found: dict[str, Found] = {}
        for number, path in enumerate(map(_absolute, paths)):
            for one in _find(path, scratch / str(number), known, len(paths) == 1):
                found.setdefault(one.address, one)
        if not found:
            raise AutograderError(
                f"no submissions in {', '.join(map(str, paths))}: expected .ipynb, .py or .zip files, folders of "
                f"these, or an export from Gradescope with its {METADATA}"
            )
        yield _labelled(list(found.values()), {path: label for path, label in known.items() if _is_there(Path(path))})


@contextmanager
def _temporary() -> Iterator[Path]:
    """The name of a folder that is made when something is unpacked, and removed after the block."""
    try:
        around = tempfile.gettempdir()
    except OSError:
        around = "/tmp"  # full: most classes need nothing of it
    folder = Path(around, f"autograder-export-{uuid.uuid4().hex}")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))


def _is_there(path: Path) -> bool:
    return path.exists() or any(folder.suffix.lower() == ".zip" and folder.is_file() for folder in path.parents)


def _find(path: Path, scratch: Path, known: Container[str], alone: bool) -> Iterator[Found]:
    if path.is_dir():
        exports = [path] if (path / METADATA).is_file() else sorted(file.parent for file in path.glob(f"*/{METADATA}"))
        if exports:
            for folder in exports:
                yield from _export(folder)
        elif (path.parent / METADATA).is_file():
            yield from (one for one in _export(path.parent) if one.path == path)
        else:
            yield from _files(path)
    elif path.is_file():
        whole = Found(path, str(path), path.name)
        try:
            yield from list(_zipped_export(path, scratch)) if str(path) not in known and _is_export(path) else [whole]
        except OurFault as fault:  # it may well be an export: as a submission it would be the wrong thing
            if alone:
                raise
            yield replace(whole, fault=str(fault))
        except AutograderError:
            if alone:
                raise
            yield whole  # a submission that looks like an export must not stop the others
    else:
        around = next((folder for folder in path.parents if folder.is_file()), None)
        inside = [one for one in _zipped_export(around, scratch) if one.address == str(path)] if around else []
        if not inside:
            raise AutograderError(f"there is no {path}")
        yield from inside


def _files(folder: Path) -> Iterator[Found]:
    files = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()}
    visible, _, _ = sorted_out(files)
    for name in visible:
        if may_be_submission(files[name]) and not any(part.startswith("__") for part in name.split("/")):
            yield Found(files[name], str(files[name]), files[name].name)


def _is_export(path: Path) -> bool:
    """Whether a zip is an export from Gradescope, not just a submission that holds a file of that name."""
    try:
        with zipfile.ZipFile(path) as archive:
            names, size = archive.namelist(), sum(entry.file_size for entry in archive.infolist())
        if size > max(TOTAL_LIMIT, _MOST_PACKED * path.stat().st_size):
            return False
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        return False  # a damaged submission: its student gets a message
    above = next((name[: -len(METADATA)] for name in names if re.fullmatch(rf"([^/]+/)?{METADATA}", name)), None)
    others = [name for name in names if above is not None and name not in {above, above + METADATA}]
    return bool(others) and all(re.match(rf"{re.escape(above or '')}submission_\d+/", name) for name in others)


def _zipped_export(path: Path, scratch: Path) -> Iterator[Found]:
    if not scratch.exists():
        _unpack(path, scratch)
    for one in _find(scratch, scratch, (), True):
        yield replace(one, address=str(path / one.path.relative_to(scratch)))


def _unpack(path: Path, folder: Path) -> None:
    try:
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir()
        shutil.unpack_archive(path, folder, "zip")
    except _UNPACK_ERRORS as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError) and error.errno in MACHINE:
            raise OurFault(f"cannot unpack {path}: {our_fault(error)}") from error
        raise AutograderError(f"cannot unpack the export {path}: {error}; download it again") from error


#: Loads everything as texts, lists and dictionaries: an ID such as 00123 stays as it is, Ruby's types are ignored.
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _export(folder: Path) -> Iterator[Found]:
    """Find the submissions of an export: a folder for each, and a file that says whose they are."""
    file = folder / METADATA
    try:
        metadata = yaml.load(file.read_text(encoding="utf-8"), _Loader)
        entries = dict(metadata.items())
    except (OSError, AttributeError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise AutograderError(f"cannot read {file}: {error}; download the export again") from error
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.name.startswith((".", "__")):
            yield Found(path, str(path), path.name, _student(entries.get(path.name)))


def _student(entry: Any) -> Student | None:
    people = entry.get(":submitters") if isinstance(entry, dict) else None
    if not isinstance(people, list):
        return None
    people = [person for person in people if isinstance(person, dict)]  # a group has several
    return Student(*(", ".join(str(person.get(key) or "") for person in people) for key in (":name", ":sid", ":email")))


def _labelled(found: list[Found], known: dict[str, str]) -> list[Found]:
    """Give each submission a label of its own. If names clash, the labels include the folders."""
    taken = {label: path for path, label in known.items()}
    names = Counter(one.label for one in found)
    clash = [Path(one.address) for one in found if names[one.label] > 1]
    common = Path(os.path.commonpath([path.parent for path in clash])) if clash else Path("/")
    labelled = []
    for one in found:
        path = Path(one.address)
        label = known.get(str(path)) or (path.relative_to(common).as_posix() if names[one.label] > 1 else one.label)
        number = 2
        while taken.get(label, str(path)) != str(path):
            label = f"{path.parent.name}-{number}/{one.label}"
            number += 1
        taken[label] = str(path)
        labelled.append(replace(one, label=label))
    return labelled
