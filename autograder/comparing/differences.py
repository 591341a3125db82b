"""What differs between the same person's results in two folders, test case by test case."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..batch.graded import PersonMark
from ..grading.changes import Change
from ..grading.results import CaseResult

#: The outcome of a test case that the other folder does not have.
ABSENT = "no such test case"
BY_HAND = "by hand"


@dataclass(frozen=True)
class Side:
    """A test case, or a question that somebody marked by hand, in one of the folders."""

    outcome: str
    message: str = ""
    """What the student reads; for a mark that was changed by hand, why and by whom."""
    points: float | None = None
    """The points that it gives; None if there is no mark."""
    most: float = 0.0

    @property
    def told(self) -> str:
        """Outcome and message, in one or more lines."""
        return f"{self.outcome}: {self.message}" if self.message else self.outcome


@dataclass(frozen=True)
class Difference:
    """A test case that differs. If ``case`` is empty, the question as a whole differs."""

    question: str
    case: str
    before: Side
    now: Side
    held: str = ""
    """The mark changed by hand that stays in spite of the difference; empty if there is none."""

    @property
    def name(self) -> str:
        """The test case, or the question."""
        return self.case or self.question

    @property
    def gain(self) -> float:
        """How many more points than before it gives, even if the question counts only as a whole."""
        return round((self.now.points or 0) - (self.before.points or 0), 5)

    @property
    def counts(self) -> bool:
        """Whether more than the message differs."""
        return (self.before.outcome, self.before.points, self.before.most) != (
            self.now.outcome, self.now.points, self.now.most
        )  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """A person who is in both folders."""

    before: PersonMark
    now: PersonMark
    differences: list[Difference] = field(default_factory=list)
    handed_anew: bool = False
    """Whether the work itself has changed since the old folder was graded."""

    @property
    def name(self) -> str:
        """What to call the person."""
        return self.now.name

    @property
    def changed(self) -> bool:
        """Whether any points differ."""
        return self.before.points != self.now.points

    @property
    def status(self) -> tuple[str, str] | None:
        """The status before and now, if they differ."""
        before, now = self.before.row.status, self.now.row.status
        return (before, now) if before != now else None

    @property
    def scaled(self) -> bool:
        """Whether the score differs after Otter's ``points_possible`` and ``score_threshold`` were applied."""
        return _score(self.before) != _score(self.now)

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.changed or self.status or self.scaled or self.differences)

    @property
    def gain(self) -> float | None:
        """How many more points than before; None if there is no mark before or now."""
        if self.before.total is None or self.now.total is None:
            return None
        return round(self.now.total - self.before.total, 5)


def compare_marks(before: PersonMark, now: PersonMark) -> Compared:
    """Compare the marks of a person in two folders."""
    return Compared(before, now, list(_differences(before, now)), _is_other_work(before, now))


def _is_other_work(before: PersonMark, now: PersonMark) -> bool:
    """Whether a file of another name was graded. ``Carrier`` notices if the content of a file has changed."""
    return before.row.file != now.row.file and bool(before.row.file) and bool(now.row.file)


def _differences(before: PersonMark, now: PersonMark) -> Iterator[Difference]:
    held = {change.question: change for change in now.changes if not change.case}
    old, new = _sides(before), _sides(now)
    for question, case in dict.fromkeys([*new, *old]):
        sides = old.get((question, case), Side(ABSENT)), new.get((question, case), Side(ABSENT))
        if sides[0] != sides[1]:
            whole = held.get(question) if case else None
            yield Difference(question, case, *sides, whole.told if whole else "")
    yield from _held_cases(before, now)


def _sides(mark: PersonMark) -> dict[tuple[str, str], Side]:
    """The test cases of a person, and the questions that were marked by hand."""
    sides = {(case.question, case.name): _side(case, mark) for case in _cases(mark)}
    points = mark.points or {}
    for change in mark.changes:
        key = change.question, change.case
        most = sides[key].most if key in sides else mark.row.possible.get(change.question, 0)
        sides[key] = Side(BY_HAND, _why(change), change.points if change.case else points.get(change.question), most)
    return sides


def _held_cases(before: PersonMark, now: PersonMark) -> Iterator[Difference]:
    """Test cases whose outcome has changed, although a mark changed by hand hides it."""
    by_hand = {(change.question, change.case): change for change in now.changes if change.case}
    old = {(case.question, case.name): case for case in _cases(before)}
    for case in _cases(now):
        key = case.question, case.name
        if key in by_hand and key in old and old[key].outcome != case.outcome:
            yield Difference(*key, _side(old[key], before), _side(case, now), by_hand[key].told)


def _cases(mark: PersonMark) -> list[CaseResult]:
    return mark.record.ours.cases if mark.record else []


def _side(case: CaseResult, mark: PersonMark) -> Side:
    marked = mark.record is not None and mark.record.ours.marked
    return Side(case.outcome, case.message, case.earned if marked else None, case.points)


def _score(mark: PersonMark) -> float | None:
    return mark.record.score if mark.record else None


def _why(change: Change) -> str:
    return f"{change.comment} ({change.by})" if change.comment and change.by else change.comment or change.by
