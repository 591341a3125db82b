"""The PDFs of a class, and what is known about each, so that unchanged ones are not made again."""

from contextlib import suppress
from pathlib import Path

import msgspec

from ..errors import AutograderError, our_fault
from ..grading.files import RecordError, from_json, short_name, write_file, write_json

#: The folders for the PDFs of submissions, for those of questions, and for what the next run needs.
PDFS, PACKETS, _KEPT = "written", "packets", ".parts"


class MadePages(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about a submission whose PDFs have been made."""

    label: str
    key: str
    empty: list[str] = []
    """The questions without an answer."""


class WrittenStore:
    """The folders ``written`` and ``packets``."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.packets = folder / PDFS, folder / PACKETS
        self._parts = self.packets / _KEPT

    def pdf(self, label: str) -> Path:
        """The PDF of a submission."""
        return self.folder / f"{short_name(label)}.pdf"

    def part(self, label: str, question: str) -> Path:
        """The PDF of an answer, for the packet of its question."""
        return self._parts / question / f"{short_name(label)}.pdf"

    def packet(self, question: str) -> Path:
        """The PDF of all answers to a question."""
        return self.packets / f"{question}.pdf"

    def rubric_pages(self, question: str) -> Path:
        """The PDF with the levels of a question's rubric."""
        return self.packets / f"{question}-rubric.pdf"

    @property
    def rubric(self) -> Path:
        """The rubric that the table of marks was made for."""
        return self._parts / "rubric.json"

    def kept(self, label: str) -> MadePages | None:
        """What is known about a submission; None if its PDFs are missing or were not completed."""
        with suppress(OSError, RecordError):
            kept = from_json(self._state(label).read_bytes(), MadePages)
            if kept.label == label and self.pdf(label).is_file():
                return kept
        return None

    def write(self, kept: MadePages, pdf: bytes, parts: dict[str, bytes]) -> None:
        """Write the PDFs of a submission and then, last, what is known about it.

        Raises:
            AutograderError: they cannot be written.
        """
        try:
            state = self._state(kept.label)
            state.unlink(missing_ok=True)  # if this ends halfway, it must not describe the PDFs
            paths = {self.pdf(kept.label): pdf}
            paths |= {self.part(kept.label, question): content for question, content in parts.items()}
            for path, content in paths.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                write_file(path, content)
            state.parent.mkdir(parents=True, exist_ok=True)
            write_json(state, kept)
        except OSError as error:
            raise AutograderError(
                f"cannot write {self.pdf(kept.label)}: {error.strerror}; what is there is kept. {our_fault(error)}"
            ) from error

    def tidy(self) -> None:
        """Remove files that a killed command left half-written."""
        for folder in (self.folder, self.packets):
            for path in folder.rglob("*.part") if folder.is_dir() else ():
                if not path.is_dir():  # a student's folder may have such a name
                    path.unlink(missing_ok=True)

    def _state(self, label: str) -> Path:
        return self._parts / "state" / f"{short_name(label)}.json"
