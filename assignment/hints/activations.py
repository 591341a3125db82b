"""Why ``model.a`` is wrong: how the right activations are stored, or which network it is that gives others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..checks.sequences import Array, Problem, close
from .effects import CARRIED, RANDOM, changes_weights, grows
from .facts import FACTS
from .hint import Hint
from .network import FIRST_SKIPPED, LATE, ROW_AND_COLUMN
from .recognition import network_hints
from .seen import SeenCall, same_input


@dataclass(frozen=True)
class Storing:
    """A way to store the right activations that is not right."""

    hint: Hint
    store: Callable[[Array, SeenCall], Array]
    """Makes ``model.a`` from the activations of shape (T, I)."""


def _zero(a: Array) -> Array:
    return np.zeros((1, a.shape[1]))


_A0_KEPT = Hint("a0-kept", "The first row is a(0): leave it out, and begin with a(1).")
_LAST_MISSING = Hint(
    "last-step-missing", "The last time step is missing: the loop ends one step too early. Is its range too short?"
)
_FIRST_MISSING = Hint("first-row-missing", "The first row a(1) is missing from model.a.")
_COLUMNS = Hint("a-transposed", "model.a has a column for each time step: store a row for each time step.")
_A_SQUEEZED = Hint(
    "a-squeezed", "An axis of length one was dropped: keep both axes even if T = 1 or I = 1, so do not squeeze."
)
_STEP_BACK = Hint("a-one-step-back", "model.a holds a(0) to a(T-1): store each activation after it is computed.")
_ENTRIES = Hint("r-elementwise", "R * a multiplies entry by entry, which makes a matrix: use the matrix product R @ a.")
_ONE_BY_ONE = Hint(
    "units-one-by-one",
    "The units change one after another, so the later ones see a(t) where they need a(t-1): compute all of them first.",
)
_A_ROUNDED = Hint("a-rounded", "model.a is rounded: store the activations as they are.")
_FIRST_ONLY = Hint("first-step-only", "Only the first time step is computed: is there a return inside the loop?")
_ALL_ZERO = Hint(
    "a-all-zero",
    "model.a holds only zeros: is every a(t) stored in it? An array of whole numbers, such as one with dtype=int, cuts "
    "off the decimals.",
)
_FIXED_ROWS = Hint(
    "rows-fixed", "model.a has the same number of rows for every sequence, but it should have T = len(x) rows."
)
_LAST_ONLY = Hint("a-last-only", "This is only the last activation a(T): store the activations of all steps.")

STORINGS = (
    Storing(_A0_KEPT, lambda a, seen: np.vstack([_zero(a), a])),
    Storing(_A0_KEPT, lambda a, seen: np.vstack([_zero(a), a])[:, :, None]),
    Storing(_A0_KEPT, lambda a, seen: np.vstack([_zero(a), a]).T),
    Storing(_COLUMNS, lambda a, seen: a.T),
    Storing(_LAST_MISSING, lambda a, seen: a[:-1]),
    Storing(_LAST_MISSING, lambda a, seen: np.vstack([a[:-1], _zero(a)])),
    Storing(_LAST_MISSING, lambda a, seen: np.vstack([_zero(a), a[:-1], _zero(a)])),
    Storing(_FIRST_MISSING, lambda a, seen: a[1:]),
    Storing(_FIRST_MISSING, lambda a, seen: np.vstack([a[1:], _zero(a)])),
    Storing(_FIRST_MISSING, lambda a, seen: np.vstack([_zero(a), a[1:]])),
    Storing(_STEP_BACK, lambda a, seen: np.vstack([_zero(a), a[:-1]])),
    Storing(_ENTRIES, lambda a, seen: _entry_by_entry(seen.problem, np.zeros((a.shape[1], 1)))),
    Storing(_ENTRIES, lambda a, seen: _entry_by_entry(seen.problem, np.zeros(a.shape[1]))),
    Storing(ROW_AND_COLUMN, lambda a, seen: _with_matrices(seen.problem, x_in_columns=False)),
    Storing(ROW_AND_COLUMN, lambda a, seen: _with_matrices(seen.problem, x_in_columns=False)[:, :, 0]),
    Storing(ROW_AND_COLUMN, lambda a, seen: _with_matrices(seen.problem, x_in_columns=True)),
    Storing(ROW_AND_COLUMN, lambda a, seen: _with_matrices(seen.problem, x_in_columns=True)[:, :, 0]),
    Storing(_ONE_BY_ONE, lambda a, seen: _one_by_one(seen.problem)),
    Storing(
        Hint("a-reversed", "The rows of model.a are in the wrong order: a(1) comes first, a(T) last."),
        lambda a, seen: a[::-1],
    ),
    Storing(
        Hint("a-scrambled", "model.a is reshaped, but it should be transposed: now its rows are mixed up."),
        lambda a, seen: a.T.reshape(a.shape),
    ),
    Storing(_LAST_ONLY, lambda a, seen: a[-1]),
    Storing(_LAST_ONLY, lambda a, seen: a[-1:]),
    Storing(_FIRST_ONLY, lambda a, seen: a[:1]),
    Storing(
        Hint("a-same-array", "Every row holds the last activation: store a copy of a(t) at each step."),
        lambda a, seen: np.tile(a[-1], (len(a), 1)),
    ),
    Storing(
        Hint("a-overwritten", "Only the last row of model.a is filled: use the index of the time step."),
        lambda a, seen: np.vstack([0 * a[:-1], a[-1:]]),
    ),
    Storing(
        Hint("a-flat", "All activations are in one long row: store one row for each time step."),
        lambda a, seen: a.ravel(),
    ),
    Storing(_A_SQUEEZED, lambda a, seen: np.squeeze(a)),
    Storing(_A_SQUEEZED, lambda a, seen: a[0] if len(a) == 1 else a),
    Storing(_A_SQUEEZED, lambda a, seen: a[:, 0] if a.shape[1] == 1 else a),
    Storing(
        Hint("a-extra-axis", "model.a has one axis too many: its shape should be (T, I)."),
        lambda a, seen: a[None],
    ),
    Storing(
        Hint("s-stored", "model.a holds the sums s(t), before tanh: store a(t) = tanh(s(t))."),
        lambda a, seen: seen.right[0],
    ),
    Storing(
        Hint("logits-as-a", "model.a holds the logits z(t): store the activations a(t)."),
        lambda a, seen: a @ seen.problem.V.T,
    ),
    Storing(
        Hint("x-as-a", "model.a holds the inputs x(t): store the activations a(t)."),
        lambda a, seen: seen.problem.x,
    ),
    Storing(
        Hint("a-squashed-again", "tanh is applied once more before model.a is stored: store a(t) itself."),
        lambda a, seen: np.tanh(a),
    ),
    Storing(
        Hint("a-stored-as-sigmoid", "The sigmoid is applied before model.a is stored: store a(t) itself."),
        lambda a, seen: 1 / (1 + np.exp(-a)),
    ),
    Storing(
        Hint("a-accumulated", "Each row of model.a is the sum over all steps so far: store a(t) alone."),
        lambda a, seen: np.cumsum(a, axis=0),
    ),
    Storing(_ALL_ZERO, lambda a, seen: 0 * a),
    Storing(Hint("a-negated", "model.a has the wrong sign."), lambda a, seen: -a),
    Storing(_A_ROUNDED, lambda a, seen: np.round(a, 1)),
    Storing(_A_ROUNDED, lambda a, seen: np.round(a, 2)),
    Storing(_A_ROUNDED, lambda a, seen: np.round(a, 3)),
)

_START = Hint("a0-not-zero", "a(0) is not zero: begin each call with a vector of zeros.")
_BIAS = Hint("bias-added", "A constant is added to the sum s(t), like a bias: there are no biases.")
_RESET = Hint("state-reset", "In some steps the activation is reset to 0, so that R a(t-1) is missing there.")

#: Ways to store that do not change the logit and the loss.
HARMLESS = {storing.hint for storing in STORINGS} - {
    _LAST_MISSING, _FIRST_ONLY, _ALL_ZERO, _ONE_BY_ONE, ROW_AND_COLUMN,
}  # fmt: skip


def activation_hints(every: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Return why the activations are wrong; nothing if they are right, or if it is not certain."""
    stored = [(seen, array) for seen in every if (array := seen.numbers("a")) is not None]
    if stored and _are_right(stored):  # lists that grow from call to call cannot be read where the sizes differ
        return grows(every) if len(stored) < len(every) else ()
    raw = [(seen, array) for seen, array in stored if not (seen.failed and _is_unfilled(array))]
    if found := () if _are_right(raw) else _storing(raw, any(seen.failed for seen in every)):
        return (LATE,) if found == (_STEP_BACK,) and _ends_there(every) else found
    if any(array.ndim == 0 for _, array in stored):  # a number has no rows
        return ()
    if found := grows(every):
        return found
    shaped = [seen for seen, _ in raw if seen.rows is not None]
    if _has_fixed_rows(stored):
        return (_FIXED_ROWS,)
    if len(shaped) < len(raw):
        return ()
    if changes_weights(every):
        return network_hints(_given(shaped)) or (FACTS["weights-changed"],)
    if found := _history(shaped):
        return found
    given = _given(shaped)
    return network_hints(given) or _leftover(shaped) or network_hints(given, mistakes=2)


def _are_right(stored: Sequence[tuple[SeenCall, Array]]) -> bool:
    return all(seen.rows is not None and close(seen.rows, seen.right[1]) for seen, _ in stored)


def _is_unfilled(array: Array) -> bool:
    """Whether the last row holds only zeros. After an error, this is an array of zeros that was still to be filled."""
    return not np.any(np.atleast_1d(array)[-1:])


def _has_fixed_rows(raw: Sequence[tuple[SeenCall, Array]]) -> bool:
    """Whether ``model.a`` has the same number of rows, two or more, in all calls, and the sequences differ in length.

    The number of columns must be right, so that rows and columns are not swapped, or fixed as well. That of the rows
    may be no other size, which two sequences have in common by chance.
    """
    if all(len(array) in seen.problem.x.shape[1:] for seen, array in raw):
        return False
    fixed = len({array.shape for _, array in raw}) == 1 < len({len(seen.problem.R) for seen, _ in raw})
    rows = {
        len(array) if array.ndim == 2 and (fixed or array.shape[1] == len(seen.problem.R)) else 0 for seen, array in raw
    }
    lengths = {len(seen.problem.x) for seen, _ in raw}
    return len(rows) == 1 and max(rows) > 1 and len(lengths) > 1


def _given(shaped: Sequence[SeenCall]) -> list[tuple[Problem, Array]]:
    return [(seen.problem, seen.a) for seen in shaped]


def _agree(own: Array, other: Array) -> bool:
    return own.size == other.size == 0 or (own.shape == other.shape and close(own, other))


def _entry_by_entry(problem: Problem, a: Array) -> Array:
    rows = []
    for x in problem.x:
        drive = problem.W @ x
        a = np.tanh((drive if a.ndim == 1 else drive[:, None]) + problem.R * a)
        rows.append(a)
    return np.array(rows)


def _with_matrices(problem: Problem, x_in_columns: bool) -> Array:
    """The activations, of shape (T, I, I), if one of W x(t) and R a(t-1) is a column and the other one a row."""
    rows = []
    a = np.zeros(len(problem.R)) if x_in_columns else np.zeros((len(problem.R), 1))
    for x in problem.x:
        drive = problem.W @ x
        a = np.tanh((drive[:, None] if x_in_columns else drive) + problem.R @ a)
        rows.append(a)
    return np.array(rows)


def _one_by_one(problem: Problem) -> Array:
    """The activations if each unit is written to the vector that the units after it read."""
    rows, a = [], np.zeros(len(problem.R))
    for x in problem.x:
        for unit in range(len(a)):
            a[unit] = np.tanh(problem.W[unit] @ x + problem.R[unit] @ a)
        rows.append(a.copy())
    return np.array(rows)


def _ends_there(every: Sequence[SeenCall]) -> bool:
    """Whether the logits come from the last rows of ``model.a``, so that the activations themselves are late."""
    pairs = [(seen.z, seen.problem.V @ seen.a[-1]) for seen in every if seen.z is not None and seen.rows is not None]
    return bool(pairs) and all(close(own, other) for own, other in pairs)


def _storing(raw: Sequence[tuple[SeenCall, Array]], failed: bool) -> tuple[Hint, ...]:
    found = set()
    for storing in STORINGS:
        if storing.hint == _LAST_MISSING and failed:  # then it is not the same in all calls
            continue
        if storing.hint == _A_ROUNDED and not all(
            np.allclose(array, np.round(array, 3), atol=1e-9) for _, array in raw
        ):
            continue
        if all(_agree(array, storing.store(seen.right[1], seen)) for seen, array in raw):
            found.add(storing.hint)
    return tuple(found) if raw and len(found) == 1 else ()


def _history(shaped: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Return what shows in a comparison of calls: a state that is carried over, or random numbers."""
    for before, seen in pairwise(shaped):
        if same_input(before.problem, seen.problem) and before.rows is not None and seen.rows is not None:
            if close(before.rows, seen.rows):
                continue
            left = _left_over(seen)[0]
            carried = seen.problem.R @ before.rows[-1]
            return (CARRIED,) if close(left, carried) else (RANDOM,)
    return ()


def _left_over(seen: SeenCall) -> Array:
    """What is left of the student's sums s(t) without W x(t) and R a(t-1), of shape (T, I)."""
    rows, problem = seen.a, seen.problem
    with np.errstate(all="ignore"):
        sums = np.arctanh(rows)
    before = np.vstack([np.zeros(rows.shape[1]), rows[:-1]])
    return np.asarray(sums - problem.x @ problem.W.T - before @ problem.R.T)


def _leftover(shaped: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Return what is added to the sums or missing from them, if they are right otherwise."""
    wrong = [
        (seen, _left_over(seen)) for seen in shaped if seen.rows is not None and not close(seen.rows, seen.right[1])
    ]
    if any(not np.all(np.isfinite(left)) for _, left in wrong):
        return ()
    long = [(seen, left) for seen, left in wrong if len(left) > 1]
    if long and all(np.allclose(left, left[0], atol=1e-4) for _, left in long):
        return (_BIAS,)
    if long and all(np.allclose(left[1:], 0, atol=1e-4) for _, left in long):
        return (_START,) if any(np.any(seen.a[0]) for seen, _ in long) else (FIRST_SKIPPED,)
    if wrong and all(_is_reset(seen, left) for seen, left in wrong):
        return (_RESET,)
    return ()


def _is_reset(seen: SeenCall, left: Array) -> bool:
    """Whether the sums are right but for some steps, which know nothing of the step before."""
    before = np.vstack([np.zeros(left.shape[1]), seen.a[:-1]]) @ seen.problem.R.T
    right = np.all(np.isclose(left, 0, atol=1e-4), axis=1)
    reset = np.all(np.isclose(left, -before, atol=1e-4), axis=1)
    return bool(np.all(right | reset) and right.mean() > 0.5)
