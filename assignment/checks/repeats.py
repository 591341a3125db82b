"""Judge whether the numbers that ``init`` stores are in another matrix, or came in another call (exercise 3).

The docstrings say how unlikely it is that a correct solution fails.
"""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from autograder.checking import Mistake

from ..hints.draws import NEVER_DRAWN, OLD_KEPT, Array, freshness_hints, sharing_hints
from .weights import Sizes, keeps_range, numbers_each, refuse_infinite, with_hints

Flags = np.ndarray[Any, np.dtype[np.bool_]]


def check_unrelated(weights: dict[str, Array], every: Sequence[dict[str, Array]] = ()) -> None:
    """Check that no two of W, R and V share numbers. For hints, other calls may be given as well.

    A correct solution with 64-bit draws never repeats a number. With 32-bit draws (2**24 values), two matrices of 1600
    entries share 0.15 numbers on average, and more than the allowed 80 with p < 1e-150. Matrices that overlap in memory
    share numbers, too.

    Draws from a few values, and draws clipped to the range, share numbers by chance. That is no sign of a common seed.
    The more a matrix repeats its numbers, the more two of them share, so eight times that share is allowed as well.
    """
    refuse_infinite(weights)
    names = list(weights)
    for position, first in enumerate(names):
        for second in names[position + 1 :]:
            one, other = weights[first], weights[second]
            repeated = max(np.mean(~_single(one)), np.mean(~_single(other)))
            if common_share(one, other) > max(0.05, 8 * float(repeated)):
                text = (
                    f"model.{first} and model.{second} contain the same numbers, but each should be drawn on its own."
                )
                raise with_hints(text, sharing_hints(first, second, every or [weights]))


def common_share(first: Array, second: Array) -> float:
    """Return the share of entries of the smaller array whose absolute value is also in the larger one.

    Numbers that an array has more than once are left out.
    """
    small, large = sorted((first, second), key=np.size)
    kept = [np.abs(array).ravel()[_single(array)] for array in (small, large)]
    return float(np.mean(np.isin(*kept))) if kept[0].size else 0.0


def _single(array: Array) -> Flags:
    """Return which entries, in a row, are numbers that no other entry has."""
    _, place, count = np.unique(array, return_inverse=True, return_counts=True)
    single: Flags = (count == 1)[place.ravel()]
    return single


def check_fresh(first: dict[str, Array], second: dict[str, Array]) -> None:
    """Check that two calls of ``init`` draw different numbers.

    By chance, hardly any of 500 entries are the same in both calls. Draws from a few values, and draws clipped to the
    range, have many equal entries; how many follows from how often each number occurs. A share that is larger by eight
    standard deviations, and by at least a tenth, is a sign of one seed. If there are entries whose number occurs once,
    only these are compared: the others may be zeros that are always in the same places.

    Args:
        first: the numbers that one call stored.
        second: the numbers that another call with the same sizes stored.

    Raises:
        Mistake: they contain the same numbers.
    """
    refuse_infinite(first)
    for name in (name for name in first if name in second):
        one, other = first[name], second[name]
        if one.shape != other.shape:
            continue
        single = _single(one)
        if np.sum(single) >= 20:
            one, other = one.ravel()[single], other.ravel()[single]
        chance = _chance_of_equals(one, other)
        margin = max(0.1, 8 * np.sqrt(chance * (1 - chance) / one.size))
        same = float(np.mean(one == other))
        if same == 1 or same > chance + margin:
            text = f"Two calls of init give the same model.{name}, but each call should draw new numbers."
            raise with_hints(text, freshness_hints(one))


def check_all_fresh(every: Sequence[dict[str, Array]]) -> None:
    """Check that no two of several calls draw the same numbers, as with one of a few seeds.

    Raises:
        Mistake: two calls stored the same in all matrices.
    """
    drawn = [np.concatenate([array.ravel() for array in weights.values()]) for weights in every]
    if any(np.array_equal(one, other) for place, one in enumerate(drawn) for other in drawn[:place]):
        raise with_hints(
            "Some calls of init give the same weights as an earlier one, but each call should draw new numbers.",
            freshness_hints(drawn[0]),
        )


def check_nothing_kept(init: Any, stored: Collection[str]) -> None:
    """Check that ``init`` draws new numbers on a model that has weights already.

    Args:
        init: the function.
        stored: the matrices that it stores on a new model.

    Raises:
        Mistake: it keeps some of them, or adds to them.
    """
    D, I, K = sizes = (4, 3, 2)
    before = {"W": np.full((I, D), _LARGE), "R": np.full((I, I), _LARGE), "V": np.full((K, I), _LARGE)}
    for weights in numbers_each(init, [sizes], before=before):
        if any(np.any(np.abs(weights[name]) > _LARGE / 2) for name in stored if name in weights):
            raise with_hints("init does not draw all weights in every call.", (OLD_KEPT,))


#: No init draws such a number, whatever its range is.
_LARGE = 1e6

#: Sizes at which every entry should change. Where one of them is 1, a matrix may have a branch of its own.
_SMALL: tuple[Sizes, ...] = ((4, 3, 1), (1, 3, 2), (3, 1, 2))
_CALLS = 3


def check_every_entry(init: Any, large: Sizes, bound: float) -> None:
    """Check that every single entry is drawn, such as the last one.

    One of 70 entries of 32 bits is the same in three calls with p < 1e-12. If many entries are the same in two large
    calls, the case about fresh weights names the mistake, and if some are outside the range, the case about that. Then
    it costs nothing here.

    Raises:
        Mistake: an entry is the same after every call.
    """
    drawn = list(numbers_each(init, [small for small in _SMALL for _ in range(_CALLS)]))
    for every in (drawn[place : place + _CALLS] for place in range(0, len(drawn), _CALLS)):
        for name in every[0]:
            arrays = [weights[name] for weights in every if name in weights]
            if len({array.shape for array in arrays}) == 1 and np.any(np.all(np.equal(arrays, arrays[0]), axis=0)):
                if _keeps_large_ones(init, large) or not keeps_range(init, bound):
                    return
                raise with_hints(f"Some entries of model.{name} are never drawn.", (NEVER_DRAWN,))


def _keeps_large_ones(init: Any, large: Sizes) -> bool:
    try:
        check_fresh(*numbers_each(init, [large] * 2))
    except Mistake:
        return True
    return False


def _chance_of_equals(one: Array, other: Array) -> float:
    """Return how likely an entry of one array equals an entry of the other, if both are picked at random."""
    values, counts = np.unique(one, return_counts=True)
    more, others = np.unique(other, return_counts=True)
    _, here, there = np.intersect1d(values, more, assume_unique=True, return_indices=True)
    return float(np.sum((counts[here] > 1) * counts[here] * (others[there] > 1) * others[there])) / one.size**2
