"""The differences of a class by test case, and what is said of it as a whole."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from .classes import Comparison
from .differences import Compared, Difference, Side


@dataclass
class Reason:
    """People whose test case changed in the same way."""

    before: Side
    now: Side
    people: list[Compared] = field(default_factory=list)


@dataclass
class Case:
    """A test case that differs for somebody."""

    question: str
    name: str
    reasons: list[Reason] = field(default_factory=list)
    held: list[tuple[Compared, Difference]] = field(default_factory=list)
    """People whose mark by hand stands in spite of it."""
    messages: int = 0
    """How many people read another message, and nothing else differs."""

    @property
    def gain(self) -> int:
        """How many people gain points by it."""
        return sum(len(reason.people) for reason in self.reasons if _points(reason.now) > _points(reason.before))

    @property
    def lose(self) -> int:
        """How many people lose points by it."""
        return sum(len(reason.people) for reason in self.reasons if _points(reason.now) < _points(reason.before))

    @property
    def moved(self) -> float:
        """Points that it gives the class more than before."""
        return round(
            sum(len(reason.people) * (_points(reason.now) - _points(reason.before)) for reason in self.reasons), 5
        )


def by_case(people: Sequence[Compared]) -> list[Case]:
    """The test cases that differ, in the order of questions and cases, each with the reasons and who has them."""
    found: dict[tuple[str, str], Case] = {}
    reasons: dict[tuple[str, str], dict[tuple[Side, Side], Reason]] = defaultdict(dict)
    for one in people:
        for difference in one.differences:
            key, sides = (difference.question, difference.name), (difference.before, difference.now)
            case = found.setdefault(key, Case(*key))
            if difference.held:
                case.held.append((one, difference))
            elif difference.counts:
                if sides not in reasons[key]:
                    reasons[key][sides] = Reason(*sides)
                    case.reasons.append(reasons[key][sides])
                reasons[key][sides].people.append(one)
            else:
                case.messages += 1
    for case in found.values():
        case.reasons.sort(key=lambda reason: -len(reason.people))
    order = list(found)
    return [found[key] for key in sorted(order, key=lambda key: (key[0], order.index(key)))]


def sums(comparison: Comparison) -> dict[str, tuple[float, float]]:
    """By question, the points of all who have a mark in both folders, before and now."""
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


def _points(side: Side) -> float:
    return side.points or 0
