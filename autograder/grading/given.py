"""Which cells of a submission are cells of the handout that the student has not changed."""

import hashlib

from ..sandbox.submission import Submission
from ..settings import Settings


def digest_of_cell(source: str) -> str:
    """Return a digest of a cell, in which spaces at the ends of lines and empty lines around it make no difference."""
    lines = [line.rstrip() for line in source.strip().splitlines()]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def is_given(submission: Submission, number: int, settings: Settings) -> bool:
    """Whether a cell, counted from 1, is a cell of the handout as it was handed out."""
    cells = submission.cells
    return number <= len(cells) and digest_of_cell(cells[number - 1]) in settings.handout_cells
