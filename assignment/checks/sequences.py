"""Call ``forward`` on a model with given weights, and read what it returns and stores (exercise 4)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.checking import Answer, Call, Mistake, ask, number_of, spell_shape

from .words import HINTS, Model

Array = np.ndarray[Any, np.dtype[Any]]

#: Tolerances of the contract, absolute and relative: at ordinary logits, and for the loss at extreme ones.
ORDINARY = (1e-5, 1e-4)
EXTREME = (1e-8, 1e-6)


#: The attributes of a model that ``forward`` reads.
WEIGHTS = ("W", "R", "V")


@dataclass
class Problem:
    """One input of ``forward``: weights, a sequence and its label."""

    W: Array
    """Input weights, shape (I, D)."""
    R: Array
    """Recurrent weights, shape (I, I)."""
    V: Array
    """Output weights, shape (K, I)."""
    x: Array
    """The sequence, shape (T, D)."""
    y: Any
    """0 or 1 for K = 1, an array of shape (K,) of zeros and ones for K > 1."""

    @property
    def sizes(self) -> dict[str, int]:
        """The sizes T, I, D and K by their letters."""
        return {"T": len(self.x), "I": len(self.R), "D": self.x.shape[1], "K": len(self.V)}


@dataclass
class Output:
    """The result of one call of ``forward``, as plain arrays."""

    loss: Array
    """Shape (1,), or (K,) if ``forward`` returned one loss per output."""
    a: Array
    """Activations a(1) ... a(T), shape (T, I)."""
    z: Array
    """Logit z(T), shape (K,)."""
    left: dict[str, Any] = field(default_factory=dict)
    """The values of x, y, W, R and V after the call, by these names."""


def draw_problem(rng: np.random.Generator, T: int, D: int, I: int, K: int = 1) -> Problem:
    """Draw a problem in which every mistake stands out.

    The activations spread over (-1, 1), and R has the spectral norm 0.8. So the recurrence matters, but rounding
    errors die out, and 32-bit arithmetic stays within the tolerances for any T.
    """
    R = rng.normal(size=(I, I))
    return Problem(
        W=rng.normal(size=(I, D)) / np.sqrt(D),
        R=0.8 * R / np.linalg.norm(R, 2),
        V=rng.normal(size=(K, I)) * 2 / np.sqrt(I),
        x=rng.normal(size=(T, D)),
        y=int(rng.integers(2)) if K == 1 else rng.integers(2, size=K).astype(np.float64),
    )


def run_forward(init: Any, forward: Any, problem: Problem, reveal: bool = False) -> Output:
    """Call ``forward`` once on a fresh model, and read its answer.

    Raises:
        Mistake: the call fails, or something is missing, is not a number, or has the wrong shape.
    """
    (output,) = run_each(init, forward, [problem], reveal)
    return output


def run_each(
    init: Any, forward: Any, problems: Sequence[Problem], reveal: bool = False, again: Collection[int] = ()
) -> Iterator[Output]:
    """Call ``forward`` once for each problem, and yield the answers in turn.

    Args:
        init: prepares a fresh model for each problem. If it fails, that costs points in exercise 3, not here.
        forward: the function.
        problems: the inputs of ``forward``. Their weights replace those that ``init`` stored.
        reveal: whether students may see the texts of its errors.
        again: indices of problems that use the model of the problem before, with weights of their own.

    Raises:
        Mistake: see ``run_forward``. Later calls are not read any more.
    """
    calls: list[Call] = []
    for number, problem in enumerate(problems):
        model = calls[-1].arguments[0] if number in again else Model()
        prepare = None if number in again else (init, *(problem.sizes[letter] for letter in "DIK"))
        weights = {name: getattr(problem, name) for name in WEIGHTS}
        calls.append(Call((model, problem.x, problem.y), prepare, weights))
    stored = (*WEIGHTS, "a", "z")
    answers = ask(forward, calls, name="forward", reveal=reveal, stored=stored, hints=HINTS)
    for answer, problem in zip(answers, problems, strict=True):
        yield _read(answer, problem)


def _read(answer: Answer, problem: Problem) -> Output:
    loss, sizes, stored = answer.value, problem.sizes, answer.attributes
    left = dict(zip("xy", answer.arguments, strict=True)) | {name: stored.get(name) for name in WEIGHTS}
    return Output(read_loss(loss, sizes["K"]), read_activations(stored, sizes), read_logit(stored, sizes), left)


def read_loss(value: Any, K: int) -> Array:
    """Return the loss as an array of shape (1,), or (K,) if there is one per output.

    Raises:
        Mistake: it is not one number, or K numbers.
    """
    if value is None:
        raise Mistake("forward returns None: return the loss at the last time step; printing it is not enough.")
    if isinstance(value, tuple) and len(value) > 1:
        raise Mistake("forward returns a tuple of several values: return only the loss.")
    loss = number_of(value, "The value that forward returns")
    if loss.size == 1:
        return loss.astype(np.float64).reshape(1)
    if loss.shape in {(K,), (K, 1), (1, K)}:
        return loss.astype(np.float64).reshape(K)
    if K == 1:
        raise Mistake("forward returns several numbers or none: return one, the loss at the last time step.")
    raise Mistake(
        "forward returns too many or too few numbers: for K > 1, return the K losses, their sum or their mean."
    )


def read_activations(stored: Mapping[str, Any], sizes: dict[str, int]) -> Array:
    """Return ``model.a`` as an array of shape (T, I).

    Raises:
        Mistake: it is missing, does not hold numbers, or has another shape.
    """
    if "a" not in stored:
        raise Mistake("forward does not store model.a, the activations a(1) ... a(T).")
    array = number_of(stored["a"], "model.a")
    T, I = sizes["T"], sizes["I"]
    if array.shape in {(T, I), (T, I, 1), (T, 1, I)}:
        return array.astype(np.float64).reshape(T, I)
    text = f"model.a has shape {spell_shape(array.shape, sizes, 'TI')}, expected (T, I)"
    if array.shape == (I, T):
        raise Mistake("model.a has shape (I, T), expected (T, I): store one row per time step.")
    if array.ndim >= 2 and array.shape[:2] == (T + 1, I):
        raise Mistake("model.a has shape (T + 1, I), expected (T, I): leave out the initial state a(0).")
    if array.size == I:
        raise Mistake(f"{text}: this is only one activation; store those of all time steps.")
    raise Mistake(f"{text}: store one row per time step, a(1) first.")


def read_logit(stored: Mapping[str, Any], sizes: dict[str, int]) -> Array:
    """Return ``model.z`` as an array of shape (K,).

    Raises:
        Mistake: it is missing, does not hold numbers, or has another shape.
    """
    if "z" not in stored:
        raise Mistake("forward does not store model.z, the logit z(T).")
    array = number_of(stored["z"], "model.z")
    K = sizes["K"]
    if array.shape in {(K,), (K, 1), (1, K)} or (K == 1 and array.shape == ()):
        return array.astype(np.float64).reshape(K)
    text = f"model.z has shape {spell_shape(array.shape, sizes, 'K')}, expected (K,)"
    if array.size == sizes["T"] * K:
        raise Mistake(f"{text}: store only the logit of the last time step.")
    raise Mistake(f"{text}: store V a(T).")


def check_unchanged(output: Output, problem: Problem) -> None:
    """Check that ``forward`` did not change x, y or the weights.

    Raises:
        Mistake: it did. The message names what was changed.
    """
    x, y = output.left["x"], output.left["y"]
    if np.shape(x) != problem.x.shape:
        raise Mistake("forward changes the shape of x: work on a copy, because the array belongs to the caller.")
    if not np.array_equal(x, problem.x):
        raise Mistake("forward changes x in place: work on a copy, because the array belongs to the caller.")
    if not np.array_equal(y, problem.y):
        raise Mistake("forward changes y in place: work on a copy, because the array belongs to the caller.")
    for name in WEIGHTS:
        left = number_of(output.left[name], f"model.{name} after the call of forward")
        before = getattr(problem, name)
        if left.shape != before.shape or not np.allclose(left, before, rtol=1e-6, atol=1e-9):
            raise Mistake(f"forward changes model.{name}: it must only read the weights.")


def close(got: Array, expected: Array, tolerance: tuple[float, float] = ORDINARY) -> bool:
    """Whether all numbers agree within the absolute and relative tolerance. inf and nan never agree."""
    absolute, relative = tolerance
    if got.shape != expected.shape or not np.all(np.isfinite(got)):
        return False
    return bool(np.all(np.abs(got - expected) <= absolute + relative * np.abs(expected)))


def loss_agrees(got: Array, losses: Array, tolerance: tuple[float, float] = ORDINARY) -> bool:
    """Whether a returned loss is the K losses, their sum or their mean."""
    options = [losses, losses.sum(keepdims=True), losses.mean(keepdims=True)]
    return any(close(got, option, tolerance) for option in options)
