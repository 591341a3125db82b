"""Find the rows of a drawing that are out of order: kinds or times that differ from the others."""

from collections import Counter
from collections.abc import Hashable
from itertools import pairwise
from typing import TypeVar

from autograder.checking import Point

from .names import Name
from .unfolded import KINDS

Thing = TypeVar("Thing", bound=Hashable)

#: If more rows are out of order, there is no order that most have.
_MOST_ASTRAY = 2

#: Some words for a row, and its nodes.
Astray = tuple[str, list[Name]]


def astray(centres: dict[Name, Point], pixels: float) -> list[Astray]:
    """Return the rows that are not as most others are; none if there is no order that most have.

    Args:
        centres: where the nodes are.
        pixels: coordinates that differ by less count as the same.
    """
    ways = [_in_time(centres, axis, pixels) + _order_of_kinds(centres, 1 - axis, pixels) for axis in (0, 1)]
    fewest = min(ways, key=len)
    return fewest if len(fewest) <= _MOST_ASTRAY else []


def _in_time(centres: dict[Name, Point], axis: int, pixels: float) -> list[Astray]:
    """The kinds for which time does not run as for the others, or the times that have changed places for all."""
    ways = {}
    for kind in KINDS:
        places = [centres[name][axis] for name in sorted(centres, key=lambda name: name.t or 0) if name.kind == kind]
        moves = [later - earlier for earlier, later in pairwise(places)]
        ways[kind] = (all(move > pixels for move in moves)) - (all(move < -pixels for move in moves))
    if not any(ways.values()):
        return _times_swapped(centres, axis)
    usual = _most_common([way for way in ways.values() if way])
    return [
        (f"{kind} at all times", [name for name in centres if name.kind == kind])
        for kind, way in ways.items()
        if way != usual and any(name.kind == kind for name in centres)
    ]


def _times_swapped(centres: dict[Name, Point], axis: int) -> list[Astray]:
    times = sorted({name.t or 0 for name in centres})
    places = {t: [point[axis] for name, point in centres.items() if name.t == t] for t in times}
    along = sorted(times, key=lambda t: sum(places[t]) / len(places[t]))
    order = min((along, along[::-1]), key=lambda one: sum(a != b for a, b in zip(one, times, strict=True)))
    wrong = [t for t, other in zip(times, order, strict=True) if t != other]
    return [(f"t = {t}", [name for name in centres if name.t == t]) for t in wrong]


def _order_of_kinds(centres: dict[Name, Point], axis: int, pixels: float) -> list[Astray]:
    """The times at which the kinds are in a different order than at most other times."""
    orders: dict[int | None, tuple[str, ...]] = {}
    for t in sorted({name.t or 0 for name in centres}):
        row = sorted((point[axis], name.kind) for name, point in centres.items() if name.t == t)
        together = row[-1][0] - row[0][0] <= pixels
        orders[t] = () if together else tuple(kind for _, kind in row)
    usual = _most_common([order for order in orders.values() if order])
    return [(f"t = {t}", [name for name in centres if name.t == t]) for t, order in orders.items() if order != usual]


def _most_common(things: list[Thing]) -> Thing | None:
    return Counter(things).most_common(1)[0][0] if things else None
