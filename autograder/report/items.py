"""Statistics of a class: how points are distributed, and how well each test case separates strong and weak work."""

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..grading.results import OUTCOMES, CaseResult, Graded, Outcome

#: With fewer submissions than this, discrimination means little.
ENOUGH = 10

#: How many different messages are shown for each case.
_MESSAGES = 10


@dataclass(frozen=True)
class Bin:
    """One bar of a histogram: from ``low`` to just below ``high``; the last bar includes ``high``."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Distribution:
    """How points are distributed. All numbers are points unless they say otherwise."""

    name: str
    possible: float
    mean: float
    median: float
    deviation: float
    """Standard deviation of the population: these submissions, not a sample of more."""
    lowest: float
    highest: float
    full: int
    """How many submissions have all points."""
    none: int
    """How many submissions have no points."""
    bins: list[Bin]

    @property
    def ticks(self) -> list[float]:
        """The labels of the axis: at most eight edges of bars, equally far apart."""
        count = len(self.bins)
        step = min(step for step in range(1, count + 1) if count % step == 0 and count // step <= 7)
        return [self.bins[0].low, *(bar.high for bar in self.bins[step - 1 :: step])]


@dataclass(frozen=True)
class Message:
    """A message that students got for a case."""

    text: str
    members: list[int]
    """Indices of the submissions."""


@dataclass(frozen=True)
class Item:
    """A test case over all submissions."""

    index: int
    """Place among the declared cases."""
    question: str
    name: str
    points: float
    hidden: bool
    counts: dict[Outcome, int]
    difficulty: float
    """The share of submissions that passed, from 0 to 1. Classical test theory calls it difficulty."""
    discrimination: float | None
    """Pearson's correlation between passing and the rest of the score, from -1 to 1; None if either is constant."""
    messages: list[Message]
    """The most frequent messages, most frequent first."""
    other_messages: int
    """How many further messages there are."""
    other_members: int
    """How many submissions have one of the further messages."""


def distribution(name: str, values: Sequence[float], possible: float, most_bins: int = 20) -> Distribution:
    """Describe the points of submissions. There must be at least one submission."""
    low, high = min(0.0, *values), max(possible, *values)
    counts, edges = np.histogram(values, bins=_bins(high - low, most_bins), range=(low, high or 1.0))
    ends = zip(edges[:-1], edges[1:], counts, strict=True)
    return Distribution(
        name=name,
        possible=possible,
        mean=statistics.fmean(values),
        median=statistics.median(values),
        deviation=statistics.pstdev(values),
        lowest=min(values),
        highest=max(values),
        full=sum(value >= possible for value in values),
        none=sum(value <= 0 for value in values),
        bins=[Bin(round(float(a), 5), round(float(b), 5), int(n)) for a, b, n in ends],
    )


def _bins(width: float, most: int) -> int:
    """Choose the number of bars so that their edges are whole numbers, or at least halves."""
    for part in (1.0, 0.5):
        for count in range(most, 4, -1):
            if (width / count / part).is_integer():
                return count
    return min(10, most)


def declared_cases(parts: Sequence[Graded]) -> tuple[list[CaseResult], bool]:
    """Return the cases of all submissions, once each, and whether some submissions were graded with other cases.

    A submission without any cases was not graded, and does not count as one with other cases.
    """
    declared: dict[tuple[str, str], CaseResult] = {}
    kinds = set()
    for part in parts:
        kinds.add(tuple((case.question, case.name, case.points, case.hidden) for case in part.cases))
        for case in part.cases:
            declared.setdefault((case.question, case.name), case)
    return list(declared.values()), len(kinds - {()}) > 1


def analyse(parts: Sequence[Graded]) -> list[Item]:
    """Analyse each test case over all submissions. Cases that the fewest submissions passed come first.

    A submission that lacks a case counts as one that did not run it; one without a mark does not count.
    """
    places = [place for place, part in enumerate(parts) if part.marked]
    marked = [parts[place] for place in places]
    found = [{(case.question, case.name): case for case in part.cases} for part in marked]
    totals = [part.total for part in marked]
    items = [
        _analyse(index, case, [cases.get((case.question, case.name)) for cases in found], totals, places)
        for index, case in enumerate(declared_cases(marked)[0])
    ]
    return sorted(items, key=lambda item: (item.difficulty, item.index))


def _analyse(
    index: int, declared: CaseResult, cases: list[CaseResult | None], totals: list[float], places: list[int]
) -> Item:
    counts = Counter[Outcome](case.outcome if case else "not run" for case in cases)
    passed = [float(case is not None and case.passed) for case in cases]
    rest = [total - declared.points * share for total, share in zip(totals, passed, strict=True)]
    members: dict[str, list[int]] = {}
    for place, case in zip(places, cases, strict=True):
        if case and not case.passed:
            members.setdefault(case.message.strip() or "(no message)", []).append(place)
    messages = sorted(
        (Message(text, places) for text, places in members.items()), key=lambda m: (-len(m.members), m.text)
    )
    return Item(
        index=index,
        question=declared.question,
        name=declared.name,
        points=float(declared.points),
        hidden=declared.hidden,
        counts={outcome: counts[outcome] for outcome in OUTCOMES},
        difficulty=statistics.fmean(passed),
        discrimination=correlation(passed, rest),
        messages=messages[:_MESSAGES],
        other_messages=len(messages[_MESSAGES:]),
        other_members=sum(len(message.members) for message in messages[_MESSAGES:]),
    )


def correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Return Pearson's correlation; None if it is undefined: for fewer than two values, or if one side is constant."""
    try:
        return statistics.correlation(one, [round(value, 6) for value in other])
    except statistics.StatisticsError:
        return None
