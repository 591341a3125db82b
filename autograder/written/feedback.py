"""A page of feedback for each submission: the marks by item with the comments, and what the student sees of the tests.

The part about the tests is what Gradescope shows students: ``record.tests`` as far as it is visible. Whatever renders
that in another form can take the place of the part of the template with that name.
"""

from dataclasses import dataclass
from pathlib import Path

import jinja2

from ..grading.files import write_file
from ..grading.results import Record
from ..grading.results_json import GradescopeTest
from .rubric import Rubric
from .sheet import Marks
from .store import short_name

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
        folder: of the class; the page goes into ``feedback`` in it.
        rubric: the items.
        feedback: the marks of a submission.

    Raises:
        OSError: it cannot be written.
    """
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    points = {item: f"{worth:g}" for item, worth in feedback.marks.points.items()}
    page = template.render(
        rubric=rubric, who=feedback.who, points=points, comments=feedback.marks.comments, tests=_seen(feedback.record),
    )  # fmt: skip
    path = folder / FEEDBACK / f"{short_name(feedback.label)}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, page.encode("utf-8", "backslashreplace"))
    return path


def _seen(record: Record | None) -> list[GradescopeTest]:
    """The tests that students see once marks are out; nothing where it was not graded."""
    if record is None or not record.ours.completed:
        return []
    return [test for test in record.tests if test.visibility in {"visible", "after_published", "after_due_date"}]
