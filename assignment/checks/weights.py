"""Judge the three matrices that ``init`` stores, each by itself (exercise 3).

The statistical checks look at many entries at once. Each docstring gives the probability that a correct solution fails
in one grading run. The sum of all is far below 1e-9.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.checking import OWN_TYPE, Call, Mistake, ask, entries_of, holds_text, kind_of, of_type, spell_shape

from ..hints.draws import LINE_COPIED, Array, draw_hints
from ..hints.hint import Hint, add_hints, hinted
from ..hints.matrices import OTHER_NAMES, SHAPES, Drawn, matrix_hints
from .words import HINTS, Model

#: D, I and K, the arguments of ``init``.
Sizes = tuple[int, int, int]


def check_shapes(init: Any, sizes: Sequence[Sizes], reveal: bool = False) -> None:
    """Call ``init`` once for each D, I, K, and check that W, R and V are float arrays of the right shapes.

    Raises:
        Mistake: the call fails, an attribute is missing, is not a float array, or has the wrong shape.
    """
    with hinted(draw_each(init, sizes, reveal), matrix_hints) as every:
        for drawn in every:
            _ = drawn.answer.value  # raises a Mistake if the call failed
            stored = drawn.answer.attributes
            for name in sorted(SHAPES, key=stored.__contains__):  # what is missing first, as in the hints
                check_shape(stored, name, drawn.sizes, reveal)


def numbers_each(
    init: Any, sizes: Sequence[Sizes], reveal: bool = False, before: Mapping[str, Array] | None = None
) -> Iterator[dict[str, Array]]:
    """Call ``init`` once for each D, I, K. Yield the numbers in W, R and V as arrays, whatever their shapes.

    One of the three may be missing. That costs the cases about shapes; the others judge the two that are there.

    Raises:
        Mistake: fewer than two of them are there.
    """
    for drawn in draw_each(init, sizes, reveal, before):
        answer = drawn.answer
        read = {name: numbers_in(answer.attributes.get(name)) for name in SHAPES}
        found = {name: array for name, array in read.items() if array is not None}
        if len(found) < 2:
            _ = answer.value  # if the call failed, that is the reason
            *others, last = (f"model.{name}" for name in SHAPES if name not in found)
            mistake = Mistake(
                f"init stores no numbers in {', '.join(others)} and {last}, so this test case cannot be judged."
            )
            add_hints(mistake, matrix_hints([drawn]))
            raise mistake
        yield found


def draw_each(
    init: Any, sizes: Sequence[Sizes], reveal: bool = False, before: Mapping[str, Array] | None = None
) -> Iterator[Drawn]:
    """Call ``init`` once for each D, I, K, each time on a fresh model, which may have some attributes before."""
    letters = [dict(zip("DIK", own, strict=True)) for own in sizes]
    calls = [
        Call((Model(), *own), attributes=before or {}, sizes=named) for own, named in zip(sizes, letters, strict=True)
    ]
    stored = (*SHAPES, *OTHER_NAMES)
    answers = ask(init, calls, name="init", reveal=reveal, stored=stored, hints=HINTS)
    return (Drawn(answer, named) for answer, named in zip(answers, letters, strict=True))


def numbers_in(value: Any) -> Array | None:
    """Return the real numbers in a value as a float array of whatever shape; None if it holds anything else."""
    if holds_text(value):
        return None
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


def check_shape(stored: Mapping[str, Any], name: str, sizes: dict[str, int], reveal: bool = False) -> None:
    """Check that ``init`` stored a weight matrix as a numpy array of floats, of shape ``SHAPES[name]``.

    Raises:
        Mistake: it is missing, is not a numpy array, does not hold floats, or has another shape.
    """
    if name not in stored and name.lower() in stored:
        raise Mistake(f"init stores model.{name.lower()}, expected model.{name}.")
    if name not in stored:
        raise Mistake(f"init does not store model.{name}.")
    value = stored[name]
    if isinstance(value, np.floating) and sizes[SHAPES[name][0]] == sizes[SHAPES[name][1]] == 1:
        value = np.full((1, 1), value)  # numpy before 2.4 makes this of np.float64(array) where it has one entry
    if not isinstance(value, np.ndarray):
        what = "of another type" if kind_of(value) == OWN_TYPE else of_type(value)  # perhaps of a library's
        raise Mistake(f"model.{name} is {what}, expected a numpy array of floats.")
    array = np.asarray(value)
    if not np.issubdtype(array.dtype, np.floating) or array.dtype.itemsize < 4:
        raise Mistake(f"model.{name} holds {entries_of(array)}, expected floats of 32 bits or more.")
    letters = SHAPES[name]
    expected = tuple(sizes[letter] for letter in letters)
    if array.shape != expected:
        own, right = (spell_shape(shape, sizes, "".join(letters), reveal) for shape in (array.shape, expected))
        where = f"After init(model, {', '.join(map(str, sizes.values()))}), " if reveal else ""
        raise Mistake(f"{where}model.{name} has shape {own}, expected {right}.")


#: The calls of ``init`` in which students can see whether an entry is outside the range.
RANGE_SIZES: list[Sizes] = [(60, 100, 20), *[(4, 3, 2)] * 24, *[(4, 3, 1), (1, 3, 2), (3, 1, 2)] * 12]


def check_range(weights: dict[str, Array], bound: float) -> None:
    """Check that every entry lies in [-bound, bound], up to rounding, and that not all entries are the same."""
    refuse_infinite(weights)
    for name, array in weights.items():
        if _is_outside(array, bound):
            raise _outside(name, array, bound)
        if array.size >= 20 and np.all(array == array.flat[0]):  # a few may be the same by chance
            raise with_hints(
                f"All entries of model.{name} are equal. Each should be drawn at random.",
                draw_hints(name, array, bound),
            )


def check_range_elsewhere(init: Any, weights: dict[str, Array], bound: float) -> None:
    """Check that no entry is outside the range at other sizes, if none is at the sizes that students know.

    Otherwise the case about the range has named the mistake, and it costs nothing here.
    """
    for name, array in weights.items():
        if _is_outside(array, bound) and keeps_range(init, bound):
            raise _outside(name, array, bound)


def keeps_range(init: Any, bound: float) -> bool:
    """Whether the case about the range finds nothing."""
    try:
        for weights in numbers_each(init, RANGE_SIZES):
            check_range(weights, bound)
    except Mistake:
        return False
    return True


def _is_outside(array: Array, bound: float) -> bool:
    return bool(np.max(np.abs(array)) > bound * (1 + max(1e-6, float(np.finfo(array.dtype).eps))))


def _outside(name: str, array: Array, bound: float) -> Mistake:
    return with_hints(f"model.{name} has entries outside [-{bound}, {bound}].", draw_hints(name, array, bound))


def refuse_infinite(weights: Mapping[str, Array]) -> None:
    """Refuse inf and nan: nan does not even equal itself, so the other checks could not judge it."""
    for name, array in weights.items():
        if not np.all(np.isfinite(array)):
            raise Mistake(f"model.{name} has entries that are not finite. Did you leave an np.empty array unfilled?")


#: As many entries of a matrix are enough to judge their distribution.
ENOUGH = 1000


def with_more(init: Any, first: dict[str, Array], sizes: Sizes) -> dict[str, Array]:
    """Return the numbers of a call of ``init``, and where they are too few to judge, those of more calls.

    A right ``init`` stores enough in one call. One that takes its sizes from somewhere else may store only a few.
    """
    fewest = min(array.size for array in first.values())
    if fewest >= ENOUGH:
        return first
    parts = {name: [array.ravel()] for name, array in first.items()}
    for weights in numbers_each(init, [sizes] * (ENOUGH // fewest)):
        parts = {name: arrays for name, arrays in parts.items() if name in weights}
        for name, arrays in parts.items():
            arrays.append(weights[name].ravel()[:ENOUGH].copy())  # a part alone would keep the whole array in memory
    return {name: np.concatenate(arrays) for name, arrays in parts.items()}


def check_spread(weights: dict[str, Array], bound: float) -> None:
    """Check that the entries look like independent draws from the uniform distribution on [-bound, bound].

    A correct solution with n entries (n >= 12000 here) fails with about these probabilities:

    * empty outer 0.5 % at either end (with fewer entries, the outer 30 / n): 2 * 0.995**n < 2e-26;
    * Kolmogorov's distance above 3.6 / sqrt(n): 2 * exp(-2 * 3.6**2) = 1.1e-11;
    * Kolmogorov's distance below 0.2 / sqrt(n), which is too regular:
      sqrt(2 pi) / 0.2 * exp(-pi**2 / (8 * 0.2**2)) = 5e-13;
    * correlation of neighbours above 7 / sqrt(n), in two directions and between R and its transpose: 2.6e-12 each;
    * two of 300 rows or columns that begin with the same four numbers of 32 bits: 300**2 / 2 * 2**-96 = 6e-25;
    * repeated values: 32-bit draws have 2**24 values, so n = 90000 draws repeat about 240, and 9000 are allowed: 0;
    * one value 8 times or more: 2**24 * (n / 2**24)**8 / 8! = 3e-16.

    The sum for three matrices is below 1e-10. Half precision repeats values by rounding. That costs the cases about
    shapes and types, and is not asked for here. A few entries outside the range are left to ``check_range``.
    """
    refuse_infinite(weights)
    for name, array in weights.items():
        values = np.sort(array, axis=None)
        unit, n = np.clip((values.astype(np.float64) / bound + 1) / 2, 0, 1), values.size
        below = np.searchsorted(values, 0)
        sizes = np.concatenate([-values[:below][::-1], values[below:]])
        sizes.sort(kind="stable")  # merges the two sorted parts, which takes less than sorting all entries
        repeated = np.mean(sizes[1:] == sizes[:-1]) > 0.1 or np.any(sizes[7:] == sizes[:-7])
        if repeated and array.dtype.itemsize > 2:
            what = "repeats the same values" if len(np.unique(array)) < n else "repeats values with the opposite sign"
            drawn = np.count_nonzero(array)
            if drawn < n - 7 and len(np.unique(array)) > 0.9 * drawn:  # the others do not repeat
                what = "has entries that are exactly 0"
            text = f"model.{name} {what}: draw every entry from the continuous range [-{bound}, {bound}]."
            raise with_hints(text, draw_hints(name, array, bound))
        outer = max(0.005, 30 / n)
        if unit[0] > outer or unit[-1] < 1 - outer:
            text = (
                f"model.{name} does not fill [-{bound}, {bound}]: with so many entries, some should be near the bounds."
            )
            raise with_hints(text, draw_hints(name, array, bound))
        steps = np.arange(n + 1) / n
        distance = max(float(np.max(steps[1:] - unit)), float(np.max(unit - steps[:-1])))
        if distance > 3.6 / np.sqrt(n):
            text = f"The entries of model.{name} are not uniformly distributed over [-{bound}, {bound}]."
            raise with_hints(text, draw_hints(name, array, bound))
        if distance < 0.2 / np.sqrt(n):
            text = f"The entries of model.{name} are spaced too evenly to be random."
            raise with_hints(text, draw_hints(name, array, bound))
        _check_neighbours(name, array, bound)


def with_hints(text: str, hints: tuple[Hint, ...]) -> Mistake:
    """Return a mistake that has hints."""
    mistake = Mistake(text)
    add_hints(mistake, hints)
    return mistake


def _repeat(starts: Array) -> bool:
    """Whether two rows of four numbers are the same."""
    first = np.sort(starts[:, 0])
    if starts.shape[1] < 4 or not np.any(first[1:] == first[:-1]):
        return False
    return len(np.unique(starts, axis=0)) < len(starts)


def _check_neighbours(name: str, array: Array, bound: float) -> None:
    text = f"The entries of model.{name} depend on each other, but each should be drawn independently."
    rows = np.atleast_2d(array.astype(np.float64))  # a flat array is one row
    rows = rows.reshape(len(rows), -1)
    for lines in (rows, rows.T):
        if _repeat(np.abs(lines[:, :4])):
            raise with_hints(text, draw_hints(name, array, bound) or (LINE_COPIED,))
    centred = rows - rows.mean()
    pairs = [(centred[1:], centred[:-1]), (centred[:, 1:], centred[:, :-1])]
    if centred.shape[0] == centred.shape[1]:
        upper = np.triu_indices(array.shape[0], 1)
        pairs.append((centred[upper], centred.T[upper]))
    for left, right in pairs:
        if not left.size:
            continue
        correlation = np.sum(left * right) / np.sqrt(np.sum(left**2) * np.sum(right**2))
        if abs(correlation) > 7 / np.sqrt(left.size):
            raise with_hints(text, draw_hints(name, array, bound))
