"""Exercise 4: forward(model, x, y) runs the network over a sequence."""

from dataclasses import replace

import numpy as np
from otter.test_files import test_case

from assignment.checks.effects import check_alone, check_same, check_single, check_unchanged
from assignment.checks.expectations import (
    Question,
    agrees,
    check_activations,
    check_equal_sizes,
    check_logit,
    check_long,
    check_loss_at_zero,
    check_losses,
    check_outputs,
    check_pause,
    extreme_question,
    is_judged,
    with_logits,
)
from assignment.checks.sequences import Problem, cause_of, check_extreme, close, draw_problem, in_six_digits, run_each
from assignment.hints.effects import effect_hints
from assignment.hints.forward import (
    about_activations,
    about_example,
    about_extremes,
    about_logit,
    about_long,
    about_loss,
    about_stored,
    hints_about,
    hints_about_extremes,
)
from assignment.hints.hint import hinted
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
    drawn = questions(3, [(2 + index % 4, 6 + index // 4, 7) for index in range(len(logits))])
    labels = [0, 1, 0.0, 1.0] * len(logits)
    return [with_logits(q.problem, [z], y, solve) for q, z, y in zip(drawn, logits, labels, strict=False)]


def of_twins():
    """Draw a question with the logit 0: two units have the same weights, and V subtracts one from the other."""
    (asked,) = questions(11, [(3, 4, 5)])
    W, R, V = asked.problem.W.copy(), asked.problem.R.copy(), np.zeros((1, len(asked.problem.R)))
    W[1], R[1], V[0, :2] = W[0], R[0], (1, -1)
    return Question(replace(asked.problem, W=W, R=R, V=V), solve)


def of_several(sizes):
    """Draw questions with several outputs and alternating labels, which begin with 0 or 1 in turns."""
    drawn = enumerate(q.problem for q in questions(4, sizes))
    return [Question(replace(one, y=(np.arange(len(one.y)) + first) % 2.0), solve) for first, one in drawn]


def with_a_pause(asked):
    """Return a question with a step in its middle at which all inputs are 0."""
    x = asked.problem.x.copy()
    x[len(x) // 2] = 0
    return Question(replace(asked.problem, x=x), solve)


def of_calls():
    """Draw four questions for calls one after another: the second has other weights and another length than the first.

    The third has the sequence of the first and the weights of the second, the last another sequence of the same sizes
    and the weights of the first. So whatever is kept from earlier calls is wrong for one of them.
    """
    first, other = questions(5, [(5, 9, 7), (3, 9, 7)])
    weights = {letter: getattr(other.problem, letter) for letter in "WRV"}
    moved = replace(first.problem, x=np.flip(first.problem.x, axis=1) / 2)
    return first, other, Question(replace(first.problem, **weights), solve), Question(moved, solve)


# At 34, the prediction is not yet 1, but hardly any digits of 1 - yhat are left.
SIZES = (34.0, 40.0, 100.0, 700.0, 1e3, 1e4)

# Every submission gets the same questions. The reference solution answers each of them once.
ACTIVATIONS = questions(1, [(5, 3, 4), (1, 2, 3), (4, 1, 1), (6, 4, 4), (7, 5, 2), (300, 3, 6)])
PAUSE = with_a_pause(questions(9, [(6, 2, 5)])[0])
EQUAL = questions(8, [(4, 5, 4), (4, 4, 3)])
LOGITS = questions(2, [(5, 2, 4), (2, 4, 2), (3, 3, 3), (9, 2, 5)])
LOSSES = of_size([1.1, -0.8, -2.1, 2.6, 5.5, -4.0, -7.0, 6.5, 5.9, 11.0, -10.5, -5.9])
ZERO = of_twins()
EXTREMES = [extreme_question([sign * z], y, solve) for z in SIZES for sign in (1, -1) for y in (0, 1)]
SEVERAL = of_several([(4, 3, 5, 2), (3, 2, 4, 6), (2, 3, 2, 3), (3, 5, 3, 3)])
SINGLE_STEP = with_logits(questions(7, [(1, 3, 6)])[0].problem, [-1.7], 1, solve)
CALLS = of_calls()
SINGLE = with_logits(questions(10, [(1, 1, 1)])[0].problem, [0.4], 1, solve)
LONG = with_logits(questions(6, [(2000, 2, 3)])[0].problem, [-2.5], 1, solve)


def asking(init, forward, reveal=False):
    """Return what asks a submission more problems, for hints."""
    return lambda problems: run_each(init, forward, problems, reveal=reveal)


def answers(init, forward, asked, stage, again=None):
    """Ask a submission the questions; yield each one with its answer, and add hints where a case fails."""
    outputs = run_each(init, forward, [q.problem for q in asked], again=again)
    return hinted(outputs, hints_about(stage, asking(init, forward)))


@test_case(name="q4 example", points=5 * POINTS["q4"] / 35)
def test_example(init, forward):
    """Three steps of a network with two hidden units, which you can check with a pocket calculator.

    s(1) = (0.5, 1), a(1) = (0.462117, 0.761594); s(2) = (-0.030535, -0.119203), a(2) = (-0.030526, -0.118642);
    s(3) = (0.353380, 1.440679), a(3) = (0.339368, 0.893834); z(3) = 2 * 0.339368 - 0.893834 = -0.215098.
    L(z, 1) = log(1 + e^0.215098) = 0.806468 and L(z, 0) = z + L(z, 1) = 0.591371.
    """
    W, R, V = np.array([[1, 0.5, 0, -0.5], [0, -1, 0.5, 1]]), np.array([[0.5, -1], [0, 0.5]]), np.array([[2.0, -1]])
    x = np.array([[1.0, 0, 0, 1], [0, 1, 1, 0], [1, -1, 0, 0.5]])
    a = np.array([[0.462117, 0.761594], [-0.030526, -0.118642], [0.339368, 0.893834]])
    losses = {1: 0.806468, 0: 0.591371}
    problems = [Problem(W, R, V, x, label) for label in losses]
    hints = hints_about(about_example, asking(init, forward, reveal=True))
    with hinted(run_each(init, forward, problems, reveal=True), hints) as outputs:
        for (label, loss), output in zip(losses.items(), outputs, strict=True):
            if not close(output.loss, np.array([loss])):
                raise Mistake(
                    f"In the example, the loss for y = {label} is {in_six_digits(output.loss)}, expected {loss}."
                    f"{cause_of(output, a, np.array([-0.215098]))}"
                )


@test_case(name="q4 what is stored", points=4 * POINTS["q4"] / 35)
def test_stored(init, forward):
    """model.a has a row for each time step, and model.z is one logit: for some sizes, for T = 1 and for I = 1."""
    rng = np.random.default_rng(0)
    problems = [draw_problem(rng, T, D, I) for T, D, I in ((6, 7, 5), (1, 2, 6), (5, 4, 1))]
    hints = hints_about(about_stored, asking(init, forward, reveal=True))
    with hinted(run_each(init, forward, problems, reveal=True), hints) as outputs:
        for output in outputs:
            _ = output.a, output.z


@test_case(name="q4 stability at one extreme logit", points=2 * POINTS["q4"] / 35)
def test_one_extreme(init, forward):
    """The loss at the logit 800 is 800 for the label 0, and 0 for the label 1.

    The sums s(t) are so large that each activation is 1 or -1, up to rounding. a(3) is (1, 1), so z(3) = 650 + 150.
    """
    W, R, V = np.array([[5.0] * 4, [8.0, 8.0, -8.0, -8.0]]), np.eye(2), np.array([[650.0, 150.0]])
    x = np.array([[-1.0, -1.0, -4.0, -4.0], [1.0, 1.0, 4.0, 4.0], [4.0, 4.0, 1.0, 1.0]])
    problems = [Problem(W, R, V, x, label) for label in (0, 1)]
    hints = hints_about_extremes(problems, asking(init, forward, reveal=True))
    with hinted(run_each(init, forward, problems, reveal=True), hints) as outputs:
        for output in outputs:
            check_extreme(output, 800.0)


@test_case(name="q4 activations", points=6 * POINTS["q4"] / 35, hidden=True)
def test_activations(init, forward):
    """model.a agrees with the reference solution for many sizes."""
    with answers(init, forward, [*ACTIVATIONS, *EQUAL, PAUSE], about_activations) as outputs:
        pairs = list(zip([*ACTIVATIONS, *EQUAL, PAUSE], outputs, strict=True))
        for question, output in pairs[: len(ACTIVATIONS)]:
            check_activations(output, question)
        check_equal_sizes(pairs[len(ACTIVATIONS) : -1])
    check_pause(*pairs[-1])


@test_case(name="q4 logit", points=4 * POINTS["q4"] / 35, hidden=True)
def test_logit(init, forward):
    """model.z is the logit that follows from the activations."""
    asked = [*LOGITS, SINGLE_STEP]
    with answers(init, forward, asked, about_logit) as outputs:
        for question, output in zip(asked, outputs, strict=True):
            if is_judged(question, output):
                check_logit(output, question)


@test_case(name="q4 loss", points=5 * POINTS["q4"] / 35, hidden=True)
def test_loss(init, forward):
    """The loss follows from the logit, for ordinary logits and labels of either type."""
    asked = [*LOSSES, SINGLE_STEP, ZERO]
    with answers(init, forward, asked, about_loss) as outputs:
        *pairs, at_zero = zip(asked, outputs, strict=True)
        check_losses(pair for pair in pairs if is_judged(*pair))
    check_loss_at_zero(*at_zero)


@test_case(name="q4 numerical stability", points=3 * POINTS["q4"] / 35, hidden=True)
def test_stability(init, forward):
    """The loss is accurate at extreme logits, for both labels."""
    with answers(init, forward, EXTREMES, about_extremes) as outputs:
        for question, output in zip(EXTREMES, outputs, strict=True):
            check_extreme(output, question.right.z[0])


@test_case(name="q4 several outputs", points=2 * POINTS["q4"] / 35, hidden=True)
def test_outputs(init, forward):
    """For K > 1, the loss follows from the logits, for ordinary logits, and these from the activations as for K = 1."""
    asked = [*SEVERAL, *LOGITS]
    with answers(init, forward, asked, about_loss) as outputs:
        answered = list(zip(asked, outputs, strict=True))
        check_outputs(answered[: len(SEVERAL)], answered[len(SEVERAL) :])


@test_case(name="q4 no side effects", points=3 * POINTS["q4"] / 35, hidden=True)
def test_side_effects(init, forward):
    """The inputs stay unchanged, and each call starts again from a(0) = 0, whatever was called before.

    The first question is asked again after calls on other models and on the same one, with a sequence of the same and
    of another length, because a buffer that is kept may or may not fit. Its results may be wrong, but not different.
    Two questions are asked once more where nothing was called before, unless their answers are right.
    """
    first, other, changed, moved = CALLS
    asked = [first, other, first, changed, first, first, first, SEVERAL[0], moved, SINGLE, SINGLE]
    with answers(init, forward, asked, effect_hints, again={2: 1, 4: 3, 6: 0, 10: 9}) as outputs:
        *every, single, single_again = outputs
        for output in every:
            check_unchanged(output)
        before, _, again, new, once_more, new_model, at_last, _, with_other_x = every
        comparable = check_same(before, [again, once_more], new_model, at_last, new)
        if comparable and not (agrees(new, changed) and agrees(with_other_x, moved)):
            alone = run_each(init, forward, [changed.problem, moved.problem], fresh=True)
            check_alone([new, with_other_x], list(alone))
        check_single(single, single_again)


@test_case(name="q4 long sequences", points=1 * POINTS["q4"] / 35, hidden=True)
def test_long(init, forward):
    """A sequence may have 2000 steps. The loss follows from the logit, and the logit from all steps."""
    shorter = Question(replace(LONG.problem, x=LONG.problem.x[:300]), solve)  # as long as those of the activations
    with answers(init, forward, [LONG, shorter], about_long) as outputs:
        output, other = outputs
        check_long(output, LONG, (shorter, other))
