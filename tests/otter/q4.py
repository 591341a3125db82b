"""Exercise 4: forward(model, x, y) runs the network over a sequence."""

import numpy as np
from otter.test_files import test_case

from assignment.checks.expectations import (
    check_activations,
    check_extreme,
    check_logit,
    check_loss,
    expect,
    extreme_problem,
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
from autograder.checking.calls import Mistake
from autograder.constants import Q4_POINTS, SEED

OK_FORMAT = False
name = "q4"
points = None


@test_case(name="q4 example", points=5 * Q4_POINTS / 35)
def test_example(init, forward):
    """Two steps of a network with one neuron, to be followed with a pocket calculator.

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
                raise Mistake(f"In the example {what} is {got.tolist()}, expected {right.tolist()}.")


@test_case(name="q4 what is stored", points=4 * Q4_POINTS / 35)
def test_stored(init, forward):
    """model.a has a row for each time step, model.z the last logit, and one number is returned."""
    rng = np.random.default_rng(0)
    run_forward(init, forward, draw_problem(rng, T=6, D=3, I=4), reveal=True)


@test_case(name="q4 activations", points=6 * Q4_POINTS / 35, hidden=True)
def test_activations(init, forward):
    """model.a agrees with the reference solution, for all kinds of sizes."""
    rng = np.random.default_rng([SEED, 1])
    sizes = [(5, 3, 4), (1, 2, 3), (4, 1, 1), (6, 4, 4), (7, 5, 2), (300, 3, 6)]
    problems = [draw_problem(rng, T, D, I) for T, D, I in sizes]
    for problem, answer in zip(problems, run_each(init, forward, problems), strict=True):
        check_activations(answer, problem)


@test_case(name="q4 logit", points=4 * Q4_POINTS / 35, hidden=True)
def test_logit(init, forward):
    """model.z agrees with the reference solution."""
    rng = np.random.default_rng([SEED, 2])
    problems = [draw_problem(rng, T, D, I) for T, D, I in [(5, 3, 4), (1, 4, 2), (3, 3, 3), (40, 2, 5)]]
    for problem, answer in zip(problems, run_each(init, forward, problems), strict=True):
        check_logit(answer, problem)


@test_case(name="q4 loss", points=5 * Q4_POINTS / 35, hidden=True)
def test_loss(init, forward):
    """The loss agrees with the reference solution where nothing overflows, for labels of either type."""
    rng = np.random.default_rng([SEED, 3])
    problems = []
    for index, logit in enumerate([1.1, -0.8, -2.1, 2.6, 5.5, -4.0, -7.0, 6.5, 9.0, 11.0, -10.5, -12.0]):
        problem = draw_problem(rng, T=2 + index, D=3, I=4)
        problem.y = [0, 1, 0.0, 1.0][index % 4]
        last = expect(problem).a[-1]
        problem.V = (logit * last / np.sum(last**2)).reshape(1, -1)
        problems.append(problem)
    for problem, answer in zip(problems, run_each(init, forward, problems), strict=True):
        check_loss(answer, problem)


@test_case(name="q4 numerical stability", points=5 * Q4_POINTS / 35, hidden=True)
def test_stability(init, forward):
    """The loss is exact at extreme logits, for both labels."""
    logits = [sign * size for size in (30.0, 100.0, 700.0, 1e3, 1e4) for sign in (1, -1)]
    problems = [extreme_problem([logit], label) for logit in logits for label in (0, 1)]
    for problem, answer in zip(problems, run_each(init, forward, problems), strict=True):
        check_extreme(answer, problem)


@test_case(name="q4 several outputs", points=2 * Q4_POINTS / 35, hidden=True)
def test_outputs(init, forward):
    """K > 1: activations, logits and losses, ordinary and extreme; x, y and the weights stay as they are."""
    rng = np.random.default_rng([SEED, 4])
    problems = [draw_problem(rng, T, D, I, K) for T, D, I, K in [(4, 3, 5, 2), (3, 2, 4, 6), (1, 3, 2, 3)]]
    for problem in problems:
        problem.y = np.arange(len(problem.y)) % 2.0
    labels = np.array([0, 0, 1, 1, 0])
    extremes = [extreme_problem([s, -s, s, -s, 1.0], labels) for s in (30.0, 100.0, 700.0, 1e3, 1e4)]
    answers = run_each(init, forward, [*problems, *extremes])
    for problem, answer in zip(problems, answers, strict=False):
        check_activations(answer, problem)
        check_logit(answer, problem)
        check_loss(answer, problem)
        check_unchanged(answer, problem)
    for problem, answer in zip(extremes, answers, strict=True):
        check_extreme(answer, problem)


@test_case(name="q4 no side effects", points=3 * Q4_POINTS / 35, hidden=True)
def test_side_effects(init, forward):
    """X and the weights stay as they are, and each call starts from a(0) = 0 again, whatever was called before.

    Other calls come in between, on models of their own and on the same one, with sequences of another length and of
    the same: a buffer that is kept may fit or not.
    """
    rng = np.random.default_rng([SEED, 5])
    problem, *others = [draw_problem(rng, T, D=3, I=4) for T in (5, 3, 5)]
    posed = [problem, *(one for other in others for one in (other, problem))]
    hint = "The result of the first call is wrong already: see the other test cases."
    for asked, answer in zip(posed, run_each(init, forward, posed, again={2, 4}), strict=True):
        check_unchanged(answer, asked)
        right = expect(asked)
        if not (close(answer.a, right.a) and close(answer.z, right.z) and loss_agrees(answer.loss, right.loss)):
            raise Mistake(hint)
        hint = (
            "A call gives a wrong result after a call with other weights and another sequence: start from a(0) = 0 in "
            "each call, and keep nothing of the call before."
        )


@test_case(name="q4 long sequences", points=1 * Q4_POINTS / 35, hidden=True)
def test_long(init, forward):
    """A sequence may have 2000 steps."""
    problem = draw_problem(np.random.default_rng([SEED, 6]), T=2000, D=2, I=3)
    answer = run_forward(init, forward, problem)
    check_activations(answer, problem)
    check_loss(answer, problem)
