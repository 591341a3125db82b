"""The top of the page of a submission: its public points, what is still to come, and what to look at first.

It is always visible, so it says nothing about the results of hidden test cases.
"""

from collections.abc import Sequence

from ..sandbox.text import amount
from .changes import CHANGED
from .markup import block, escaped, paragraph, prose
from .results import TOLD_STUDENTS, CaseResult, Graded, OurPart, Shown
from .seen import PrintedText

#: When hidden results are shown, by the setting. The page stays as it is, so it must be true before and after that.
_WHEN = {
    "hidden": "not shown here",
    "after_due_date": "shown after the due date (after the late due date, if there is one)",
    "after_published": "shown once the marks are published",
}


def summary(graded: Graded, shown: Shown, published: bool = False) -> str:
    """Return the top of the page as HTML.

    Args:
        graded: the submission. Points that a person has changed are shown.
        shown: what the settings say about its page.
        published: whether the page is made after all marks are in. Then it does not say what is still to come.
    """
    public = [case for case in graded.cases if not case.hidden]
    note = prose(graded.note if graded.completed else TOLD_STUDENTS)
    to_come = [
        "" if published and shown.hidden_results != "hidden" else _hidden(graded, shown),
        "" if published else _person(shown),
    ]
    parts = [_public(public), _first(graded, public), *to_come]
    parts = [note, *parts] if graded.unread else [*parts, note]
    return "".join([_changes(graded), *parts, _printed(graded.printed)])


def _changes(graded: Graded) -> str:
    """What a person has changed."""
    changes = graded.changes if isinstance(graded, OurPart) else []
    return paragraph("\n".join([CHANGED, *(change.told for change in changes)])) if changes else ""


def _public(cases: Sequence[CaseResult]) -> str:
    """How many public test cases passed, and their points."""
    if not cases:
        return ""
    earned, possible = (round(sum(points), 2) for points in zip(*((c.earned, c.points) for c in cases), strict=True))
    passed = sum(case.passed for case in cases)
    return (
        f"<p><strong>Public test cases: {earned:g} of {possible:g} points</strong> "
        f"({passed} of {len(cases)} passed)</p>"
    )


def _first(graded: Graded, public: Sequence[CaseResult]) -> str:
    """What to look at first: any cells that failed, then the first public test case that did not pass."""
    wrong = [case for case in public if not case.passed]
    if not wrong or graded.unread:
        return ""
    name = f"<strong>{escaped(wrong[0].name)}</strong>"
    if any(cell.error for cell in graded.cells):
        return f"<p>Look first at the cells that failed (below), then at the test case {name}.</p>"
    more = " Other test cases may pass once this one does." if len(wrong) > 1 else ""
    return f"<p>Look first at the test case {name}.{more}</p>"


def _hidden(graded: Graded, shown: Shown) -> str:
    """That there are hidden test cases, what they are worth, and when they are shown."""
    hidden = [case for case in graded.cases if case.hidden]
    if not hidden:
        return ""
    there, results = ("is", "Its result is") if len(hidden) == 1 else ("are", "Their results are")
    worth = amount(round(sum(case.points for case in hidden), 2), "point")
    cases = amount(len(hidden), "hidden test case")
    return paragraph(f"There {there} {cases} as well, worth {worth}. {results} {_WHEN[shown.hidden_results]}.")


def _person(shown: Shown) -> str:
    """What a person grades."""
    if not shown.by_person:
        return ""
    told = [f"{name} ({amount(points, 'point')})" for name, points in shown.by_person.items()]
    listed = " and ".join(filter(None, [", ".join(told[:-1]), told[-1]]))
    return paragraph(f"Graded by a person: {listed}. These points are not on this page.")


def _printed(printed: Sequence[PrintedText]) -> str:
    """What was printed, and where."""
    if not printed:
        return ""
    parts = []
    for one in printed:
        more = f"\n... ({one.more} more characters)" if one.more else ""
        parts.append(f"<p>{escaped(one.place)} printed:</p>{block(one.text + more)}")
    return "".join(["<p><strong>Printed output</strong></p>", *parts])
