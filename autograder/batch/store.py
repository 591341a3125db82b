"""The folder with the records of a class."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from ..errors import AutograderError, our_fault
from ..grading.files import RecordError, write_json
from ..grading.results import OlderRecord, Record, read_record


class Store:
    """The folder ``results`` with a file ``LABEL.json`` for each submission."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "results"

    def path(self, label: str) -> Path:
        """Return the path of a submission's record."""
        if len(label.encode("utf-8", "replace")) > 200:  # too long for a file name
            label = f"{label[:60]}-{hashlib.sha256(label.encode('utf-8', 'replace')).hexdigest()[:16]}"
        return self.folder / f"{label}.json"

    def write(self, record: Record) -> None:
        """Write a record. A reader finds the old one or the new one, never a part.

        Raises:
            AutograderError: the record cannot be written. The old one, if any, is still there.
        """
        path = self.path(record.ours.file)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_json(path, record)
        except OSError as error:
            raise AutograderError(
                f"cannot write {path}: {error.strerror}; what has been graded so far is kept; run the same command "
                f"again to resume. {our_fault(error)}"
            ) from error

    def tidy(self) -> None:
        """Remove files that a killed command left half-written."""
        for path in (*self.folder.rglob("*.part"), *self.folder.parent.glob("final_grades.part")):
            path.unlink(missing_ok=True)

    def read_all(self) -> Iterator[Record | OlderRecord]:
        """Yield all complete records that we wrote, sorted by path; for older formats, an ``OlderRecord``.

        Damaged files are left out: their submissions are graded again.
        """
        for path in sorted(self.folder.rglob("*.json")):
            found: Record | OlderRecord
            try:
                found = read_record(path)
                file = found.ours.file
            except OlderRecord as older:
                found, file = older, older.file
            except (OSError, RecordError):
                continue
            if self.path(file) == path:
                yield found

    def records(self) -> Iterator[Record]:
        """Yield the records of this version."""
        return (record for record in self.read_all() if isinstance(record, Record))
