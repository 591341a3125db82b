"""A page with one submission as its student sees it now, as the student sees it later, and as staff see it."""

from markupsafe import Markup

from ..grading.markup import shown_picture
from ..grading.pictures import pictures_for
from ..grading.results import Graded, Shown
from ..grading.results_json import About, GradescopeResults
from .details import shown_cells
from .page import environment, hash_of, styles_of
from .views import as_gradescope_shows_it, of_most, staff_rows, student_view

_STYLES = ("base.css", "views.css", "preview.css")

#: The three views.
_LABELS = (("now", "Student, now"), ("published", "Student, after publication"), ("staff", "Staff"))

_LATER = {
    "hidden": "Results of hidden test cases are never shown here.",
    "after_due_date": "Results of hidden test cases are shown once the due date has passed.",
    "after_published": "Results of hidden test cases are shown once marks are published.",
}
_NO_TOTAL = " Gradescope shows students no total as long as results are hidden."


def render_preview(
    graded: Graded, results: GradescopeResults, shown: Shown, about: About, assignment: str, file: str
) -> str:
    """Return the page: one file that loads nothing, and has no script.

    Args:
        graded: the submission.
        results: its results in Gradescope's format.
        shown: what the settings say about its page.
        about: how it was graded.
        assignment: the name of the assignment.
        file: the name of the submission.
    """
    results = as_gradescope_shows_it(results)
    views = {"now": student_view(results, "now"), "published": student_view(results, "published")}
    style = styles_of(_STYLES)
    hints = {
        "now": "What Gradescope shows right after an upload." + ("" if views["now"].total else _NO_TOTAL),
        "published": _LATER[shown.hidden_results] + ("" if views["published"].total else _NO_TOTAL),
    }
    context = {
        "assignment": assignment, "file": file, "labels": _LABELS, "hints": hints, "views": views,
        "total": of_most(graded.total, sum(graded.possible.values())), "rows": staff_rows(graded),
        "notes": graded.staff or "none",
        "pictures": [Markup(shown_picture(picture)) for picture in pictures_for("staff", graded.pictures)],
        "cells": shown_cells(graded), "facts": _facts(about), "style": Markup(style), "style_hash": hash_of(style),
    }  # fmt: skip
    return environment().get_template("preview.html").render(context)


def _facts(about: About) -> list[tuple[str, str]]:
    return [
        ("program", f"{about.program}, Python {about.python}"),
        ("key", about.key),
        ("time", f"{about.seconds:.2f} s, of which the submission took {about.processor_seconds:.2f} s on a processor"),
        ("limits exceeded", "; ".join(about.limits) or "none"),
        ("confined by", ", ".join(about.confined) or "nothing"),
    ]
