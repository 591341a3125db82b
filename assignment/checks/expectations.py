"""The right answers to exercise 4, from the reference solution, and hints at the cause of a wrong one.

Only hidden cases use this, so none of it goes into a student's zip.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from autograder.checking import Holder, Mistake

from ..hints.facts import mistake
from .effects import numbers_of
from .sequences import WEIGHTS, Array, Output, Problem, close, if_finite, loss_agrees

#: A solution of exercise 4.
Forward = Callable[[Any, Array, Any], Any]

#: Computes what a solution with a certain mistake would give.
Variant = Callable[["Question"], Array]


@dataclass(frozen=True)
class Right:
    """The right answer to a problem."""

    loss: Array
    """One loss per output, shape (K,)."""
    a: Array
    """Activations a(1) ... a(T), shape (T, I)."""
    z: Array
    """Logit z(T), shape (K,)."""


@dataclass(frozen=True)
class Question:
    """A problem, and the solution that knows its right answer."""

    problem: Problem
    reference: Forward

    @cached_property
    def right(self) -> Right:
        """The right answer. Every submission gets the same question."""
        return self.solve()

    def solve(self, **changes: Any) -> Right:
        """Return the right answer after some changes to the problem."""
        problem = replace(self.problem, **changes)
        labels = [float(label) for label in np.atleast_1d(problem.y)]
        singles = [replace(problem, V=problem.V[k : k + 1], y=label) for k, label in enumerate(labels)]
        losses = [float(np.squeeze(self._run(single)[0])) for single in singles]
        model = self._run(problem)[1]
        return Right(np.array(losses), np.asarray(model.a), np.asarray(model.z).reshape(-1))

    def _run(self, problem: Problem) -> tuple[Any, Any]:
        model: Any = Holder()
        for name in WEIGHTS:
            setattr(model, name, getattr(problem, name).copy())
        return self.reference(model, problem.x, problem.y), model


def with_logits(problem: Problem, logits: list[float], labels: Any, reference: Forward) -> Question:
    """Return a question with other output weights, which give the wanted logits up to rounding."""
    last = Question(problem, reference).solve(V=np.ones((1, len(problem.R))), y=0).a[-1]
    return Question(replace(problem, V=np.outer(logits, last / np.sum(last**2)), y=labels), reference)


def extreme_question(logits: list[float], labels: Any, reference: Forward) -> Question:
    """Return a question that has the wanted logits up to rounding.

    W, R and x are small binary fractions, so 32-bit arithmetic hardly rounds before tanh. All terms of V a have the
    same sign. So the relative error of z is below 4e-7, and the tolerance is 1e-6.

    A mistake in the activations leaves the logit large: even those of the first or second step give more than half.
    """
    x = np.array([[0.75, 0.25], [0.25, 0.75], [1.25, 1.0]])
    W = np.array([[1.0, 0.5], [0.75, 1.0], [0.5, 1.0]])
    question = with_logits(Problem(W, np.eye(3) / 8, np.ones((1, 3)), x, 0), logits, labels, reference)
    V = question.problem.V.astype(np.float32).astype(np.float64)
    return Question(replace(question.problem, V=V), reference)


def check_activations(output: Output, question: Question) -> None:
    """Check that ``model.a`` agrees with the reference solution.

    Raises:
        Mistake: it does not. If the numbers fit a known mistake, the message has a hint.
    """
    own, expected = output.a, question.right.a
    if close(own, expected):
        return
    _refuse_odd_numbers(own, "model.a")
    for hint, variant in _ACTIVATION_VARIANTS:
        with np.errstate(all="ignore"):
            other = _try(variant, question)
        if other is not None and close(own, other):
            raise Mistake(f"model.a does not hold the activations a(1) ... a(T): {hint}.")
    if close(own[:1], expected[:1]):
        raise Mistake("model.a is right at t = 1, but wrong later: check the recurrent part R a(t-1).")
    raise Mistake("model.a does not hold the activations a(1) ... a(T): check a(t) = tanh(W x(t) + R a(t-1)).")


def check_logit(output: Output, question: Question) -> None:
    """Check that ``model.z`` is the true logit, or V times the last of the student's own activations.

    Raises:
        Mistake: it is neither. If the numbers fit a known mistake, the message has a hint.
    """
    own, activations = output.z, if_finite(output, "a")
    carried = [] if activations is None else [question.problem.V @ activations[-1]]
    if any(close(own, right) for right in [question.right.z, *carried]):
        return
    _refuse_odd_numbers(own, "model.z")
    for hint, other in _logit_variants(question):
        if close(own, other):
            raise Mistake(f"model.z is not the logit z(T) = V a(T): {hint}.")
    raise Mistake("model.z is not the logit z(T) = V a(T) of the last time step.")


def check_loss(output: Output, question: Question) -> None:
    """Check that the loss at ordinary logits is the true one, or that of the student's own ``model.z``.

    Raises:
        Mistake: it is neither. If the number fits a known mistake, the message has a hint.
    """
    own, logit = output.loss, if_finite(output, "z")
    carried = [] if logit is None else [losses_at(logit, question.problem.y)]
    if any(loss_agrees(own, right) for right in [question.right.loss, *carried]):
        return
    _refuse_odd_numbers(own, "The loss")
    if len(question.right.loss) == 1:
        for hint, other in _loss_variants(question):
            if close(own, other):
                raise Mistake(f"The loss is wrong: {hint}.")
    raise Mistake("The loss is not L(z(T), y): check the formula of exercise 1, the label and the time step.")


def check_long(output: Output, question: Question) -> None:
    """Check the loss of a long sequence. The student's own logit counts only with an activation for each step.

    Otherwise the loss of a part of the sequence would pass.

    Raises:
        Mistake: the loss is wrong, or ``forward`` ran only over a part of the sequence.
    """
    if not loss_agrees(output.loss, question.right.loss) and if_finite(output, "a") is None:
        _ = output.a  # says what is wrong with its shape
        raise Mistake("model.a contains inf or nan.")
    check_loss(output, question)


def check_outputs(output: Output) -> None:
    """Check that ``model.z``, where it is stored, has at least one entry per output.

    Raises:
        Mistake: it has fewer.
    """
    logit = numbers_of(output).get("z")
    if logit is not None and logit.size < output.problem.sizes["K"]:
        raise mistake("model.z has fewer entries than there are outputs.", "z-first-output")


def losses_at(logits: Array, labels: Any) -> Array:
    """Return the loss of each output, of shape (K,)."""
    return np.asarray(labels * np.logaddexp(0, -logits) + (1 - labels) * np.logaddexp(0, logits))


def _refuse_odd_numbers(array: Array, name: str) -> None:
    if not np.all(np.isfinite(array)):
        raise Mistake(f"{name} contains inf or nan.")


def _try(variant: Variant, question: Question) -> Array | None:
    try:
        return variant(question)
    except ValueError:  # a product with a transposed matrix may only work for square ones
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


def _drive(p: Problem, W: Array | None = None, R: Array | None = None) -> Any:
    """Return the function that computes the sum s(t), with other matrices instead of W and R if they are given."""
    W, R = p.W if W is None else W, p.R if R is None else R
    return lambda x, a: W @ x + R @ a


def _same(s: Array) -> Array:
    return s


def _sigmoid(s: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-s)))


_ACTIVATION_VARIANTS: list[tuple[str, Variant]] = [
    ("the recurrent term R a(t-1) is missing", lambda q: np.tanh(q.problem.x @ q.problem.W.T)),
    ("R is transposed", lambda q: _unfold(q.problem, _drive(q.problem, R=q.problem.R.T))),
    ("W is transposed", lambda q: _unfold(q.problem, _drive(q.problem, W=q.problem.W.T))),
    ("W and R are swapped", lambda q: _unfold(q.problem, _drive(q.problem, W=q.problem.R, R=q.problem.W))),
    ("the order of time is reversed", lambda q: q.right.a[::-1]),
    ("these are the sums s(t), before tanh", lambda q: _pre_activations(q.problem)),
    (
        "the recurrence feeds s(t-1) back instead of a(t-1)",
        lambda q: np.tanh(_unfold(q.problem, _drive(q.problem), _same)),
    ),
    ("the activation is the sigmoid, not tanh", lambda q: _unfold(q.problem, _drive(q.problem), _sigmoid)),
    ("the activation is ReLU, not tanh", lambda q: _unfold(q.problem, _drive(q.problem), lambda s: np.maximum(s, 0))),
    ("tanh is applied twice", lambda q: _unfold(q.problem, _drive(q.problem), lambda s: np.tanh(np.tanh(s)))),
    (
        "every row holds the last activation; store a copy at each step",
        lambda q: np.tile(q.right.a[-1], (len(q.problem.x), 1)),
    ),
    ("it is one step late and includes a(0)", lambda q: np.vstack([np.zeros(len(q.problem.R)), q.right.a[:-1]])),
]


def _logit_variants(question: Question) -> Iterator[tuple[str, Array]]:
    problem, right = question.problem, question.right
    yield "the sigmoid has already been applied to it", _sigmoid(right.z)
    yield "tanh has been applied to it", np.tanh(right.z)
    yield "it is computed from the sums s(T), before tanh", problem.V @ _pre_activations(problem)[-1]
    yield "it has the wrong sign", -right.z
    for row, step in ((0, "first"), (-2, "second to last")):
        if len(problem.x) > 2:
            yield f"it belongs to the {step} time step", problem.V @ right.a[row]


def _loss_variants(question: Question) -> Iterator[tuple[str, Array]]:
    problem, right = question.problem, question.right
    yield "the labels 0 and 1 are swapped", question.solve(y=1 - problem.y).loss
    yield "the term with the label is missing", question.solve(y=0).loss
    yield "it has the wrong sign", -right.loss
    yield "it is the prediction sigma(z), not the loss", _sigmoid(right.z)
    yield "it is the squared error", (_sigmoid(right.z) - problem.y) ** 2
    yield "the logarithm has base 2", right.loss / np.log(2)
    if len(problem.x) > 50:
        return
    steps = [question.solve(x=problem.x[: t + 1]).loss for t in range(len(problem.x))]
    yield "it is the mean over time; only the last step counts", np.mean(steps, axis=0)
    yield "it is the sum over time; only the last step counts", np.sum(steps, axis=0)
    yield "it belongs to the first time step", steps[0]
    yield "it belongs to the second to last time step", steps[max(len(steps) - 2, 0)]
