"""Call ``forward`` on a model with given weights, and read what it returns and stores (exercise 4)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checking import Answer, Call, Mistake, ask, number_of, spell_shape

from ..hints.facts import mistake
from .words import HINTS, Model

Array = np.ndarray[Any, np.dtype[Any]]

#: Tolerances of the contract, absolute and relative: at ordinary logits, and for the loss at extreme ones.
ORDINARY = (1e-5, 1e-4)
EXTREME = (1e-8, 1e-6)


#: The attributes of a model that ``forward`` reads.
WEIGHTS = ("W", "R", "V")

#: What it stores, and names under which the activations and the logit are stored by mistake.
STORED = {
    "a": ("a", "A", "activations", "activation", "h", "hs", "H", "hidden", "state", "states", "acts", "s", "S"),
    "z": ("z", "Z", "logit", "logits", "zs", "z_T", "zT", "output", "out"),
}


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


@dataclass(frozen=True)
class Output:
    """What one call of ``forward`` returned and stored.

    It is read where a case asks for it, so that a case fails for what it judges and for nothing else. A call that
    raised an error has stored what it stored before.
    """

    answer: Answer
    """The answer of the call."""
    problem: Problem
    """The input of the call."""
    reveal: bool = False
    """Whether students may see the sizes of the problem."""

    @property
    def loss(self) -> Array:
        """The returned loss, of shape (1,), or (K,) if ``forward`` returned one loss per output.

        Raises:
            Mistake: the call raised an error, or returned something else.
        """
        return read_loss(self.answer.value, self.problem.sizes["K"])

    @property
    def a(self) -> Array:
        """The activations of all time steps in ``model.a``, of shape (T, I).

        Raises:
            Mistake: they are missing, are no numbers, or have another shape.
        """
        return read_activations(self._stored("a", "the activations a(1) ... a(T)"), self.problem.sizes, self.reveal)

    @property
    def z(self) -> Array:
        """The logit of the last time step in ``model.z``, of shape (K,).

        Raises:
            Mistake: it is missing, is no number, or has another shape.
        """
        return read_logit(self._stored("z", "the logit z(T)"), self.problem.sizes, self.reveal)

    def _stored(self, name: str, meaning: str) -> Any:
        stored = self.answer.attributes
        if name in stored:
            return stored[name]
        _ = self.answer.value  # if the call raised an error, that is the reason
        if name.upper() in stored:
            raise Mistake(f"forward stores model.{name.upper()}, expected model.{name}.")
        raise Mistake(f"forward does not store model.{name}, {meaning}.")


def cause_of(output: Output, a: Array, z: Array) -> str:
    """Say which of ``model.a`` and ``model.z`` is the first to differ from its right value; empty if neither does."""
    for name, right in (("a", a), ("z", z)):
        own = if_shaped(output, name)
        if own is not None and not close(own, right):
            return f" model.{name} is already different: it is {in_six_digits(own)}, expected {in_six_digits(right)}."
    return ""


def in_six_digits(array: Array) -> str:
    """Write numbers to six decimals, a single one without brackets."""
    rounded = np.round(array, 6)
    return str(rounded.item() if rounded.size == 1 else rounded.tolist())


def if_shaped(output: Output, name: str) -> Array | None:
    """Return a student's own ``model.a`` or ``model.z``; None if it is missing or has a wrong shape.

    That costs the case about what is stored. Other cases go on without it.
    """
    try:
        return output.a if name == "a" else output.z
    except Mistake:
        return None


def if_finite(output: Output, name: str) -> Array | None:
    """Return a student's own ``model.a`` or ``model.z`` to go on from; None if it has a wrong shape, inf or nan."""
    own = if_shaped(output, name)
    return own if own is not None and np.all(np.isfinite(own)) else None


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


def run_each(
    init: Any,
    forward: Any,
    problems: Sequence[Problem],
    reveal: bool = False,
    again: Mapping[int, int] | None = None,
    fresh: bool = False,
) -> Iterator[Output]:
    """Call ``forward`` once for each problem, and yield what it returned and stored.

    Args:
        init: prepares a fresh model for each problem. If it fails, that costs points in exercise 3, not here.
        forward: the function.
        problems: the inputs of ``forward``. Their weights replace those that ``init`` stored.
        reveal: whether students may see sizes and the texts of errors.
        again: indices of problems that use the model of an earlier problem, with weights of their own, and its index.
        fresh: whether to call it where nothing was called before.

    Raises:
        Mistake: there is no such function.
    """
    calls: list[Call] = []
    for number, problem in enumerate(problems):
        earlier = (again or {}).get(number)
        model = Model() if earlier is None else calls[earlier].arguments[0]
        prepare = (init, *(problem.sizes[letter] for letter in "DIK")) if earlier is None else None
        weights = {name: getattr(problem, name) for name in WEIGHTS}
        calls.append(Call((model, problem.x, problem.y), prepare, weights, problem.sizes))
    stored = (*WEIGHTS, *STORED["a"], *STORED["z"])
    answers = ask(forward, calls, name="forward", reveal=reveal, stored=stored, hints=HINTS, fresh=fresh)
    return (Output(answer, problem, reveal) for answer, problem in zip(answers, problems, strict=True))


def read_loss(value: Any, K: int) -> Array:
    """Return the loss as an array of shape (1,), or (K,) if there is one per output.

    Raises:
        Mistake: it is not one number, or K numbers.
    """
    if value is None:
        raise mistake("forward returns None. It should return the loss at the last time step.", "nothing-returned")
    if isinstance(value, tuple) and len(value) > 1:
        raise mistake("forward returns a tuple of several values. It should return the loss.", "pair-returned")
    loss = number_of(value, "The value that forward returns")
    if loss.size == 1:
        return loss.astype(np.float64).reshape(1)
    if loss.shape in {(K,), (K, 1), (1, K)}:
        return loss.astype(np.float64).reshape(K)
    if K == 1:
        what = "several numbers" if loss.size else "an empty array"
        raise Mistake(f"forward returns {what}. It should return one number, the loss at the last time step.")
    raise Mistake(
        "forward returns too many or too few numbers: for K > 1, return the K losses, their sum or their mean."
    )


def read_activations(value: Any, sizes: dict[str, int], reveal: bool = False) -> Array:
    """Return ``model.a`` as an array of shape (T, I).

    Raises:
        Mistake: it does not hold numbers, or has another shape.
    """
    array = number_of(value, "model.a")
    T, I = sizes["T"], sizes["I"]
    if array.shape in {(T, I), (T, I, 1), (T, 1, I)}:
        return array.astype(np.float64).reshape(T, I)
    own, right = (spell_shape(shape, sizes, "TI", reveal, strict=True) for shape in (array.shape, (T, I)))
    if array.shape == (T + 1, I):
        own = f"({T + 1}, {I}), that is (T + 1, I)" if reveal else "(T + 1, I)"
    where = " for T = 1" if T == 1 else " for I = 1" if I == 1 else ""
    raise Mistake(f"model.a has shape {own}{where}, expected {right}: one row for each time step, a(1) first.")


def read_logit(value: Any, sizes: dict[str, int], reveal: bool = False) -> Array:
    """Return ``model.z`` as an array of shape (K,).

    Raises:
        Mistake: it does not hold numbers, or has another shape.
    """
    array = number_of(value, "model.z")
    K = sizes["K"]
    if array.shape in {(K,), (K, 1), (1, K)} or (K == 1 and array.shape == ()):
        return array.astype(np.float64).reshape(K)
    own, right = (spell_shape(shape, sizes, "K", reveal) for shape in (array.shape, (K,)))
    raise Mistake(f"model.z has shape {own}, expected {right}: the logit V a(T).")


#: What the loss is at a logit of large absolute value.
_AT_EXTREMES = "It should be about |z| where the prediction is wrong, and about 0 where it is right."


def check_extreme(output: Output, logit: float) -> None:
    """Check the loss at a logit of large absolute value, at least 34, for K = 1.

    It is right if it is the loss of this logit, or of the student's own ``model.z`` where that is at least half as
    large. From 20 on, log(1 + e^-|z|) is less than the tolerance, so the loss is |z| on the wrong side of the label,
    and 0 on the right side.

    Raises:
        Mistake: it is not. The message gives the sign of the logit and the label, but not the numbers.
    """
    own, wrong_side = if_finite(output, "z"), 1 - 2 * output.problem.y
    too_small = own is not None and bool(abs(own[0]) < abs(logit) / 2)
    logits = [logit] if own is None or too_small else [logit, own[0]]
    loss = output.loss
    if any(close(loss, np.array([max(0.0, wrong_side * z)]), EXTREME) for z in logits):
        return
    where = f"at a large {'positive' if logit > 0 else 'negative'} logit with the label {output.problem.y:g}"
    if not np.all(np.isfinite(loss)):
        raise Mistake(
            f"The loss is inf or nan {where}: an exponential overflows, or a logarithm of 0 is taken. Use the stable "
            "form of exercise 1."
        )
    if too_small:
        raise Mistake(
            "model.z is less than half as large as the right V a(T), which is very large here. So the loss at extreme "
            "logits cannot be judged."
        )
    if 0 < loss[0] < wrong_side * logit:
        raise Mistake(f"The loss is too small {where}. {_AT_EXTREMES}")
    raise Mistake(f"The loss is wrong {where}. {_AT_EXTREMES}")


def close(got: Array, expected: Array, tolerance: tuple[float, float] = ORDINARY) -> bool:
    """Whether all numbers agree within the absolute and relative tolerance. inf and nan never agree."""
    absolute, relative = tolerance
    if got.shape != expected.shape or not np.all(np.isfinite(got) & np.isfinite(expected)):
        return False
    return bool(np.all(np.abs(got - expected) <= absolute + relative * np.abs(expected)))


def loss_agrees(got: Array, losses: Array, tolerance: tuple[float, float] = ORDINARY) -> bool:
    """Whether a returned loss is the K losses, their sum or their mean."""
    options = [losses, losses.sum(keepdims=True), losses.mean(keepdims=True)]
    return any(close(got, option, tolerance) for option in options)
