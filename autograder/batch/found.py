"""A submission that has been found: where it is, whose it is, and how it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import OurFault, SubmissionError, our_fault
from ..grading.leavings import left_notebooks
from ..grading.people import Entry
from ..grading.unpacking import FILE_LIMIT, TOTAL_LIMIT, is_large_zip, sorted_out, unzip
from .downloads import Download
from .handing import packed, refuse_classes
from .rolls import is_of_a_system


@dataclass(frozen=True)
class Found:
    """One submission that has been found, but not read yet."""

    address: str
    """Its absolute path. In a zip: the path of the zip, then the path inside the zip."""
    label: str
    """Its name in tables: its path in the download, with folders in front if two would have the same name."""
    entry: Entry
    person: int
    """A number that attempts of the same person share."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Paths in the download, by the student's own names for the files."""
    download: Download | None = None
    whole: Path | None = None
    """The file itself, if the submission is a single file on disk."""

    def read(self) -> tuple[str, bytes]:
        """Read the submission into memory: a file name and its content. Several files become a zip.

        Raises:
            SubmissionError: it is too large, or cannot be read; the message is for the student.
            OurFault: it cannot be read for a reason that is not the student's fault.
        """
        if self.whole:
            name, content = self.whole.name, _bytes_of(self.whole)
            refuse_classes(name, content, is_of_a_system)
            return name, content
        return self._packed()

    def _packed(self) -> tuple[str, bytes]:
        visible, hidden, left = sorted_out(self.files)
        download, name = self.download, self.label.split("/")[-1]
        if download is None or not (visible or hidden):
            return packed(name, {}, dict.fromkeys(left_notebooks(left), b""))
        contents, room = dict[str, bytes](), TOTAL_LIMIT
        for one in visible:
            contents[one] = download.read(self.files[one])
            room -= len(contents[one])
            if room < 0:
                raise SubmissionError(
                    f"Your submission is larger than {TOTAL_LIMIT >> 20} MB: hand in only your notebook."
                )
        if len(visible) == 1 and not hidden:
            refuse_classes(visible[0], contents[visible[0]], is_of_a_system)
            return visible[0], contents[visible[0]]
        more = dict.fromkeys(left_notebooks(left), b"")
        for one in hidden:
            try:
                content = download.read(self.files[one])
            except SubmissionError:
                continue
            room -= len(content)
            if room >= 0:
                more[one] = content
        return packed(name, contents, more)


def _bytes_of(path: Path) -> bytes:
    try:
        if is_large_zip(path):  # it may hold a whole environment
            files = unzip(path.name, path)
            return packed(path.stem, files.visible, files.hidden | dict.fromkeys(files.leavings, b""))[1]
        if path.stat().st_size > FILE_LIMIT:
            raise SubmissionError(f"Your submission is larger than {FILE_LIMIT >> 20} MB: hand in only your notebook.")
        return path.read_bytes()
    except OSError as error:  # the file was found a moment ago, so the machine is at fault
        raise OurFault(f"{path} cannot be read: {our_fault(error)}") from error
