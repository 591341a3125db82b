"""Why one call of ``forward`` changes the results of another."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np

from ..checks.sequences import WEIGHTS, Array, Problem, close
from .facts import FACTS
from .hint import Hint
from .network import right_network
from .seen import SeenCall, same_input

CARRIED = Hint("state-carried", "a(0) is the last activation of an earlier call: begin each call with a(0) = 0.")
RANDOM = Hint(
    "random",
    "The same call gives different numbers each time: does forward draw random numbers, use numbers that init draws "
    "besides W, R and V, or keep something from earlier calls?",
)
_WEIGHTS_KEPT = Hint("weights-kept", "The weights of an earlier call are used: take those of the model that is passed.")
_RESULTS_KEPT = Hint("results-kept", "The results of an earlier call are returned: compute them again in each call.")
_GROWS = Hint(
    "a-grows", "model.a still holds the activations of earlier calls: begin with an empty list or array in each call."
)


def changes_weights(every: Sequence[SeenCall]) -> bool:
    """Whether some call left other weights than it was given."""
    for seen in every:
        for name in WEIGHTS:
            left, before = seen.numbers(name), getattr(seen.problem, name)
            if left is not None and (
                left.shape != before.shape or not np.allclose(left, before, rtol=1e-9, atol=1e-12)
            ):
                return True
    return False


def grows(every: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Return a hint if some arrays have more rows than there are steps, and the last of them are right."""
    longer = 0
    for seen in every:
        right, value = seen.right[1], seen.output.answer.attributes.get("a")
        if not isinstance(value, (list, np.ndarray)) or getattr(value, "ndim", 1) == 0 or len(value) < len(right):
            return ()
        with suppress(ValueError, TypeError):
            last = np.asarray(value[-len(right) :], dtype=np.float64)
            if last.shape == right.shape and close(last, right):
                longer += len(value) > len(right)
                continue
        return ()
    return (_GROWS,) if longer else ()


def effect_hints(every: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Return why a call has other results than it would have alone; nothing if it is not certain."""
    if found := grows(every):
        return found
    common: set[Hint] | None = None
    for number, seen in enumerate(every):
        if seen.rows is not None and not seen.failed and not close(seen.rows, seen.right[1]):
            causes = set(_causes(seen, every[:number]))
            common = causes if common is None else common & causes
    if common and _RESULTS_KEPT in common:
        return (_RESULTS_KEPT,)
    if common:
        return tuple(common) if len(common) == 1 else ()
    if changes_weights(every):
        return (FACTS["weights-changed"],)
    return (RANDOM,) if _differ(every) else ()


def _causes(seen: SeenCall, earlier: Sequence[SeenCall]) -> Iterator[Hint]:
    """What, of earlier calls, gives the activations of a call."""
    own = seen.a
    for before in reversed(earlier):
        if before.rows is None or before.failed:
            continue
        if close(own, before.rows) and not same_input(seen.problem, before.problem):
            yield _RESULTS_KEPT
        if before.problem.R.shape == seen.problem.R.shape:
            if close(own, _continued(seen.problem, before.rows[-1])):
                yield CARRIED
            other = {name: getattr(before.problem, name) for name in ("W", "R")}
            if other["W"].shape == seen.problem.W.shape and close(
                own, right_network(replace(seen.problem, **other)).activations()
            ):
                yield _WEIGHTS_KEPT


def _continued(problem: Problem, start: Array) -> Array:
    """The activations if a(0) is not zero."""
    rows, a = [], start
    for x in problem.x:
        a = np.tanh(problem.W @ x + problem.R @ a)
        rows.append(a)
    return np.array(rows)


def _differ(every: Sequence[SeenCall]) -> bool:
    """Whether calls with the same input, the first of them wrong already, have different results each time."""
    for number, seen in enumerate(every):
        for before in every[:number]:
            if not same_input(seen.problem, before.problem):
                continue
            for name in ("a", "z"):
                one, other = before.numbers(name), seen.numbers(name)
                if one is None or other is None or one.shape != other.shape or close(other, one):
                    continue
                if not np.all(np.isfinite([one, other])):  # nan differs from itself
                    continue
                right = before.right[1] if name == "a" else before.problem.V @ before.a[-1]
                if one.size != right.size or not close(one.reshape(right.shape), right):
                    return True
    return False
