"""The differences of a class by test case, and the sums for the class as a whole."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .classes import Comparison
from .differences import Compared, Difference, Side


@dataclass
class Reason:
    """People for whom a test case changed in the same way."""

    before: Side
    now: Side
    people: list[Compared] = field(default_factory=list)


@dataclass
class ChangedCase:
    """A test case that differs for somebody."""

    question: str
    name: str
    reasons: list[Reason] = field(default_factory=list)
    """The ways in which its outcome changed, and for whom, the commonest first."""
    held: list[tuple[Compared, Difference]] = field(default_factory=list)
    """People whose mark was changed by hand, so it stays."""
    worth: set[tuple[float, float]] = field(default_factory=set)
    """What it was worth before and is worth now, if that differs."""
    messages: list[Reason] = field(default_factory=list)
    """The ways in which only its message changed, and for whom."""
    gains: list[float] = field(default_factory=list)
    """How many more points than before it gives, person by person."""

    @property
    def gain(self) -> int:
        """How many people gain points by it."""
        return sum(gain > 0 for gain in self.gains)

    @property
    def lose(self) -> int:
        """How many people lose points by it."""
        return sum(gain < 0 for gain in self.gains)

    @property
    def moved(self) -> float:
        """How many more points than before it gives the class."""
        return round(sum(self.gains), 5)

    def add(self, one: Compared, difference: Difference) -> None:
        """Add a person."""
        before, now = difference.before, difference.now
        if difference.held:
            self.held.append((one, difference))
            return
        self.gains.append(difference.gain)
        if before.most and now.most and before.most != now.most:
            self.worth.add((before.most, now.most))
        if before.outcome != now.outcome or (before.points != now.points and before.most == now.most):
            _add(self.reasons, one, before, now)
        elif before.message != now.message:
            _add(self.messages, one, before, now)


def _add(reasons: list[Reason], one: Compared, before: Side, now: Side) -> None:
    reason = next((reason for reason in reasons if (reason.before, reason.now) == (before, now)), None)
    if reason is None:
        reason = Reason(before, now)
        reasons.append(reason)
    reason.people.append(one)


def by_case(people: Sequence[Compared]) -> list[ChangedCase]:
    """The test cases that differ, in the order of questions and cases, each with what changed and for whom."""
    found: dict[tuple[str, str], ChangedCase] = {}
    for one in people:
        for difference in one.differences:
            key = difference.question, difference.name
            found.setdefault(key, ChangedCase(*key)).add(one, difference)
    for case in found.values():
        for reasons in (case.reasons, case.messages):
            reasons.sort(key=lambda reason: -len(reason.people))
    order = list(found)
    return [found[key] for key in sorted(order, key=lambda key: (key[0], order.index(key)))]


def sums(comparison: Comparison) -> dict[str, tuple[float, float]]:
    """For each question, the sums before and now of the points of all who have a mark in both folders."""
    questions = dict.fromkeys([*comparison.before.possible, *comparison.now.possible])
    return {
        question: (
            round(sum((one.before.points or {}).get(question, 0) for one in comparison.both), 5),
            round(sum((one.now.points or {}).get(question, 0) for one in comparison.both), 5),
        )
        for question in sorted(questions)
    }


def distribution(comparison: Comparison) -> list[tuple[float, int]]:
    """How many people gain how many points, the greatest gain first."""
    counts = Counter(one.gain for one in comparison.both if one.gain is not None)
    return sorted(counts.items(), reverse=True)
