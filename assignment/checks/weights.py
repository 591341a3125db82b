"""Judging the three matrices that ``init`` stores (exercise 3).

The statistical checks work on many entries at once. Each states the probability that it fails a correct solution
in one grading run; together they stay far below 1e-9.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.checking import Mistake, ask, kind_of, spell_shape

from .words import HINTS, Model

Array = np.ndarray[Any, np.dtype[Any]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

#: Which sizes a matrix has, by the letters of the lecture: W maps x to s, R maps a to s, V maps a to z.
SHAPES = {"W": ("I", "D"), "R": ("I", "I"), "V": ("K", "I")}


def make_each(init: Any, sizes: Sequence[tuple[int, int, int]], reveal: bool = False) -> Iterator[dict[str, Array]]:
    """Call ``init`` once for each D, I, K, each time on a fresh model; yields W, R and V as plain arrays.

    Raises:
        Mistake: the call fails, an attribute is missing, is not a float array, or has the wrong shape.
    """
    for stored, (D, I, K) in zip(call_each(init, sizes, reveal), sizes, strict=True):
        yield {name: matrix(stored, name, {"D": D, "I": I, "K": K}) for name in SHAPES}


def call_each(init: Any, sizes: Sequence[tuple[int, int, int]], reveal: bool = False) -> Iterator[Mapping[str, Any]]:
    """Call ``init`` once for each D, I, K, each time on a fresh model; yields what it stored.

    Raises:
        Mistake: the call fails.
    """
    calls = [(Model(), *own) for own in sizes]
    for answer in ask(init, calls, name="init", reveal=reveal, stored=SHAPES, hints=HINTS):
        _ = answer.value  # a call that failed is told
        yield answer.attributes


def matrix(stored: Mapping[str, Any], name: str, sizes: dict[str, int]) -> Array:
    """Return one weight matrix that is stored on a model as a plain float array of shape ``SHAPES[name]``.

    Raises:
        Mistake: it is missing, not a numpy array, not of floats, or of another shape.
    """
    if name not in stored:
        raise Mistake(f"init does not store model.{name}: write model.{name} = ... inside of init.")
    value = stored[name]
    if not isinstance(value, np.ndarray):
        raise Mistake(f"model.{name} is a {kind_of(value)}, expected a numpy array of floats.")
    array = np.asarray(value)
    if not np.issubdtype(array.dtype, np.floating) or array.dtype.itemsize < 4:
        raise Mistake(f"model.{name} holds {array.dtype}, expected floats of 32 bits or more.")
    letters = SHAPES[name]
    expected = tuple(sizes[letter] for letter in letters)
    if array.shape != expected:
        raise Mistake(_wrong_shape(name, array.shape, expected, sizes))
    if not np.all(np.isfinite(array)):
        raise Mistake(f"model.{name} has entries that are not finite: is np.empty left unfilled?")
    return array


def _wrong_shape(name: str, shape: tuple[int, ...], expected: tuple[int, ...], sizes: dict[str, int]) -> str:
    wanted = ", ".join(SHAPES[name])
    text = f"model.{name} has shape {spell_shape(shape, sizes, ''.join(SHAPES[name]))}, expected ({wanted})"
    if shape == expected[::-1]:
        return f"{text}: rows and columns are swapped, see exercise 3."
    if int(np.prod(shape)) == int(np.prod(expected)):
        return f"{text}: the right number of entries, but not as a matrix."
    return f"{text}: take the sizes from the arguments of init."


def check_range(weights: dict[str, Array], bound: float) -> None:
    """Every entry lies in [-bound, bound], up to the rounding of 32-bit floats."""
    for name, array in weights.items():
        if np.max(np.abs(array)) > bound * (1 + 1e-6):
            raise Mistake(f"model.{name} has entries outside of [-{bound}, {bound}].")


def check_spread(weights: dict[str, Array], bound: float) -> None:
    """The entries of each matrix look like independent draws from the uniform distribution on [-bound, bound].

    For n entries (n >= 12000 here, three matrices) a correct solution fails with a probability of about

    * an empty outer hundredth, either side: 2 * 0.995**n < 2e-26;
    * Kolmogorov's distance above 3.6 / sqrt(n): 2 * exp(-2 * 3.6**2) = 1.1e-11;
    * Kolmogorov's distance below 0.2 / sqrt(n), which is too regular:
      sqrt(2 pi) / 0.2 * exp(-pi**2 / (8 * 0.2**2)) = 5e-13;
    * a correlation of neighbours beyond 7 / sqrt(n), two directions and R with its transpose: 2.6e-12 each;
    * repeated values: 32-bit draws have 2**24 values, so n = 90000 of them repeat about 240 of 9000 allowed: nil;
      one value 8 times or more: 2**24 * (n / 2**24)**8 / 8! = 3e-16.

    Three matrices: below 1e-10 in all.
    """
    for name, array in weights.items():
        unit = (np.sort(array.ravel().astype(np.float64)) / bound + 1) / 2
        n = unit.size
        sizes = np.sort(np.abs(array), axis=None)
        if np.mean(sizes[1:] == sizes[:-1]) > 0.1 or np.any(sizes[7:] == sizes[:-7]):
            raise Mistake(
                f"model.{name} repeats the same few values: every entry needs a draw of its own from the "
                f"continuous uniform distribution on [-{bound}, {bound}]."
            )
        if unit[0] > 0.005 or unit[-1] < 0.995:
            raise Mistake(
                f"model.{name} does not fill [-{bound}, {bound}]: among very many entries the smallest and the "
                "largest should be close to the bounds. Check lower and upper bound."
            )
        steps = np.arange(n + 1) / n
        distance = max(float(np.max(steps[1:] - unit)), float(np.max(unit - steps[:-1])))
        if distance > 3.6 / np.sqrt(n):
            raise Mistake(
                f"The entries of model.{name} are not uniformly distributed over [-{bound}, {bound}]: "
                "is it another distribution, or are they clipped?"
            )
        if distance < 0.2 / np.sqrt(n):
            raise Mistake(f"The entries of model.{name} are spaced too evenly for random draws.")
        _check_neighbours(name, array)


def _check_neighbours(name: str, array: Array) -> None:
    centred = array.astype(np.float64) - array.mean()
    pairs = [(centred[1:], centred[:-1]), (centred[:, 1:], centred[:, :-1])]
    if array.shape[0] == array.shape[1]:
        upper = np.triu_indices(array.shape[0], 1)
        pairs.append((centred[upper], centred.T[upper]))
    for left, right in pairs:
        correlation = np.sum(left * right) / np.sqrt(np.sum(left**2) * np.sum(right**2))
        if abs(correlation) > 7 / np.sqrt(left.size):
            raise Mistake(f"The entries of model.{name} depend on each other: draw each of them independently.")


def check_unrelated(weights: dict[str, Array]) -> None:
    """No two of W, R and V share numbers.

    A correct solution with 64-bit draws never repeats a number; with 32-bit draws (2**24 values) two matrices of
    1600 entries have 0.15 in common on average, and more than the 32 that are allowed with p < 1e-60. Matrices that
    overlap in memory share the numbers there.

    Draws from few values, or clipped to the range, share numbers by chance, and that is no sign of a common seed. How
    many they share grows with how often numbers repeat inside of a matrix, so eight times that share is allowed as well.
    """
    names = list(weights)
    for position, first in enumerate(names):
        for second in names[position + 1 :]:
            one, other = weights[first], weights[second]
            repeated = max(np.mean(~_single(one)), np.mean(~_single(other)))
            if common_share(one, other) > max(0.02, 8 * float(repeated)):
                raise Mistake(
                    f"model.{first} and model.{second} hold the same numbers: draw each matrix by itself, "
                    "and seed no generator in between."
                )


def common_share(first: Array, second: Array) -> float:
    """Share of the entries of the smaller array whose size (without its sign) is also in the other one.

    Numbers that an array has more than once are left out.
    """
    small, large = sorted((first, second), key=np.size)
    kept = [np.abs(array).ravel()[_single(array)] for array in (small, large)]
    return float(np.mean(np.isin(*kept))) if kept[0].size else 0.0


def _single(array: Array) -> Flags:
    """Which entries, in a row, are numbers that no other one is."""
    _, place, count = np.unique(array, return_inverse=True, return_counts=True)
    single: Flags = (count == 1)[place.ravel()]
    return single


def check_fresh(first: Mapping[str, Any], second: Mapping[str, Any]) -> None:
    """Two calls of ``init`` have drawn other numbers.

    Of 500 entries or more, next to none stand in the same places by chance. Of few different numbers, or of numbers
    that are clipped to the range, many do: how many, follows from how often each number is there. So many more as
    make a difference of eight standard deviations, and a tenth at least, are a sign of one seed.

    Args:
        first: what one call stored.
        second: what another one with the same sizes stored.

    Raises:
        Mistake: they hold the same numbers.
    """
    for name in SHAPES:
        pair = [np.asarray(stored.get(name, np.zeros(1))) for stored in (first, second)]
        one, other = (np.abs(array if array.dtype.kind == "c" else array.astype(float)) for array in pair)
        if one.shape != other.shape or not one.size:
            continue
        chance = _chance_of_equals(one, other)
        margin = max(0.1, 8 * np.sqrt(chance * (1 - chance) / one.size))
        same = float(np.mean(one == other))
        if same == 1 or same > chance + margin:
            raise Mistake(
                f"Two calls of init give the same model.{name}: do not seed the generator inside of init, "
                "and draw the numbers anew in each call."
            )


def _chance_of_equals(one: Array, other: Array) -> float:
    """How often an entry of one array equals an entry of the other, if one of each is drawn at random."""
    values, counts = np.unique(one, return_counts=True)
    more, others = np.unique(other, return_counts=True)
    _, here, there = np.intersect1d(values, more, assume_unique=True, return_indices=True)
    return float(np.sum((counts[here] > 1) * counts[here] * (others[there] > 1) * others[there])) / one.size**2
