"""The page of one student: points by question, and of each test case what this student may read.

``student_page`` is the one place where a page is made.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass

from ..batch.graded import PersonMark
from ..grading.changes import CHANGED
from ..grading.results import CaseResult, Record

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "pre{white-space:pre-wrap;background:#f4f4f4;padding:.6rem}table{border-collapse:collapse}"
    "td,th{padding:.2rem 1rem .2rem 0;text-align:left}"
)


@dataclass(frozen=True)
class FeedbackPage:
    """A page, as HTML and as plain text."""

    html: str
    text: str


@dataclass(frozen=True)
class _Part:
    heading: str
    lines: list[str]
    """Paragraphs; a message may have several lines."""


def student_page(title: str, mark: PersonMark) -> FeedbackPage:
    """Make the page of a student who handed in something.

    Args:
        title: what it is about.
        mark: the mark. Of a group's, the page of one member says nothing about the marks of the others.
    """
    parts = list(_parts(mark))
    text = "\n\n".join([title, *("\n\n".join([part.heading, *part.lines]) for part in parts)]) + "\n"
    body = "".join(f"<h2>{html.escape(part.heading)}</h2>{''.join(map(_block, part.lines))}" for part in parts)
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title><style>{_STYLE}</style>'
    return FeedbackPage(f'<!DOCTYPE html><html lang="en"><head>{head}</head><body><h1>{html.escape(title)}</h1>'
                        f"{body}</body></html>\n", text)  # fmt: skip


def _block(text: str) -> str:
    return f"<pre>{html.escape(text)}</pre>" if "\n" in text else f"<p>{html.escape(text)}</p>"


def _parts(mark: PersonMark) -> Iterator[_Part]:
    record = mark.record
    if record is None:
        return
    if mark.points is None:
        yield _Part("Not graded", [record.ours.note or mark.row.status])
        return
    possible = mark.row.possible
    points = [f"{name}: {earned:g} of {possible.get(name, 0):g} points" for name, earned in mark.points.items()]
    yield _Part(f"{mark.total:g} of {sum(possible.values()):g} points", points)
    if mark.changes:
        yield _Part(CHANGED.rstrip(":"), [change.told for change in mark.changes])
    if record.ours.note:
        yield _Part("Your submission", [record.ours.note])
    for question in dict.fromkeys(case.question for case in record.ours.cases):
        cases = [case for case in record.ours.cases if case.question == question and _may_see(record, case)]
        if cases:
            yield _Part(f"Test cases of {question}", [_told(case) for case in cases])


def _told(case: CaseResult) -> str:
    return f"{case.name}: {case.outcome}" + (f"\n{case.message}" if case.message else "")


def _may_see(record: Record, case: CaseResult) -> bool:
    """Whether the settings let students see a test case once marks are published."""
    return not case.hidden or any(test.name == case.name and test.visibility != "hidden" for test in record.tests)
