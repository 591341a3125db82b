"""The folder with the records of a class, and what the last run was asked for."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from ..errors import AutograderError, our_fault
from ..grading.files import RecordError, may_clash, short_name, write_file, write_json
from ..grading.results import OlderRecord, Record, read_record
from .tables import FILE, SKIPPED_FILE

#: The file that says which assignment a folder of records belongs to, and which of them are in the table.
RUN_FILE = "run.json"

#: A copy of the zip that graded the class, to find out later what another zip would change.
KEPT_ZIP = ".autograder.zip"


class LastRun(msgspec.Struct, frozen=True, kw_only=True):
    """What the last run on a whole class was asked for. A run on a part of it uses the same options."""

    assignment: str = ""
    downloads: list[str] = []
    """Absolute paths of what was graded."""
    layout: str = "auto"
    pattern: str = ""
    attempt: str = "latest"
    roster: str = ""
    merged: list[str] = []
    """The folders that this one was merged from."""
    files: list[str] | None = None
    """The ``file`` of each record that is in the table; None if that is not known."""


class Store:
    """The folder ``results`` with a file ``LABEL.json`` for each submission, and run.json beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "results"
        self._run = folder / RUN_FILE

    def path(self, label: str) -> Path:
        """Return the path of a submission's record."""
        if may_clash(label):
            return self.folder / f"{short_name(label)}.json"
        return self._plain_path(label)

    def _plain_path(self, label: str) -> Path:
        """The path of a record whose label cannot clash with others. Earlier versions put every record there."""
        if len(label.encode("utf-8", "replace")) > 200:  # too long for a file name
            label = f"{label[:60]}-{hashlib.sha256(label.encode('utf-8', 'replace')).hexdigest()[:16]}"
        return self.folder / f"{label}.json"

    def _path_of_old(self, label: str) -> Path:
        """The path of a submission's record, which may be where an earlier version put it."""
        path = self.path(label)
        return path if path.exists() else self._plain_path(label)

    def files(self) -> list[Path]:
        """The paths of all files that may be records, in order."""
        return sorted(path for path in self.folder.rglob("*.json") if path.is_file())

    def write(self, record: Record) -> None:
        """Write a record. A reader finds the old one or the new one, never a part.

        Raises:
            AutograderError: the record cannot be written. The old one, if any, is still there.
        """
        path = self.path(record.ours.file)
        self._write(path, record)

    def _write(self, path: Path, content: object) -> None:
        with _writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_json(path, content)

    def tidy(self) -> None:
        """Remove files that a killed command left half-written. Move records to where this version puts them."""
        tables = [self._run.with_name(name).with_suffix(".part") for name in (FILE, SKIPPED_FILE, RUN_FILE, KEPT_ZIP)]
        for path in (*self.folder.rglob("*.part"), *tables):
            if not path.is_dir():  # a student's folder may have such a name
                path.unlink(missing_ok=True)
        for path in self.files():
            label = path.relative_to(self.folder).as_posix().removesuffix(".json")
            if may_clash(label):
                with suppress(OSError):
                    path.replace(self.path(label))
                    path.parent.rmdir()

    def run(self) -> LastRun:
        """What the last run was asked for; an empty ``LastRun`` if that is not known."""
        with suppress(OSError, ValueError, msgspec.ValidationError, RecursionError):
            return msgspec.convert(json.loads(self._run.read_text(encoding="utf-8")), LastRun)
        return LastRun()

    def write_run(self, run: LastRun) -> None:
        """Write down what this run is asked for.

        Raises:
            AutograderError: it cannot be written.
        """
        self._write(self._run, run)

    def keep_zip(self, archive: bytes) -> None:
        """Keep a copy of the zip that grades the class.

        Raises:
            AutograderError: it cannot be written.
        """
        path = self._run.with_name(KEPT_ZIP)
        with _writing(path):
            if not path.exists() or path.read_bytes() != archive:
                write_file(path, archive)

    def read_all(self) -> Iterator[Record | OlderRecord]:
        """Yield all complete records that we wrote, sorted by path; for older formats, an ``OlderRecord``.

        Damaged files are left out: their submissions are graded again.
        """
        for path in self.files():
            found: Record | OlderRecord
            try:
                found = read_record(path)
                file = found.ours.file
            except OlderRecord as older:
                found, file = older, older.file
            except (OSError, RecordError):
                continue
            if self._path_of_old(file) == path:
                yield found

    def read(self, label: str) -> Record | None:
        """The record of a submission; None if there is no usable one."""
        with suppress(OSError, RecordError):
            record = read_record(self._path_of_old(label))
            return record if record.ours.file == label else None
        return None


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise AutograderError(
            f"cannot write {path}: {error.strerror}; what has been graded so far is kept; run the same command again "
            f"to resume. {our_fault(error)}"
        ) from error
