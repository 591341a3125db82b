"""A submission's page, as its student and as staff see it, for the report and the preview alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec
from markupsafe import Markup

from ..grading.changes import Change
from ..grading.gradescope import gradescope_results, told
from ..grading.markup import block
from ..grading.results import OUTCOMES, Graded, OurPart
from ..grading.results_json import GradescopeResults, GradescopeTest
from .sanitising import sanitised

#: Who looks: a student now, a student after publication, or staff at what a student sees sooner or later.
View = Literal["now", "published", "ever"]

_SEEN: dict[View, set[str]] = {
    "now": {"visible"},
    "published": {"visible", "after_due_date", "after_published"},
    "ever": {"visible", "after_due_date", "after_published"},
}
_WHEN = {"after_due_date": "shown after the due date", "after_published": "shown when marks are published"}


@dataclass(frozen=True)
class TestRow:
    """A test case on a student's page."""

    number: str
    name: str
    marks: str
    status: str
    when: str
    """When the student will see it, if that is not now."""
    output: Markup


@dataclass(frozen=True)
class StudentView:
    """What a student sees of a submission."""

    output: Markup
    """The text at the top of the page."""
    rows: list[TestRow]
    total: str
    """The points and how many can be earned; empty if the student cannot see a row that has points."""


@dataclass(frozen=True)
class StaffRow:
    """A test case as staff see it."""

    name: str
    hidden: bool
    outcome: str
    place: int
    """The place of the outcome in ``OUTCOMES``."""
    marks: str
    message: Markup
    staff: str


def student_view(results: GradescopeResults, view: View) -> StudentView:
    """Return what a student sees of results in Gradescope's format.

    Args:
        results: the results. Any HTML in them must come from this program.
        view: who looks at it, and when.
    """
    seen = [test for test in results.tests if test.visibility in _SEEN[view]]
    unseen = [test for test in results.tests if test.visibility not in _SEEN[view] and test.max_score]
    rows = [
        TestRow(
            test.number or "", test.name, _marks(test), test.status or "",
            _WHEN.get(test.visibility, "") if view == "ever" else "", _html(test.output, test.output_format),
        )
        for test in seen
    ]  # fmt: skip
    return StudentView(_html(results.output or "", results.output_format), rows, "" if unseen else _total(results))


def published_view(ours: OurPart, changes: Sequence[Change]) -> StudentView:
    """Return what one student sees of a submission on a page that is made once marks are published.

    It is what the preview shows, without the sentences at the top about what is still to come.

    Args:
        ours: the graded submission.
        changes: what a person changed for this student. Changes for other members of the group are not shown.
    """
    own = msgspec.structs.replace(ours, changes=[msgspec.structs.replace(change, student=None) for change in changes])
    return student_view(as_gradescope_shows_it(gradescope_results(own, own.shown, published=True)), "published")


def as_gradescope_shows_it(results: GradescopeResults) -> GradescopeResults:
    """Return results with their HTML sanitised as Gradescope would do it."""
    tests = [
        msgspec.structs.replace(test, output=sanitised(test.output)) if test.output_format == "html" else test
        for test in results.tests
    ]
    return msgspec.structs.replace(results, tests=tests, output=sanitised(results.output or ""))


def staff_rows(graded: Graded) -> list[StaffRow]:
    """Return all test cases of a submission, as staff see them."""
    return [
        StaffRow(
            case.name, case.hidden, case.outcome, OUTCOMES.index(case.outcome), of_most(case.earned, case.points),
            Markup(told(case) if case.message else ""), case.staff,
        )
        for case in graded.cases
    ]  # fmt: skip


def _html(text: str, kind: str | None) -> Markup:
    return Markup(text if kind == "html" else block(text) if text else "")


def _marks(test: GradescopeTest) -> str:
    return "" if test.score is None else of_most(test.score, test.max_score or 0)


def _total(results: GradescopeResults) -> str:
    score = results.score if results.score is not None else sum(test.score or 0 for test in results.tests)
    return of_most(score, sum(test.max_score or 0 for test in results.tests))


def of_most(points: float, most: float) -> str:
    """Return points and how many there can be, rounded for readers.

    >>> of_most(1.81818, 2)
    '1.82 / 2'
    """
    return f"{round(points, 2):g} / {round(most, 2):g}"
