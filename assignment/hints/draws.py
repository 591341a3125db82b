"""Why numbers are not independent draws from the range: which distribution they have, or what they have in common."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import erf
from typing import Any

import numpy as np

from .hint import Hint

Array = np.ndarray[Any, np.dtype[Any]]

_ZEROS = Hint("zeros", "All entries are 0: draw each of them at random.")
_CONSTANT = Hint("constant", "All entries are the same number: draw each of them at random.")
LINE_COPIED = Hint("line-copied", "Two of its rows or columns are the same, perhaps with the opposite sign.")
NEVER_DRAWN = Hint(
    "entry-never-drawn", "At least one entry is the same after every call: draw every entry of every matrix."
)
OLD_KEPT = Hint(
    "old-weights-kept",
    "If the model has weights already, init keeps some of them or adds to them. Draw all of them again in each call.",
)
_NORMAL = Hint("normal", "The entries have a normal distribution: use np.random.uniform, not randn or normal.")
_POSITIVE = Hint("only-positive", "No entry is negative: the range should begin at the negative bound, not at 0.")
_NEGATIVE = Hint("only-negative", "No entry is positive: the range should end at the positive bound, not at 0.")
_WIDE = Hint("range-too-wide", "The entries are uniform, but their range is too wide.")
_NARROW = Hint("range-too-narrow", "The entries are uniform, but their range is too narrow.")
_LOPSIDED = Hint("range-lopsided", "The entries are uniform, but their range is not symmetric about 0.")
_CENTRED = Hint(
    "draws-centred",
    "The mean of the entries is 0 up to rounding: it looks as if it has been subtracted from them. That moves the "
    "range, so leave them as they are drawn.",
)
_CLIPPED = Hint(
    "draws-clipped",
    "Many entries are exactly at a bound: it looks as if they have been clipped. Draw from the range itself.",
)
_MIDDLE = Hint(
    "bell-shaped",
    "Entries near 0 are more frequent than others: it looks as if the distribution is not uniform.",
)
_NEAR_ZERO_MISSING = Hint("gap-around-zero", "Entries near 0 are missing, or less frequent than others.")
_FEW_OUTSIDE = Hint("few-outside", "Only a few entries are outside: look for a line that changes single entries.")
_ROUNDED = Hint(
    "draws-rounded",
    "The entries are rounded, or made from whole numbers: draw numbers with all digits, and store them as they are.",
)
_CHOICE = Hint("few-values", "There are only a few different values: it looks as if they are chosen from a list.")
_DIAGONAL = Hint("zero-diagonal", "The diagonal of R is 0: draw it like the other entries.")
_SYMMETRIC = Hint("symmetric", "R is symmetric: draw the entries on both sides of the diagonal independently.")
_ANTISYMMETRIC = Hint(
    "antisymmetric",
    "Across the diagonal, R has the same numbers with the opposite sign: draw the entries on both sides independently.",
)
_DIAGONAL_ONLY = Hint("only-diagonal", "Only the diagonal is not 0: draw the other entries in the same way.")
_TRIANGLE = Hint("one-triangle", "Only one side of the diagonal is drawn, and the other side is 0.")
_ZERO_ROWS = Hint("zero-rows", "A whole row or column is 0: does a loop end one step too early, or begin too late?")
_ROWS = Hint("rows-repeated", "Some rows or columns are the same: draw each entry independently.")
_SORTED = Hint("draws-sorted", "The entries are sorted: leave them in the order in which they are drawn.")
_EVEN = Hint("evenly-spaced", "The entries are evenly spaced, as from np.linspace: draw each of them at random.")
_SEED_BETWEEN = Hint(
    "seed-between",
    "The same numbers come in the same order: it looks as if a seed is set before each draw, or as if all matrices are "
    "cut from one array.",
)
_REUSED = Hint("numbers-reused", "It looks as if one of them is made from the other, or both from one array.")
_NEGATED = Hint(
    "numbers-negated",
    "Apart from the sign, the numbers are the same: draw each matrix by itself, and do not make one from another.",
)
_WHEN_EQUAL = Hint(
    "shared-when-equal",
    "This happens only if their shapes are equal: it looks as if one array is then used for both.",
)
_SAME_ARRAY = Hint("one-array-for-two", "They are one and the same array under two names: draw a new array for each.")
_SEED = Hint("seed-inside", "It looks as if a seed is set inside init, or as if the numbers are drawn once and kept.")
_NOT_RANDOM = Hint("not-random", "Nothing in it is random: draw its entries with np.random.uniform.")

#: This many entries are enough to tell one distribution from another.
_ENOUGH = 500


def draw_hints(name: str, array: Array, bound: float) -> tuple[Hint, ...]:
    """Return what kind of numbers a matrix has; nothing if they are right, too few, or if it is not certain."""
    numbers = array.astype(np.float64)
    flat = np.sort(numbers.ravel())
    if not np.all(np.isfinite(flat)):
        return ()
    if np.ptp(flat) == 0 and flat.size > 1:
        return (_ZEROS if flat[0] == 0 else _CONSTANT,)
    if flat.size < 20:
        return ()
    if _are_even(flat):
        return (_EVEN,)
    if found := _pattern(name, numbers):
        return (found,)
    if found := _values(flat, bound):
        return (found,)
    found = _distribution(flat, bound) if flat.size >= _ENOUGH else None
    return (found,) if found else ()


def _pattern(name: str, numbers: Array) -> Hint | None:
    """Return how the entries depend on their places."""
    if numbers.ndim != 2 or min(numbers.shape) < 3:
        return None
    if numbers.shape[0] == numbers.shape[1] and name == "R":
        if np.any(numbers) and np.array_equal(numbers, -numbers.T):
            return _ANTISYMMETRIC
        if not np.any(np.diag(numbers)):
            return _DIAGONAL
        if not np.any(numbers[~np.eye(len(numbers), dtype=bool)]):
            return _DIAGONAL_ONLY
        if np.array_equal(numbers, numbers.T):
            return _SYMMETRIC
        if not np.any(np.triu(numbers, 1)) or not np.any(np.tril(numbers, -1)):
            return _TRIANGLE
    if np.all(numbers == numbers[0]) or np.all(numbers == numbers[:, :1]):
        return _ROWS
    if not all(np.all(np.any(numbers, axis=axis)) for axis in (0, 1)):
        return _ZERO_ROWS
    if any(np.all(np.diff(numbers, axis=axis) >= 0) or np.all(np.diff(numbers, axis=axis) <= 0) for axis in (0, 1)):
        return _SORTED
    return None


def _values(flat: Array, bound: float) -> Hint | None:
    """Return how the values of sorted entries are not draws from a continuous range."""
    values = np.unique(flat)
    if len(values) <= 3 and flat.size > 30:
        return _CHOICE
    at_bounds = np.isclose(np.abs(flat), np.abs(flat).max(), rtol=1e-12)
    if at_bounds.mean() > 0.01 and flat.size > 200 and len(values) > 0.9 * np.sum(~at_bounds):  # others do not repeat
        return _CLIPPED
    for digits in range(1, 7):
        if len(values) < flat.size and np.allclose(flat, np.round(flat, digits), atol=1e-12, rtol=0):
            return _ROUNDED
    return _CHOICE if len(values) < flat.size / 10 else None


def _are_even(numbers: Array) -> bool:
    """Whether numbers, when sorted, have the same distance from each other, which is not 0."""
    gaps = np.diff(np.sort(numbers, axis=None))
    return gaps.size >= 30 and bool(0 <= np.ptp(gaps) < 1e-6 * gaps.mean())


def _distribution(flat: Array, bound: float) -> Hint | None:
    """Return from which other distribution sorted entries come."""
    low, high = flat[0], flat[-1]
    outside = np.abs(flat) > bound * (1 + 1e-6)
    inside = flat[~outside]
    share = outside.mean()
    # Numbers that come with both signs have the mean 0 as well.
    if abs(flat.mean()) < 1e-9 * bound and not np.allclose(flat, -flat[::-1], rtol=0, atol=1e-6 * bound):
        return _CENTRED
    if 0 < share < 0.02 and inside.size >= _ENOUGH and _is_uniform(inside, -bound, bound):
        if max(low + bound, bound - high) > 20 * bound / flat.size:  # too far from one of the bounds to be chance
            return _LOPSIDED
        # A range that is too wide by 1 % has 1 % of its entries outside, all of them within 1 % of the bound.
        return _FEW_OUTSIDE if np.abs(flat).max() > bound * (1 + 4 * share) else _WIDE
    if _is_uniform(flat, low, high):
        near = 0.02 * (high - low) + 8 * (high - low) / flat.size
        if 0 <= low < near or -near < high <= 0:
            return _POSITIVE if low >= 0 else _NEGATIVE
        if abs(low + high) > near:
            return _LOPSIDED
        return _WIDE if high > bound * (1 + 1e-6) else _NARROW if high < bound * (1 - 10 / flat.size) else None
    scaled = (flat - flat.mean()) / flat.std()
    if abs(np.mean(scaled**4) - 3) < 0.35 and _fits(
        flat, _normal_share(flat)
    ):  # the fourth moment of a triangle is 2.4
        return _NORMAL
    reach = max(-low, high)
    middle = np.mean(np.abs(flat) < reach / 4) * 4
    return _NEAR_ZERO_MISSING if middle < 0.85 else _MIDDLE if middle > 1.15 and abs(low + high) < 0.2 * reach else None


def _is_uniform(flat: Array, low: float, high: float) -> bool:
    return _fits(flat, (flat - low) / (high - low))


def _normal_share(flat: Array) -> Array:
    scaled = (flat - flat.mean()) / (flat.std() * np.sqrt(2))
    return np.array([(1 + erf(value)) / 2 for value in scaled])


def _fits(flat: Array, share: Array) -> bool:
    """Whether the share of a distribution that lies below each sorted entry is what Kolmogorov's test accepts."""
    steps = np.arange(1, flat.size + 1) / flat.size
    distance = max(float(np.max(steps - share)), float(np.max(share - steps + 1 / flat.size)))
    return bool(distance < 1.8 / np.sqrt(flat.size))


def sharing_hints(first: str, other: str, every: Sequence[Mapping[str, Array]]) -> tuple[Hint, ...]:
    """Return why two matrices share numbers.

    Args:
        first: the name of a matrix.
        other: the name of another one.
        every: what some calls stored. In the first, all matrices have one shape, and in the last they have not.
    """
    if any(first not in weights or other not in weights for weights in every):
        return ()
    pairs = [(weights[first], weights[other]) for weights in every]
    if all(_are_even(one) and _are_even(two) for one, two in pairs):
        return (_EVEN,)
    if all(_are_equal(one, two) for one, two in pairs):
        return (_SAME_ARRAY,)
    if any(_are_negated(one, two) for one, two in pairs):
        return (_NEGATED,)
    (one, two), last = pairs[0], pairs[-1]
    if not _in_order(*last) and not _corner(*last):
        equal = _are_equal(one, two) or _are_equal(one, two.T)
        return (_WHEN_EQUAL,) if equal else ()
    if all(_in_order(every[-1][a], every[-1][b]) for a, b in combinations(every[-1], 2)):
        return (_SEED_BETWEEN,)
    return (_REUSED,)


def _are_equal(one: Array, two: Array) -> bool:
    return one.shape == two.shape and bool(np.array_equal(one, two))


def _are_negated(one: Array, two: Array) -> bool:
    """Whether most numbers of the smaller array are in the larger one with the opposite sign, and few as they are."""
    small, large = sorted((one, two), key=np.size)
    return bool(np.mean(np.isin(-small, large)) > 0.5 and np.mean(np.isin(small, large)) < 0.05)


def _in_order(one: Array, two: Array) -> bool:
    """Whether the smaller array has the first numbers of the larger one, in the same order."""
    size = min(one.size, two.size)
    return bool(np.array_equal(one.ravel()[:size], two.ravel()[:size]))


def _corner(one: Array, two: Array) -> bool:
    """Whether the two arrays have the same numbers in one corner."""
    if one.ndim != 2 or two.ndim != 2:
        return False
    rows, columns = (min(sizes) for sizes in zip(one.shape, two.shape, strict=True))
    return bool(np.array_equal(one[:rows, :columns], two[:rows, :columns]))


def freshness_hints(array: Array) -> tuple[Hint, ...]:
    """Return why two calls of ``init`` store the same numbers."""
    if np.ptp(array) == 0:
        return (_ZEROS if not np.any(array) else _CONSTANT,)
    if _are_even(array):
        return (_EVEN,)
    return (_SEED,) if len(np.unique(array)) > 3 or array.size < 20 else (_NOT_RANDOM,)
