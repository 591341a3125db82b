"""Which cells of a submission are cells of the handout that the student has not changed."""

from ..sandbox.submission import Submission
from ..settings import Settings
from .handout import digest_of_cell


def is_given(submission: Submission, number: int, settings: Settings) -> bool:
    """Whether a cell, counted from 1, is a cell of the handout as it was handed out."""
    cells = submission.cells
    return number <= len(cells) and digest_of_cell(cells[number - 1]) in settings.handout_cells
