"""Judge the three matrices that ``init`` stores (exercise 3).

The statistical checks look at many entries at once. Each docstring gives the probability that a correct solution fails
in one grading run. The sum of all is far below 1e-9.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.checking import Answer, Call, Mistake, ask, entries_of, kind_of, spell_shape

from .words import HINTS, Model

Array = np.ndarray[Any, np.dtype[Any]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

#: D, I and K, the arguments of ``init``.
Sizes = tuple[int, int, int]

#: The sizes of each matrix, with the lecture's letters: W maps x to s, R maps a to s, V maps a to z.
SHAPES = {"W": ("I", "D"), "R": ("I", "I"), "V": ("K", "I")}


def check_shapes(init: Any, sizes: Sequence[Sizes], reveal: bool = False) -> None:
    """Call ``init`` once for each D, I, K, and check that W, R and V are float arrays of the right shapes.

    Raises:
        Mistake: the call fails, an attribute is missing, is not a float array, or has the wrong shape.
    """
    for answer, (D, I, K) in zip(call_each(init, sizes, reveal), sizes, strict=True):
        _ = answer.value  # raises a Mistake if the call failed
        for name in SHAPES:
            check_shape(answer.attributes, name, {"D": D, "I": I, "K": K})


def numbers_each(init: Any, sizes: Sequence[Sizes], reveal: bool = False) -> Iterator[dict[str, Array]]:
    """Call ``init`` once for each D, I, K. Yield the numbers in W, R and V as arrays, whatever their shapes.

    One of the three may be missing. That costs the cases about shapes; the others judge the two that are there.

    Raises:
        Mistake: fewer than two of them are there.
    """
    for answer in call_each(init, sizes, reveal):
        read = {name: numbers_in(answer.attributes.get(name)) for name in SHAPES}
        found = {name: array for name, array in read.items() if array is not None}
        if len(found) < 2:
            _ = answer.value  # if the call failed, that is the reason
            missing = ", ".join(f"model.{name}" for name in SHAPES if name not in found)
            raise Mistake(f"init stores no numbers in {missing}, so this cannot be judged: store all three matrices.")
        yield found


def call_each(init: Any, sizes: Sequence[Sizes], reveal: bool = False) -> Iterator[Answer]:
    """Call ``init`` once for each D, I, K, each time on a fresh model."""
    stored = (*SHAPES, *(name.lower() for name in SHAPES))
    calls = [Call((Model(), *own), sizes=dict(zip("DIK", own, strict=True))) for own in sizes]
    return ask(init, calls, name="init", reveal=reveal, stored=stored, hints=HINTS)


def numbers_in(value: Any) -> Array | None:
    """Return the real numbers in a value as a float array of whatever shape; None if it does not consist of such."""
    try:
        array = np.asarray(value)
        if array.dtype.kind == "c" and not np.any(array.imag):
            array = array.real
        if array.dtype.kind == "O" and all(isinstance(entry, (int, float)) for entry in array.flat):
            array = array.astype(np.float64)
        if array.dtype.kind not in "biuf" or not array.size:
            return None
    except Exception:  # a student's own type may raise anything
        return None
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def check_shape(stored: Mapping[str, Any], name: str, sizes: dict[str, int]) -> None:
    """Check that ``init`` stored a weight matrix as a numpy array of floats, of shape ``SHAPES[name]``.

    Raises:
        Mistake: it is missing, is not a numpy array, does not hold floats, or has another shape.
    """
    if name not in stored and name.lower() in stored:
        raise Mistake(f"init stores model.{name.lower()}, expected model.{name}: capital and small letters differ.")
    if name not in stored:
        raise Mistake(f"init does not store model.{name}: write model.{name} = ... inside init.")
    value = stored[name]
    if not isinstance(value, np.ndarray):
        raise Mistake(f"model.{name} is a {kind_of(value)}, expected a numpy array of floats.")
    array = np.asarray(value)
    if not np.issubdtype(array.dtype, np.floating) or array.dtype.itemsize < 4:
        raise Mistake(f"model.{name} holds {entries_of(array)}, expected floats of 32 bits or more.")
    letters = SHAPES[name]
    expected = tuple(sizes[letter] for letter in letters)
    if array.shape != expected:
        raise Mistake(_wrong_shape(name, array.shape, expected, sizes))


def _wrong_shape(name: str, shape: tuple[int, ...], expected: tuple[int, ...], sizes: dict[str, int]) -> str:
    wanted = ", ".join(SHAPES[name])
    text = f"model.{name} has shape {spell_shape(shape, sizes, ''.join(SHAPES[name]))}, expected ({wanted})"
    if shape == expected[::-1]:
        return f"{text}: rows and columns are swapped. See exercise 3."
    if int(np.prod(shape)) == int(np.prod(expected)):
        return f"{text}: the number of entries is right, but their arrangement is not."
    return f"{text}: take the sizes from the arguments of init."


def check_range(weights: dict[str, Array], bound: float) -> None:
    """Check that every entry lies in [-bound, bound], up to rounding, and that not all entries are the same."""
    for name, array in weights.items():
        if not np.all(np.isfinite(array)):
            raise Mistake(f"model.{name} has entries that are not finite. Did you leave an np.empty array unfilled?")
        if np.max(np.abs(array)) > bound * (1 + max(1e-6, float(np.finfo(array.dtype).eps))):
            raise Mistake(f"model.{name} has entries outside [-{bound}, {bound}].")
        if array.size >= 20 and np.all(array == array.flat[0]):  # a few may be the same by chance
            raise Mistake(f"All entries of model.{name} are the same: draw each of them at random.")


#: As many entries of a matrix are enough to judge their distribution.
ENOUGH = 1000


def with_more(init: Any, first: dict[str, Array], sizes: Sizes) -> dict[str, Array]:
    """Return the numbers of a call of ``init``, and where they are too few to judge, those of more calls.

    A right ``init`` stores enough in one call. One that takes its sizes from somewhere else may store only a few.
    """
    fewest = min(array.size for array in first.values())
    if fewest >= ENOUGH:
        return first
    calls = [first, *numbers_each(init, [sizes] * (ENOUGH // fewest))]
    names = [name for name in first if all(name in weights for weights in calls)]
    return {name: np.concatenate([weights[name].ravel() for weights in calls]) for name in names}


def check_spread(weights: dict[str, Array], bound: float) -> None:
    """Check that the entries look like independent draws from the uniform distribution on [-bound, bound].

    A correct solution with n entries (n >= 12000 here) fails with about these probabilities:

    * empty outer 0.5 % at either end (with fewer entries, the outer 30 / n): 2 * 0.995**n < 2e-26;
    * Kolmogorov's distance above 3.6 / sqrt(n): 2 * exp(-2 * 3.6**2) = 1.1e-11;
    * Kolmogorov's distance below 0.2 / sqrt(n), which is too regular:
      sqrt(2 pi) / 0.2 * exp(-pi**2 / (8 * 0.2**2)) = 5e-13;
    * correlation of neighbours above 7 / sqrt(n), in two directions and between R and its transpose: 2.6e-12 each;
    * repeated values: 32-bit draws have 2**24 values, so n = 90000 draws repeat about 240, and 9000 are allowed: 0;
    * one value 8 times or more: 2**24 * (n / 2**24)**8 / 8! = 3e-16.

    The sum for three matrices is below 1e-10. Half precision repeats values by rounding. That costs the cases about
    shapes and types, and is not asked for here. A few entries outside the range cost the case about the range.
    """
    for name, array in weights.items():
        if not np.all(np.isfinite(array)):
            raise Mistake(f"model.{name} has entries that are not finite. Did you leave an np.empty array unfilled?")
        unit = np.clip((np.sort(array.ravel().astype(np.float64)) / bound + 1) / 2, 0, 1)
        n = unit.size
        sizes = np.sort(np.abs(array), axis=None)
        repeated = np.mean(sizes[1:] == sizes[:-1]) > 0.1 or np.any(sizes[7:] == sizes[:-7])
        if repeated and array.dtype.itemsize > 2:
            raise Mistake(
                f"model.{name} repeats the same few values: draw every entry on its own from the continuous uniform "
                f"distribution on [-{bound}, {bound}]."
            )
        outer = max(0.005, 30 / n)
        if unit[0] > outer or unit[-1] < 1 - outer:
            raise Mistake(
                f"model.{name} does not fill [-{bound}, {bound}]: among very many entries, the smallest and the "
                "largest should be close to the bounds. Check the lower and the upper bound."
            )
        steps = np.arange(n + 1) / n
        distance = max(float(np.max(steps[1:] - unit)), float(np.max(unit - steps[:-1])))
        if distance > 3.6 / np.sqrt(n):
            raise Mistake(
                f"The entries of model.{name} are not uniformly distributed over [-{bound}, {bound}]. Did you use "
                "another distribution, or clip them?"
            )
        if distance < 0.2 / np.sqrt(n):
            raise Mistake(f"The entries of model.{name} are spaced too evenly to be random: draw each of them.")
        _check_neighbours(name, array)


def _check_neighbours(name: str, array: Array) -> None:
    centred = np.atleast_2d(array.astype(np.float64))  # a flat array is one row
    centred = centred.reshape(len(centred), -1) - centred.mean()
    pairs = [(centred[1:], centred[:-1]), (centred[:, 1:], centred[:, :-1])]
    if centred.shape[0] == centred.shape[1]:
        upper = np.triu_indices(array.shape[0], 1)
        pairs.append((centred[upper], centred.T[upper]))
    for left, right in pairs:
        if not left.size:
            continue
        correlation = np.sum(left * right) / np.sqrt(np.sum(left**2) * np.sum(right**2))
        if abs(correlation) > 7 / np.sqrt(left.size):
            raise Mistake(f"The entries of model.{name} depend on each other: draw each of them independently.")


def check_unrelated(weights: dict[str, Array]) -> None:
    """Check that no two of W, R and V share numbers.

    A correct solution with 64-bit draws never repeats a number. With 32-bit draws (2**24 values), two matrices of 1600
    entries share 0.15 numbers on average, and more than the allowed 80 with p < 1e-150. Matrices that overlap in memory
    share numbers, too.

    Draws from a few values, and draws clipped to the range, share numbers by chance. That is no sign of a common seed.
    The more a matrix repeats its numbers, the more two of them share, so eight times that share is allowed as well.
    """
    names = list(weights)
    for position, first in enumerate(names):
        for second in names[position + 1 :]:
            one, other = weights[first], weights[second]
            repeated = max(np.mean(~_single(one)), np.mean(~_single(other)))
            if common_share(one, other) > max(0.05, 8 * float(repeated)):
                raise Mistake(
                    f"model.{first} and model.{second} contain the same numbers: draw each matrix on its own, and do "
                    "not seed the generator in between."
                )


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
    standard deviations, and by at least a tenth, is a sign of one seed.

    Args:
        first: the numbers that one call stored.
        second: the numbers that another call with the same sizes stored.

    Raises:
        Mistake: they contain the same numbers.
    """
    for name in (name for name in first if name in second):
        one, other = first[name], second[name]
        if one.shape != other.shape:
            continue
        chance = _chance_of_equals(one, other)
        margin = max(0.1, 8 * np.sqrt(chance * (1 - chance) / one.size))
        same = float(np.mean(one == other))
        if same == 1 or same > chance + margin:
            raise Mistake(
                f"Two calls of init give the same model.{name}: do not seed the generator inside init, and "
                "draw new numbers in each call."
            )


def _chance_of_equals(one: Array, other: Array) -> float:
    """Return how likely an entry of one array equals an entry of the other, if both are picked at random."""
    values, counts = np.unique(one, return_counts=True)
    more, others = np.unique(other, return_counts=True)
    _, here, there = np.intersect1d(values, more, assume_unique=True, return_indices=True)
    return float(np.sum((counts[here] > 1) * counts[here] * (others[there] > 1) * others[there])) / one.size**2
