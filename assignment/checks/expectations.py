"""The right answers to exercise 4, from the reference solution.

Only hidden cases use this, so none of it goes into a student's zip.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from autograder.checking import Holder, Mistake

from ..hints.facts import mistake
from .effects import numbers_of
from .sequences import WEIGHTS, Array, Output, Problem, close, if_finite, if_shaped, loss_agrees

#: A solution of exercise 4.
Forward = Callable[[Any, Array, Any], Any]


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
        Mistake: it does not.
    """
    own, expected = output.a, question.right.a
    if close(own, expected):
        return
    if not np.any(own[-1]):  # then nothing came to the last row, and the error of a call that failed is the reason
        _ = output.answer.value
    _refuse_odd_numbers(own, "model.a")
    if close(own[:1], expected[:1]):
        raise Mistake("model.a is right at t = 1, but wrong later: a(t) is tanh(W x(t) + R a(t-1)).")
    raise Mistake("model.a does not hold the activations a(t) = tanh(W x(t) + R a(t-1)).")


def check_equal_sizes(answered: Iterable[tuple[Question, Output]]) -> None:
    """Check the activations where T is D or I, if they are right where it is not.

    Raises:
        Mistake: they are wrong.
    """
    for question, output in answered:
        if not close(output.a, question.right.a):
            sizes = question.problem.sizes
            letter = "D" if sizes["T"] == sizes["D"] else "I"
            raise Mistake(
                f"model.a is right for other sizes, but not where T and {letter} are the same number: does your "
                "code use a size to tell rows from columns?"
            )


def check_pause(question: Question, output: Output) -> None:
    """Check the activations of a sequence that has a step without inputs, if those of other sequences are right.

    Raises:
        Mistake: they are wrong.
    """
    if not close(output.a, question.right.a):
        raise Mistake(
            "model.a is wrong where all inputs of a step are 0, as for x(t) = 0. Such a step counts like any other: "
            "a(t) = tanh(R a(t-1))."
        )


def is_judged(question: Question, output: Output) -> bool:
    """Whether a question counts. A wrong shape at T = 1 only costs the case about what is stored."""
    return len(question.problem.x) > 1 or all(if_shaped(output, name) is not None for name in ("a", "z"))


def check_logit(output: Output, question: Question) -> None:
    """Check that ``model.z`` is the true logit, or V times the last of the student's own activations.

    Raises:
        Mistake: it is neither.
    """
    own = output.z
    if _is_logit(own, output, question):
        return
    _refuse_odd_numbers(own, "model.z")
    if len(question.problem.x) == 1:  # it is asked last
        raise Mistake(
            "For a sequence of one step, T = 1, model.z is not the logit V a(1). For longer ones, it is right."
        )
    raise Mistake("model.z is not the logit z(T) = V a(T) of the last time step.")


def _is_logit(own: Array, output: Output, question: Question) -> bool:
    activations = if_finite(output, "a")
    carried = [] if activations is None else [question.problem.V @ activations[-1]]
    return any(close(own, right) for right in [question.right.z, *carried])


def agrees(output: Output, question: Question) -> bool:
    """Whether the loss, ``model.a`` and ``model.z`` agree with the reference solution."""
    right = question.right
    with suppress(Mistake):
        return close(output.a, right.a) and close(output.z, right.z) and loss_agrees(output.loss, right.loss)
    return False


#: Beyond this logit the loss is |z| or 0, up to 1e-17, so that a loss without its logarithm would follow from it.
_MOST_TELLING = 40.0


def check_losses(answered: Iterable[tuple[Question, Output]]) -> None:
    """Check that the losses are the true ones, or those of the student's own ``model.z``.

    Raises:
        Mistake: one is neither, or all follow from own logits that are so large that they do not tell the logarithm.
    """
    telling = [check_loss(output, question) for question, output in answered]
    if not any(telling):
        raise Mistake(_NOT_THE_LOSS)


def check_loss(output: Output, question: Question) -> bool:
    """Check that the loss is the true one, or that of the student's own ``model.z``.

    Returns:
        Whether the loss would be another one without its logarithm.

    Raises:
        Mistake: it is neither.
    """
    own = output.loss
    if loss_agrees(own, question.right.loss):
        return True
    if _follows(output, question):
        return bool(np.all(np.abs(output.z) <= _MOST_TELLING))
    _refuse_odd_numbers(own, "The loss")
    if len(question.problem.x) == 1:  # it is asked last
        raise Mistake("For a sequence of one step, T = 1, the loss is not L(z(1), y). For longer ones, it is right.")
    raise Mistake(_NOT_THE_LOSS)


def _follows(output: Output, question: Question) -> bool:
    """Whether the loss is that of the student's own ``model.z``."""
    logit = if_finite(output, "z")
    return logit is not None and loss_agrees(output.loss, losses_at(logit, question.problem.y))


def check_loss_at_zero(question: Question, output: Output) -> None:
    """Check the loss at the logit 0, if it is right at other logits.

    Raises:
        Mistake: it is wrong.
    """
    if not (loss_agrees(output.loss, question.right.loss) or _follows(output, question)):
        raise Mistake("The loss is wrong where the logit is exactly 0. There, it is log 2 for either label.")


_NOT_THE_LOSS = "The loss is not L(z(T), y), the loss of exercise 1 at the last time step."


def check_long(output: Output, question: Question, shorter: tuple[Question, Output]) -> None:
    """Check the loss of a long sequence. The student's own logit counts only if the activations reach its end.

    Otherwise the loss of a part of the sequence would pass. For the same reason, activations that are right in a
    shorter sequence must be right in the long one, whose first steps have no effect on its loss.

    Raises:
        Mistake: the loss is wrong, or ``forward`` ran only over a part of the sequence.
    """
    if not loss_agrees(output.loss, question.right.loss):
        own = if_finite(output, "a")
        if own is None:
            _ = output.a  # says what is wrong with its shape
            raise Mistake(f"model.a contains inf or nan. {_FINITE['model.a']}")
        if _ends_early(own):
            raise Mistake(
                "forward does not reach the end of a long sequence: the last rows of model.a are all the same."
            )
    check_loss(output, question)
    other = if_shaped(shorter[1], "a")
    if other is None or not close(other, shorter[0].right.a):
        return
    own = if_shaped(output, "a")
    if own is None or not close(own, question.right.a):
        what = "values" if own is not None else "shape"
        raise Mistake(
            f"For shorter sequences, model.a is right. For a long one, it has the wrong {what}: does your loop run "
            "over every time step?"
        )


def _ends_early(a: Array) -> bool:
    """Whether activations stop changing at once, before the last tenth of the steps. Some that are wrong converge."""
    changes = np.max(np.abs(np.diff(a, axis=0)), axis=1)
    moving = np.flatnonzero(changes > 1e-9)
    still = len(changes) - 1 - moving[-1] if moving.size else 0
    return bool(still > len(changes) / 10 and changes[moving[-1]] > 1e-4)


def check_outputs(several: Sequence[tuple[Question, Output]], single: Sequence[tuple[Question, Output]]) -> None:
    """Check the losses of several outputs, and their logits if those of a single output are right.

    Otherwise the wrong logits have cost their own case.

    Raises:
        Mistake: the losses or the logits are wrong.
    """
    for _, output in several:
        logit = numbers_of(output).get("z")
        if logit is not None and logit.size < output.problem.sizes["K"]:
            raise mistake("model.z has fewer entries than there are outputs.", "z-first-output")
    check_losses(several)
    for question, output in single:
        own = if_shaped(output, "z")
        if own is None or not _is_logit(own, output, question):
            return
    for question, output in several:
        if not _is_logit(output.z, output, question):
            raise Mistake(
                "For K > 1, model.z does not hold the K logits V a(T), as it does for K = 1. Each row of V gives one "
                "logit."
            )


def losses_at(logits: Array, labels: Any) -> Array:
    """Return the loss of each output, of shape (K,)."""
    return np.asarray(labels * np.logaddexp(0, -logits) + (1 - labels) * np.logaddexp(0, logits))


#: What numbers are where they are neither inf nor nan.
_FINITE = {
    "model.a": "Activations lie between -1 and 1: is tanh missing, or is part of an np.empty array never filled?",
    "model.z": "It should have K finite numbers: is part of an np.empty array never filled?",
    "The loss": "It should be a finite number.",
}


def _refuse_odd_numbers(array: Array, name: str) -> None:
    if not np.all(np.isfinite(array)):
        raise Mistake(f"{name} contains inf or nan. {_FINITE[name]}")
