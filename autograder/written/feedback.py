"""A page of feedback for each submission: the marks by item with the comments, and what the student sees of the tests.

The part about the test cases is what Gradescope shows the student once marks are published.
"""

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from ..grading.changes import of_student
from ..grading.files import short_name, write_file
from ..grading.results import Record
from ..report.page import environment, styles_of
from ..report.views import StudentView, published_view
from .rubric import Rubric
from .sheet import Marks

#: Where the pages are.
FEEDBACK = "feedback"

_TEMPLATE = Path(__file__).parent / "templates" / "feedback.html"


@dataclass(frozen=True)
class Feedback:
    """What a page says."""

    label: str
    who: str
    marks: Marks
    record: Record | None


def write_feedback(folder: Path, rubric: Rubric, feedback: Feedback) -> Path:
    """Write a page.

    Args:
        folder: the folder of the class; the page goes into its subfolder ``feedback``.
        rubric: the items.
        feedback: the marks of a submission.

    Raises:
        OSError: it cannot be written.
    """
    template = environment().from_string(_TEMPLATE.read_text(encoding="utf-8"))
    points = {item: f"{worth:g}" for item, worth in feedback.marks.points.items()}
    page = template.render(
        rubric=rubric, who=feedback.who, points=points, comments=feedback.marks.comments,
        view=_seen(feedback.record), style=Markup(styles_of(("base.css", "views.css"))),
    )  # fmt: skip
    path = folder / FEEDBACK / f"{short_name(feedback.label)}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, page.encode("utf-8", "backslashreplace"))
    return path


def _seen(record: Record | None) -> StudentView | None:
    """What the student sees of the test cases once marks are out; None if the test cases were not run."""
    if record is None or not record.ours.completed:
        return None
    return published_view(record.ours, of_student(record.ours.changes, None))
