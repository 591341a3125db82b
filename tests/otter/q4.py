"""Exercise 4: forward(model, x, y) runs the network over a sequence."""

from dataclasses import replace

import numpy as np
from otter.test_files import test_case

from assignment.checks.expectations import (
    Question,
    check_activations,
    check_extreme,
    check_logit,
    check_loss,
    extreme_question,
    with_logits,
)
from assignment.checks.sequences import (
    Problem,
    check_unchanged,
    close,
    draw_problem,
    loss_agrees,
    run_each,
    run_forward,
)
from assignment.settings import POINTS, SEED
from autograder.checking import Mistake
from reference_solution.network import forward as solve

OK_FORMAT = False
name = "q4"
points = None


def questions(number, sizes):
    """Draw questions of these sizes T, D, I and K for one of the hidden cases."""
    rng = np.random.default_rng([SEED, number])
    return [Question(draw_problem(rng, *own), solve) for own in sizes]


def of_size(logits):
    """Draw questions with these logits at the last step, and with labels of either type."""
    drawn = questions(3, [(2 + index, 3, 4) for index in range(len(logits))])
    labels = [0, 1, 0.0, 1.0] * len(logits)
    return [with_logits(q.problem, [z], y, solve) for q, z, y in zip(drawn, logits, labels, strict=False)]


def of_several(sizes):
    """Draw questions with several outputs and alternating labels."""
    drawn = [q.problem for q in questions(4, sizes)]
    return [Question(replace(problem, y=np.arange(len(problem.y)) % 2.0), solve) for problem in drawn]


SIZES = (30.0, 100.0, 700.0, 1e3, 1e4)
LABELS = np.array([0, 0, 1, 1, 0])

# Every submission gets the same questions. The reference solution answers each of them once.
ACTIVATIONS = questions(1, [(5, 3, 4), (1, 2, 3), (4, 1, 1), (6, 4, 4), (7, 5, 2), (300, 3, 6)])
LOGITS = questions(2, [(5, 3, 4), (1, 4, 2), (3, 3, 3), (40, 2, 5)])
LOSSES = of_size([1.1, -0.8, -2.1, 2.6, 5.5, -4.0, -7.0, 6.5, 9.0, 11.0, -10.5, -12.0])
EXTREMES = [extreme_question([sign * z], y, solve) for z in SIZES for sign in (1, -1) for y in (0, 1)]
SEVERAL = of_several([(4, 3, 5, 2), (3, 2, 4, 6), (1, 3, 2, 3)])
SEVERAL_EXTREMES = [extreme_question([z, -z, z, -z, 1.0], LABELS, solve) for z in SIZES]
CALLS = questions(5, [(5, 3, 4), (3, 3, 4), (5, 3, 4)])
(LONG,) = questions(6, [(2000, 2, 3)])


def answers(init, forward, asked, again=()):
    """Ask a submission the questions; yield each one with its answer."""
    return zip(asked, run_each(init, forward, [q.problem for q in asked], again=again), strict=True)


@test_case(name="q4 example", points=5 * POINTS["q4"] / 35)
def test_example(init, forward):
    """Two steps of a network with one neuron, which you can check with a pocket calculator.

    s(1) = 1, a(1) = tanh 1 = 0.761594; s(2) = 1 + a(1) / 2 = 1.380797, a(2) = 0.881130; z(2) = 2 a(2) = 1.762259;
    L(z, 1) = log(1 + e^(-1.762259)) = 0.158419 and L(z, 0) = z + L(z, 1) = 1.920678.
    """
    W, R, V, x = (np.array(numbers) for numbers in ([[1.0]], [[0.5]], [[2.0]], [[1.0], [1.0]]))
    losses = {1: 0.158419, 0: 1.920678}
    problems = [Problem(W, R, V, x, label) for label in losses]
    for (label, loss), answer in zip(losses.items(), run_each(init, forward, problems, reveal=True), strict=True):
        for what, got, right in (
            ("model.a", answer.a, np.array([[0.761594], [0.881130]])),
            ("model.z", answer.z, np.array([1.762259])),
            (f"the loss for y = {label}", answer.loss, np.array([loss])),
        ):
            if not close(got, right):
                raise Mistake(f"In the example, {what} is {got.tolist()}, expected {right.tolist()}.")


@test_case(name="q4 what is stored", points=4 * POINTS["q4"] / 35)
def test_stored(init, forward):
    """model.a has a row for each time step, model.z is the last logit, and forward returns one number."""
    rng = np.random.default_rng(0)
    run_forward(init, forward, draw_problem(rng, T=6, D=3, I=4), reveal=True)


@test_case(name="q4 activations", points=6 * POINTS["q4"] / 35, hidden=True)
def test_activations(init, forward):
    """model.a agrees with the reference solution for many sizes."""
    for question, output in answers(init, forward, ACTIVATIONS):
        check_activations(output, question)


@test_case(name="q4 logit", points=4 * POINTS["q4"] / 35, hidden=True)
def test_logit(init, forward):
    """model.z agrees with the reference solution."""
    for question, output in answers(init, forward, LOGITS):
        check_logit(output, question)


@test_case(name="q4 loss", points=5 * POINTS["q4"] / 35, hidden=True)
def test_loss(init, forward):
    """The loss agrees with the reference solution for ordinary logits and labels of either type."""
    for question, output in answers(init, forward, LOSSES):
        check_loss(output, question)


@test_case(name="q4 numerical stability", points=5 * POINTS["q4"] / 35, hidden=True)
def test_stability(init, forward):
    """The loss is accurate at extreme logits, for both labels."""
    for question, output in answers(init, forward, EXTREMES):
        check_extreme(output, question)


@test_case(name="q4 several outputs", points=2 * POINTS["q4"] / 35, hidden=True)
def test_outputs(init, forward):
    """For K > 1, activations, logits and losses are right, ordinary and extreme; the inputs stay unchanged."""
    for number, (question, output) in enumerate(answers(init, forward, [*SEVERAL, *SEVERAL_EXTREMES])):
        if number >= len(SEVERAL):
            check_extreme(output, question)
            continue
        check_activations(output, question)
        check_logit(output, question)
        check_loss(output, question)
        check_unchanged(output, question.problem)


@test_case(name="q4 no side effects", points=3 * POINTS["q4"] / 35, hidden=True)
def test_side_effects(init, forward):
    """The inputs stay unchanged, and each call starts again from a(0) = 0, whatever was called before.

    In between there are calls on other models and on the same one, with sequences of the same and of another length,
    because a buffer that is kept may or may not fit.
    """
    first, other, same = CALLS
    hint = "The result of the first call is already wrong: see the other test cases."
    for question, output in answers(init, forward, [first, other, first, same, first], again={2, 4}):
        check_unchanged(output, question.problem)
        right = question.right
        if not (close(output.a, right.a) and close(output.z, right.z) and loss_agrees(output.loss, right.loss)):
            raise Mistake(hint)
        hint = (
            "A call gives a wrong result after a call with other weights and another sequence: start from a(0) = 0 in "
            "each call, and keep nothing from the call before."
        )


@test_case(name="q4 long sequences", points=1 * POINTS["q4"] / 35, hidden=True)
def test_long(init, forward):
    """A sequence may have 2000 steps."""
    for question, output in answers(init, forward, [LONG]):
        check_activations(output, question)
        check_loss(output, question)
