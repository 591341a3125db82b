"""How far two graders agree on the same answers: Cohen's kappa for each item, and where they differ."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from .rubric import Rubric
from .sheet import MarksTable


@dataclass(frozen=True)
class ItemAgreement:
    """The agreement of two graders on one item."""

    item: str
    first: str
    second: str
    """The names of their tables."""
    answers: int
    """How many answers both graders marked."""
    same: int
    """How many of those got the same points from both."""
    kappa: float | None
    """1 if they always agree, 0 if they agree as often as by chance; None if both gave all answers the same points."""


@dataclass
class Agreement:
    """The result of comparing tables."""

    items: list[ItemAgreement] = field(default_factory=list)
    differences: list[tuple[str, str, str, float, str, float]] = field(default_factory=list)
    """Code, item, and each table with its points."""


def agreement_of(sheets: Sequence[MarksTable], rubric: Rubric) -> Agreement:
    """Compare every two tables, on the answers that both of them mark."""
    found = Agreement()
    for one, other in combinations(sheets, 2):
        both = [code for code in one.marks if code in other.marks]
        for item in rubric.items:
            pairs = [
                (code, one.marks[code].points[item.name], other.marks[code].points[item.name])
                for code in both
                if item.name in one.marks[code].points and item.name in other.marks[code].points
            ]
            if not pairs:
                continue
            same, value = sum(a == b for _, a, b in pairs), kappa([(a, b) for _, a, b in pairs])
            found.items.append(ItemAgreement(item.name, one.path.name, other.path.name, len(pairs), same, value))
            found.differences += [
                (code, item.name, one.path.name, a, other.path.name, b) for code, a, b in pairs if a != b
            ]
    return found


def kappa(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Cohen's kappa of pairs of marks: (observed - chance) / (1 - chance). None if chance alone explains everything."""
    count = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum(a == b for a, b in pairs) / count
    chance = sum(first[mark] * second[mark] for mark in first) / count**2
    return None if chance == 1 else (observed - chance) / (1 - chance)
