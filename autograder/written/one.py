"""A process that makes the PDF of one submission: ``python -m autograder.written.one``, with an order as its input.

A container starts it when everything has been graded. It knows no test case, no settings and no token.
"""

import signal
import sys
from dataclasses import replace
from pathlib import Path

import msgspec

from ..errors import our_fault
from ..grading.files import from_json, write_file
from ..grading.handout import Handout
from ..grading.submission import Wanted
from ..sandbox.users import borrowed_user
from .collecting import work_in_folder
from .layout import lay_out
from .sheets import PageHead, make_pdf
from .typesetter import Typesetter


class OnePdf(msgspec.Struct, frozen=True, kw_only=True):
    """The order for a PDF."""

    submission: str
    """The folder with what was handed in."""
    target: str
    """Where to write the PDF."""
    left: str
    right: str
    """The texts at the top of each page, on the left and on the right."""
    assignment: str
    functions: dict[str, str]
    """The functions that the test cases call, each with its question."""
    handout: Handout
    titles: dict[str, str]
    """The heading of each written question."""
    own_pages: bool = False
    """Whether each question begins on a new page."""


def make_one(order: OnePdf) -> None:
    """Make the PDF of the written answers of a submission.

    Raises:
        AutograderError: it cannot be made here.
    """
    wanted = Wanted(tuple(order.functions), order.assignment)
    work = work_in_folder(Path(order.submission), wanted, order.handout)
    with borrowed_user() as user:
        typesetter = Typesetter(user)
        try:
            pages = lay_out(typesetter, work, order.handout, order.titles, order.functions)
            sections = [*pages.questions.values(), *pages.others]
            if order.own_pages:
                sections = [replace(section, own_page=True) for section in sections]
            made = make_pdf(typesetter, PageHead(order.left, order.right), sections)
        finally:
            typesetter.close()
    write_file(Path(order.target), made.pdf)


def _end(*_: object) -> None:
    """End this process, and on the way the processes that it has started."""
    sys.exit("it was stopped")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    try:
        make_one(from_json(sys.stdin.buffer.read(), OnePdf))
    except Exception as error:
        sys.exit(str(our_fault(error)))
