"""The page of one student: points by question, and for each test case what ``autograder preview`` shows.

``student_page`` is the one place where a page is made.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from ..batch.graded import PersonMark
from ..grading.changes import CHANGED
from ..grading.results import CaseResult, Record
from ..report.page import environment, styles_of
from ..report.views import of_most, published_view

_TEMPLATE = Path(__file__).parent / "templates" / "feedback.html"


@dataclass(frozen=True)
class FeedbackPage:
    """A page, as HTML and as plain text."""

    html: str
    text: str


def student_page(title: str, mark: PersonMark, record: Record) -> FeedbackPage:
    """Make the page of a student who handed in something.

    Args:
        title: what it is about.
        mark: the mark. The page of one member of a group says nothing about the marks of the others.
        record: what was handed in, and its results.
    """
    text = "\n\n".join([title, *_paragraphs(mark, record)]) + "\n"
    return FeedbackPage(_html(title, mark, record), text)


def _html(title: str, mark: PersonMark, record: Record) -> str:
    graded = mark.points is not None
    possible = mark.row.possible
    points = [(name, of_most(earned, possible.get(name, 0))) for name, earned in (mark.points or {}).items()]
    template = environment().from_string(_TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        title=title, points=points, total=of_most(mark.total or 0, sum(possible.values())), graded=graded,
        why="" if graded else record.ours.note or mark.row.status,
        view=published_view(record.ours, mark.changes) if graded else None,
        style=Markup(styles_of(("base.css", "views.css"))),
    )  # fmt: skip


def _paragraphs(mark: PersonMark, record: Record) -> Iterator[str]:
    """The page as plain text, for files that cannot show HTML."""
    if mark.points is None:
        yield "Not graded"
        yield record.ours.note or mark.row.status
        return
    possible = mark.row.possible
    yield f"{mark.total:g} of {sum(possible.values()):g} points"
    yield "\n".join(f"{name}: {earned:g} of {possible.get(name, 0):g} points" for name, earned in mark.points.items())
    if mark.changes:
        yield "\n".join([CHANGED, *(change.told for change in mark.changes)])
    if record.ours.note:
        yield record.ours.note
    hidden = record.ours.shown.hidden_results == "hidden"
    seen = [case for case in record.ours.cases if not (case.hidden and hidden)]
    for question in dict.fromkeys(case.question for case in seen):
        yield f"Test cases of {question}"
        yield from (_told(case) for case in seen if case.question == question)


def _told(case: CaseResult) -> str:
    return f"{case.name}: {case.outcome}" + (f"\n{case.message}" if case.message else "")
