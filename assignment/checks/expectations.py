"""The right answers of exercise 4, by the reference solution, and hints at the cause of a wrong one.

For hidden cases only: nothing of this goes into a student's zip.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.checking.calls import Mistake, Model
from reference_solution.network import forward as reference_forward

from .sequences import EXTREME, Answer, Array, Problem, close, loss_agrees, set_weights

Variant = Callable[[Problem], Array]


def expect(problem: Problem) -> Answer:
    """Return the reference solution's answer; the loss has one entry per output.

    It is computed once for each problem: the same ones are posed to every submission.
    """
    arrays = (problem.W, problem.R, problem.V, problem.x, np.asarray(problem.y, dtype=float))
    key = b"".join(repr(array.shape).encode() + array.tobytes() for array in arrays)
    if key not in _expected:
        _expected[key] = _expect(problem)
    known = _expected[key]
    return Answer(known.loss.copy(), known.a.copy(), known.z.copy())


_expected: dict[bytes, Answer] = {}


def _expect(problem: Problem) -> Answer:
    model: Any = Model()
    set_weights(model, problem)
    losses: list[float] = []
    for k, label in enumerate(np.atleast_1d(problem.y)):
        single: Any = Model()
        set_weights(single, replace(problem, V=problem.V[k : k + 1]))
        losses.append(float(np.squeeze(reference_forward(single, problem.x, float(label)))))
    reference_forward(model, problem.x, problem.y)
    return Answer(np.array(losses), np.asarray(model.a), np.asarray(model.z).reshape(-1))


def check_activations(answer: Answer, problem: Problem) -> None:
    """``model.a`` agrees with the reference solution.

    Raises:
        Mistake: with a hint where the numbers are those of a known mistake.
    """
    expected = expect(problem).a
    if close(answer.a, expected):
        return
    _refuse_odd_numbers(answer.a, "model.a")
    for hint, variant in _ACTIVATION_VARIANTS:
        with np.errstate(all="ignore"):
            other = _try(variant, problem)
        if other is not None and close(answer.a, other):
            raise Mistake(f"model.a does not hold the activations a(1) ... a(T): {hint}.")
    if close(answer.a[:1], expected[:1]):
        raise Mistake("model.a is right at t = 1, and wrong later: check the recurrent part R a(t-1).")
    raise Mistake("model.a does not hold the activations a(1) ... a(T): check a(t) = tanh(W x(t) + R a(t-1)).")


def check_logit(answer: Answer, problem: Problem) -> None:
    """``model.z`` agrees with the reference solution.

    Raises:
        Mistake: with a hint where the numbers are those of a known mistake.
    """
    expected = expect(problem)
    if close(answer.z, expected.z):
        return
    _refuse_odd_numbers(answer.z, "model.z")
    for hint, other in _logit_variants(problem, expected):
        if close(answer.z, other):
            raise Mistake(f"model.z is not the logit z(T) = V a(T): {hint}.")
    raise Mistake("model.z is not the logit z(T) = V a(T) of the last time step.")


def check_loss(answer: Answer, problem: Problem) -> None:
    """The returned loss agrees with the reference solution at an ordinary logit.

    Raises:
        Mistake: with a hint where the number is that of a known mistake.
    """
    expected = expect(problem)
    if loss_agrees(answer.loss, expected.loss):
        return
    _refuse_odd_numbers(answer.loss, "The loss")
    if len(expected.loss) == 1:
        for hint, other in _loss_variants(problem, expected):
            if close(answer.loss, other):
                raise Mistake(f"The loss is wrong: {hint}.")
    raise Mistake("The loss is not L(z(T), y): check the formula of exercise 1, the label and the time step.")


def extreme_problem(logits: list[float], labels: Any) -> Problem:
    """A problem whose logits are given numbers, up to rounding.

    All weights are small binary fractions and R is 0, so that 32-bit arithmetic rounds in tanh and V a only, and
    all terms of V a have one sign: the relative error of z is below 4e-7, the tolerance is 1e-6.
    """
    x = np.array([[0.5, -0.25], [0.25, 0.75]])
    W = np.array([[1.0, 0.5], [0.25, 1.0], [-0.5, 1.0]])
    problem = Problem(W, np.zeros((3, 3)), np.ones((len(logits), 3)), x, labels)
    last = expect(replace(problem, V=np.ones((1, 3)), y=0)).a[-1]
    problem.V = np.outer(logits, last / np.sum(last**2)).astype(np.float32).astype(np.float64)
    return problem


def check_extreme(answer: Answer, problem: Problem) -> None:
    """The loss at extreme logits is right within the strict tolerance.

    Raises:
        Mistake: tells the sign of the logit and the label, not the numbers.
    """
    losses = expect(problem).loss
    if loss_agrees(answer.loss, losses, EXTREME):
        return
    where = "at logits of large size"
    if len(problem.V) == 1:
        side = "positive" if expect(problem).z[0] > 0 else "negative"
        where = f"at a large {side} logit with the label {problem.y:g}"
    if not np.all(np.isfinite(answer.loss)):
        raise Mistake(
            f"The loss is inf or nan {where}: e^z overflows, or log 0 is taken. Use the stable form of exercise 1."
        )
    if len(losses) == 1 and answer.loss[0] < losses[0] and losses[0] > 20:
        raise Mistake(f"The loss is too small {where}: it seems to be clipped. Use the stable form of exercise 1.")
    raise Mistake(f"The loss is not exact {where}. Use the stable form of exercise 1, without clipping.")


def _refuse_odd_numbers(array: Array, name: str) -> None:
    if not np.all(np.isfinite(array)):
        raise Mistake(f"{name} contains inf or nan.")


def _try(variant: Variant, problem: Problem) -> Array | None:
    try:
        return variant(problem)
    except ValueError:  # a transposed product that only works for square matrices
        return None


def _unfold(problem: Problem, drive: Any, squash: Any = np.tanh) -> Array:
    """Run a recurrence a(t) = squash(drive(x(t), a(t-1))) over the sequence."""
    a, rows = np.zeros(len(problem.R)), []
    for x in problem.x:
        a = squash(drive(x, a))
        rows.append(a)
    return np.array(rows)


def _pre_activations(problem: Problem) -> Array:
    a, rows = np.zeros(len(problem.R)), []
    for x in problem.x:
        s = problem.W @ x + problem.R @ a
        a = np.tanh(s)
        rows.append(s)
    return np.array(rows)


def _drive(p: Problem) -> Any:
    """The sum that goes into the activation."""
    return lambda x, a: p.W @ x + p.R @ a


_ACTIVATION_VARIANTS: list[tuple[str, Variant]] = [
    ("the recurrent term R a(t-1) is missing", lambda p: np.tanh(p.x @ p.W.T)),
    ("R is transposed", lambda p: _unfold(p, lambda x, a: p.W @ x + p.R.T @ a)),
    ("W is transposed", lambda p: _unfold(p, lambda x, a: p.W.T @ x + p.R @ a)),
    ("W and R are swapped", lambda p: _unfold(p, lambda x, a: p.R @ x + p.W @ a)),
    ("the order of time is reversed", lambda p: _unfold(p, _drive(p))[::-1]),
    ("these are the sums s(t), before tanh", _pre_activations),
    ("the recurrence feeds s(t-1) back instead of a(t-1)", lambda p: np.tanh(_unfold(p, _drive(p), lambda s: s))),
    ("the activation is the sigmoid, not tanh", lambda p: _unfold(p, _drive(p), lambda s: 1 / (1 + np.exp(-s)))),
    ("the activation is ReLU, not tanh", lambda p: _unfold(p, _drive(p), lambda s: np.maximum(s, 0))),
    ("tanh is taken twice", lambda p: _unfold(p, _drive(p), lambda s: np.tanh(np.tanh(s)))),
    ("every row holds the last activation; append a copy", lambda p: np.tile(expect(p).a[-1], (len(p.x), 1))),
    ("it lags behind by one step; a(0) is in it", lambda p: np.vstack([np.zeros(len(p.R)), expect(p).a[:-1]])),
]


def _logit_variants(problem: Problem, expected: Answer) -> Iterator[tuple[str, Array]]:
    yield "the sigmoid is applied to it already", 1 / (1 + np.exp(-expected.z))
    yield "tanh is applied to it", np.tanh(expected.z)
    yield "it is taken from the sums s(T), before tanh", problem.V @ _pre_activations(problem)[-1]
    yield "it has the wrong sign", -expected.z
    for row, step in ((0, "first"), (-2, "last but one")):
        if len(problem.x) > 2:
            yield f"it belongs to the {step} time step", problem.V @ expected.a[row]


def _loss_variants(problem: Problem, expected: Answer) -> Iterator[tuple[str, Array]]:
    yield "the label is taken the wrong way round", expect(replace(problem, y=1 - problem.y)).loss
    yield "the label's term is missing", expect(replace(problem, y=0)).loss
    yield "it has the wrong sign", -expected.loss
    yield "it is the prediction sigma(z), not the loss", 1 / (1 + np.exp(-expected.z))
    yield "it is the squared error", (1 / (1 + np.exp(-expected.z)) - problem.y) ** 2
    yield "the logarithm has the base 2", expected.loss / np.log(2)
    if len(problem.x) > 50:
        return
    steps = [expect(replace(problem, x=problem.x[: t + 1])).loss for t in range(len(problem.x))]
    yield "it is averaged over time; only the last step counts", np.mean(steps, axis=0)
    yield "it is summed over time; only the last step counts", np.sum(steps, axis=0)
    yield "it belongs to the first time step", steps[0]
    yield "it belongs to the last but one time step", steps[max(len(steps) - 2, 0)]
