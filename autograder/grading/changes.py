"""Marks that a person has changed: points for a test case or a question, with the reason and a name."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from ..sandbox.text import amount
from .people import Student

Points = dict[str, int | float]

#: The heading of what a student reads about such changes.
CHANGED = "Changed by hand:"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A row of overrides.csv, as far as it concerns one submission."""

    question: str
    case: str = ""
    """The test case; empty if the points are those of the whole question."""
    points: int | float
    """What is earned instead."""
    before: int | float | None = None
    """What was earned; None if there was no mark."""
    comment: str = ""
    by: str = ""
    """Who decided it."""
    student: Student | None = None
    """The member of a group whom it concerns; None if it concerns everybody who handed in the submission."""

    @property
    def told(self) -> str:
        """A line about it, for the table, the report and the student."""
        was = "" if self.before is None else f" instead of {self.before:g}"
        whom = f" for {self.student.name or self.student.email or self.student.id}" if self.student else ""
        why = f", {self.comment}" if self.comment else ""
        return f"{self.case or self.question}{whom}: {amount(self.points, 'point')}{was}{why}" + (
            f" ({self.by})" if self.by else ""
        )


def of_student(changes: Iterable[Change], student: Student | None) -> list[Change]:
    """The changes that count for a member of a group; with None, those that count for the whole group."""
    return [change for change in changes if change.student is None or change.student == student]


def points_with(
    points: Points,
    changes: Sequence[Change],
    cases: Mapping[str, Mapping[str, tuple[float, float]]],
    whole: Sequence[str],
) -> Points:
    """The points of each question after changes.

    Args:
        points: the points before, by question.
        changes: those of one student.
        cases: by question and name of each test case, what was earned and what can be earned.
        whole: questions that give points only if all of their cases do.
    """
    after = dict(points)
    for question in dict.fromkeys(change.question for change in changes):
        mine = {change.case: change.points for change in changes if change.question == question}
        if "" in mine:
            after[question] = mine[""]
            continue
        known = cases.get(question, {})
        earned = {name: before for name, (before, _) in known.items()} | mine
        full = all(earned[name] >= possible for name, (_, possible) in known.items())
        after[question] = round(sum(earned.values()), 5) if full or question not in whole else 0
    return after


def scaled(total: float, possible: float, scale: Mapping[str, float]) -> float | None:
    """The score in Otter's sense; None if the settings do not change it.

    Args:
        total: points that were earned.
        possible: points that can be earned.
        scale: ``points_possible`` and ``score_threshold``, if they are set.
    """
    share = total / possible if possible else 0.0
    if "score_threshold" in scale:
        return (scale.get("points_possible") or possible) if share >= scale["score_threshold"] else 0.0
    return share * scale["points_possible"] if "points_possible" in scale else None
