"""Compare calls of ``forward`` with each other, and with what was there before (exercise 4).

Only hidden cases use this, so none of it goes into a student's zip.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from autograder.checking import Mistake, number_of

from ..hints.facts import mistake
from .sequences import ORDINARY, WEIGHTS, Array, Output

_DIFFERENT = (
    "The same call gives a different result when other calls come in between: is something kept from an earlier call? "
    "Two calls with the same weights, x and y should give the same result."
)


def check_unchanged(output: Output) -> None:
    """Check that ``forward`` did not change x, y or the weights.

    Raises:
        Mistake: it did, or did not return. The message names what was changed.
    """
    answer, problem = output.answer, output.problem
    if not answer.arguments:
        _ = answer.value
    x, y = answer.arguments
    if isinstance(x, np.ndarray) and x.shape != problem.x.shape:
        raise mistake("forward changes the shape of x.", "x-reshaped-in-place")
    if not (_is_numeric(x) and np.array_equal(x, problem.x)):
        raise mistake("forward changes x in place, but the array belongs to the caller.", "x-changed")
    if not (_is_numeric(y) and np.array_equal(y, problem.y)):
        raise mistake("forward changes y in place, but the array belongs to the caller.", "y-changed")
    for name in WEIGHTS:
        if name not in answer.attributes:
            raise mistake(f"forward deletes model.{name}.", "weights-changed")
        left = number_of(answer.attributes.get(name), f"model.{name} after the call of forward")
        before = getattr(problem, name)
        if left.shape != before.shape or not np.allclose(left, before, rtol=1e-9, atol=1e-12):
            raise mistake(f"forward changes model.{name}.", "weights-changed")


def _is_numeric(value: Any) -> bool:
    """Whether a value is a number or an array of numbers. numpy may need gigabytes to make an array from a list."""
    if isinstance(value, (np.ndarray, np.generic)):
        return value.dtype.kind in "biufc"
    return isinstance(value, (int, float))


def check_same(before: Output, again: list[Output], new_model: Output, at_last: Output, new: Output) -> bool:
    """Check that a call gives the same results after other calls, and different ones with different weights.

    If the results depend on numbers that ``init`` draws besides the weights, calls on different models differ. That
    costs the cases that judge these results, so only the calls on one model are compared here.

    Args:
        before: the call.
        again: the same call, each time on a model on which others were made.
        new_model: the same call on a new model.
        at_last: the same call on the model of the first one, after all others.
        new: a call with other weights.

    Returns:
        Whether calls on different models can be compared.

    Raises:
        Mistake: it does not, or there are no results to compare.
    """
    if not numbers_of(before):
        _ = before.answer.value  # if the call raised an error, that is the reason
        raise Mistake("forward neither returns nor stores numbers, so its calls cannot be compared.")
    comparable = same_numbers(before, new_model)
    for output in [at_last, *again] if comparable else [at_last]:
        if not same_numbers(before, output):
            if before.answer.mistake is None:
                _ = output.answer.value
            raise Mistake(_DIFFERENT)
    if same_numbers(before, new) and not _never_filled(before):
        _ = before.answer.value  # if the call raised an error, what it stored before is no result
        raise Mistake(
            "Two calls with different weights give the same results: use the W, R and V of the model that forward gets."
        )
    return comparable


def check_single(single: Output, again: Output) -> None:
    """Check two calls on one model where every size is 1, as far as they return, if calls of other sizes are right.

    Raises:
        Mistake: they change their inputs, or the second has other results.
    """
    if single.answer.mistake is not None:
        return
    for output in (single, again):
        check_unchanged(output)
    if not same_numbers(single, again):
        raise Mistake(
            "Where T, D, I and K are all 1, the same call gives a different result when it is made again on the same "
            "model: is something kept from the first call?"
        )


def _never_filled(output: Output) -> bool:
    """Whether all activations of a call are zeros, and its loss is that of logits of 0, log 2: no weights change these.

    Zeros that are stored without computing a loss from them are no results.
    """
    found, outputs = numbers_of(output), len(output.problem.V)
    if output.answer.mistake is not None or not found.keys() >= {"a", "loss"} or np.any(found["a"]):
        return False
    return bool(np.allclose(found["loss"], np.log(2)) or np.allclose(found["loss"], outputs * np.log(2)))


def check_alone(after: Sequence[Output], alone: Sequence[Output]) -> None:
    """Check that calls after others give the same results as where nothing was called before.

    Raises:
        Mistake: they do not.
    """
    for one, other in zip(after, alone, strict=True):
        if not same_numbers(one, other):
            if other.answer.mistake is None:
                _ = one.answer.value
            raise Mistake(_DIFFERENT)


def numbers_of(output: Output) -> dict[str, Array]:
    """Return the loss, ``model.a`` and ``model.z`` in whatever shape, as far as they are there and hold numbers."""
    answer, found = output.answer, {}
    values = {"loss": answer.returned, "a": answer.attributes.get("a"), "z": answer.attributes.get("z")}
    for name, value in values.items():
        with suppress(Mistake):
            found[name] = number_of(value, name, _joined)
    return found


def _joined(value: Any) -> Array:
    """Return a value as an array, a list of rows of different lengths as one row."""
    try:
        return np.asarray(value)
    except ValueError:
        return np.concatenate([np.ravel(row) for row in value])


def same_numbers(one: Output, other: Output) -> bool:
    """Whether two calls returned and stored the same numbers, right or wrong, in the same places and shapes."""
    absolute, relative = ORDINARY
    first, second = numbers_of(one), numbers_of(other)
    return first.keys() == second.keys() and all(
        array.shape == second[name].shape
        and np.allclose(array, second[name], atol=absolute, rtol=relative, equal_nan=True)
        for name, array in first.items()
    )
