"""Comparing with the reference solution."""

import time
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from assignment.checks import effects, expectations, sequences
from assignment.checks.expectations import Question
from assignment.checks.sequences import draw_problem
from autograder.checking import Answer, Mistake, calls
from reference_solution.network import forward as reference
from reference_solution.network import init as reference_init

f = np.float32


@pytest.fixture
def problem():
    """A problem with square W and R, so that every mistake is possible. Its label is 1."""
    return replace(draw_problem(np.random.default_rng(22), T=6, D=4, I=4), y=1)


@pytest.fixture
def question(problem):
    """The problem with its right answer."""
    return Question(problem, reference)


def run_forward(init, forward, problem):
    """The answer to one problem."""
    (output,) = sequences.run_each(init, forward, [problem])
    return output


def answered(problem, loss, a, z):
    """The answer of a ``forward`` that returns this loss, and stores these activations and this logit."""
    stored = {name: value for name, value in {"a": a, "z": z}.items() if value is not None}
    return sequences.Output(Answer(loss, attributes=stored), problem)


REFUSED = [
    ("a", "inf or nan", lambda right: np.full((6, 4), np.nan)),
    ("a", "right at t = 1, but wrong later", lambda right: np.vstack([right.a[:1], right.a[1:] / 2])),
    ("a", "does not hold the activations", lambda right: right.a / 2),
    ("z", "inf or nan", lambda right: np.array([np.inf])),
    ("z", "of the last time step", lambda right: right.z + 0.5),
    ("loss", "is not L", lambda right: right.loss + 0.1),
]


@pytest.mark.parametrize(("part", "message", "mistake"), REFUSED, ids=[f"{part} {text}" for part, text, _ in REFUSED])
def test_wrong_numbers_are_refused(question, part, message, mistake):
    """A wrong answer is rejected, and the message names no cause. The right answer passes."""
    problem, right = question.problem, question.right
    numbers = {"loss": right.loss, "a": right.a, "z": right.z}
    CHECKS[part](answered(problem, **numbers), question)
    with pytest.raises(Mistake, match=message):
        CHECKS[part](answered(problem, **numbers | {part: mistake(right)}), question)


CHECKS = {"a": expectations.check_activations, "z": expectations.check_logit, "loss": expectations.check_loss}


def refused(question, loss, a, z):
    """What is refused of these numbers: a, z or loss."""
    output, found = answered(question.problem, loss, a, z), []
    for part, check in CHECKS.items():
        try:
            check(output, question)
        except Mistake:
            found.append(part)
    return found


def test_errors_are_carried_forward(question):
    """The logit may follow from the student's own activations, and the loss from the student's own logit."""
    problem, right = question.problem, question.right
    a = np.maximum(right.a, 0)
    z = problem.V @ a[-1]
    loss = np.logaddexp(0, -z)
    assert refused(question, loss, a, z) == ["a"]
    assert refused(question, loss, a, z + 1) == ["a", "z", "loss"]
    assert refused(question, np.logaddexp(0, -np.tanh(right.z)), right.a, np.tanh(right.z)) == ["z"]
    assert refused(question, right.loss, None, None) == ["a", "z"]
    assert refused(question, right.loss, np.vstack([0 * a[:1], right.a]), right.z) == ["a"]
    assert refused(question, right.loss, right.a, np.array([right.z, right.z])) == ["z"]


def test_losses_of_large_logits_are_carried_forward_beside_an_ordinary_one(question):
    """A logit times 100 costs the logit only, unless every logit is so large that no loss tells its logarithm."""
    problem = question.problem
    small, large = (
        (question, answered(problem, np.logaddexp(0, -z), question.right.a, z))
        for z in (question.right.z + 1, np.array([-1000.0]))
    )
    expectations.check_losses([small, large])
    with pytest.raises(Mistake, match="The loss is not"):
        expectations.check_losses([large, large])


def test_nothing_is_carried_forward_from_what_is_missing_or_not_finite(question):
    """Without activations only the true logit is right, and without a logit only the true loss."""
    problem, right = question.problem, question.right
    a = np.maximum(right.a, 0)
    z = problem.V @ a[-1]
    loss = np.logaddexp(0, -z)
    for unusable in (None, a[:-1], a.T[:, :3], np.vstack([a[:-1], a[:1] * np.nan])):
        assert refused(question, loss, unusable, z) == ["a", "z"]
    for unusable in (None, np.vstack([z, z]), z * np.inf):
        assert refused(question, loss, a, unusable) == ["a", "z", "loss"]


def test_a_part_of_a_long_sequence_is_not_enough(question):
    """The loss of the student's own logit counts only with a row of activations for each step."""
    problem, right = question.problem, question.right
    z = problem.V @ right.a[2]
    loss = np.logaddexp(0, -z)
    shorter = question, answered(problem, loss, right.a / 2, z)  # wrong, so that nothing follows from it
    expectations.check_long(answered(problem, loss, right.a, z), question, shorter)
    expectations.check_long(answered(problem, right.loss, None, None), question, shorter)
    for part in (
        right.a[:3],
        None,
        right.a * np.nan,
        right.a[[0, 1, 2, 2, 2, 2]],
        right.a * [[1], [1], [0], [0], [0], [0]],
    ):
        with pytest.raises(Mistake, match=r"model\.a"):
            expectations.check_long(answered(problem, loss, part, z), question, shorter)


def test_steps_without_effect_on_the_loss_take_part(question):
    """If the activations of a shorter sequence are right, those of a long one must be. If not, another case is lost."""
    problem, right = question.problem, question.right
    part = Question(replace(problem, x=problem.x[:3]), reference)
    short = part, answered(part.problem, part.right.loss, part.right.a, None)
    expectations.check_long(answered(problem, right.loss, right.a, right.z), question, short)
    for a, told in ((right.a[3:], "the wrong shape"), (np.vstack([right.a[:1] / 2, right.a[1:]]), "the wrong values")):
        long = answered(problem, right.loss, a, right.z)
        with pytest.raises(Mistake, match=told):
            expectations.check_long(long, question, short)
        expectations.check_long(long, question, (part, answered(part.problem, part.right.loss, part.right.a / 2, None)))


def test_no_exponential_is_named_for_a_loss_that_is_not_finite(question):
    """Which of e^z and e^-z overflows depends on the formula, so a hint may name it, but the message does not."""
    with pytest.raises(Mistake, match="with the label 0: an exponential overflows, or a logarithm of 0 is taken"):
        sequences.check_extreme(answered(replace(question.problem, y=0), np.inf, None, np.array([-700.0])), -700.0)


@pytest.mark.parametrize(
    ("loss", "hint"), [(np.inf, "inf or nan"), (np.nan, "inf or nan"), (27.6, "too small"), (700.01, "is wrong")]
)
def test_an_unstable_loss_is_refused(loss, hint):
    """At an extreme logit, an infinite, clipped or rounded loss is rejected. The message has only the sign."""
    question = expectations.extreme_question([-700.0], 1, reference)
    with pytest.raises(Mistake, match=f"large negative logit with the label 1.*{hint}|{hint}.*large negative logit"):
        sequences.check_extreme(answered(question.problem, loss, question.right.a, question.right.z), -700.0)


@pytest.mark.parametrize("label", [0, 1])
def test_an_extreme_logit_of_the_student_counts_if_it_is_large(label):
    """Half the size asked for is enough, of either sign. Less has not answered, and the message says so."""
    problem = replace(expectations.extreme_question([700.0], label, reference).problem, y=label)

    def check(z, loss):
        sequences.check_extreme(answered(problem, loss, None, np.array([z])), 700.0)

    true = 700.0 * (1 - label)
    for z in (350.0, 1000.0, -400.0):
        check(z, np.logaddexp(0, z) - label * z)
        check(z, true)
    check(1.0, true)
    with pytest.raises(Mistake, match="less than half as large as the right V a"):
        check(349.0, 349.0 * (1 - label) + label)
    with pytest.raises(Mistake, match="less than half as large as the right V a"):
        check(1.0, np.logaddexp(0, 1.0) - label)
    with pytest.raises(Mistake, match="inf or nan at a large positive logit"):
        check(0.9, np.inf)


ONE = {"loss": 0.5, "a": np.ones((6, 4)), "z": [2.0]}
TWO = {"loss": 0.25, "a": np.ones((6, 4)) / 2, "z": [3.0]}


def compare(question, before, again, new):
    outputs = [answered(question.problem, **numbers) for numbers in (before, again, new)]
    effects.check_same(outputs[0], [outputs[1]], outputs[0], outputs[0], outputs[2])


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"loss": None},
        {"a": None, "z": None},
        {"a": np.ones((7, 4))},
        {"a": {1: np.ones(4)}},
        {"loss": np.nan},
        {"loss": (0.5, 2.0)},
    ],
)
def test_results_that_are_wrong_in_the_same_way_have_no_side_effects(question, change):
    """Wrong numbers and shapes, and missing ones, are compared with themselves only."""
    compare(question, ONE | change, ONE | change, TWO | change)


def test_results_that_change_are_found(question):
    """A number or a shape that is different in the second call is a side effect, and so is the same answer to all."""
    for change in ({"loss": 0.6}, {"a": np.ones((12, 4))}, {"a": [[1.0] * 4, [1.0] * 3]}, {"z": None}, {"loss": None}):
        with pytest.raises(Mistake, match="gives a different result when"):
            compare(question, ONE, ONE | change, TWO)
    with pytest.raises(Mistake, match="different weights give the same results"):
        compare(question, ONE, ONE, ONE)
    zeros = {"a": np.zeros((7, 4)), "z": 0.0, "loss": np.log(2)}
    compare(question, zeros, zeros, zeros)  # wrong in the same way every time
    with pytest.raises(Mistake, match="different weights give the same results"):
        compare(question, *[zeros | {"loss": 0.0}] * 3)
    nothing = dict.fromkeys(ONE)
    with pytest.raises(Mistake, match="neither returns nor stores numbers"):
        compare(question, nothing, nothing, nothing)


CHANGES = {
    "changes the shape of x": lambda model, x, y: setattr(x, "shape", (4, 6)),
    "changes x in place": lambda model, x, y: x.fill(0),
    "changes y in place": lambda model, x, y: y.fill(7),
    "changes model.W": lambda model, x, y: model.W.fill(0),
    "changes model.R": lambda model, x, y: setattr(model, "R", model.R.T),
    "changes model.V": lambda model, x, y: setattr(model, "V", model.V[0]),
    "deletes model.V": lambda model, x, y: delattr(model, "V"),
}


@pytest.mark.filterwarnings("ignore:Setting the shape:DeprecationWarning")
@pytest.mark.parametrize(("what", "change"), CHANGES.items(), ids=CHANGES)
def test_what_forward_changes_is_named(problem, what, change):
    """x, y and the weights belong to the caller. The reference leaves them alone, and so does a fresh problem."""
    problem.y = np.array([1.0])
    before = problem.x.copy()

    def changing(model, x, y):
        loss = reference(model, x, y)
        change(model, x, y)
        return loss

    effects.check_unchanged(run_forward(reference_init, reference, problem))
    with pytest.raises(Mistake, match=f"forward {what}"):
        effects.check_unchanged(run_forward(reference_init, changing, problem))
    assert np.array_equal(problem.x, before)


@pytest.mark.parametrize("place", [0, 1])
def test_arguments_that_come_back_as_lists_are_changed(problem, place):
    """No array is made of them: each of its entries would have room for the longest text."""
    came_back = [problem.x, problem.y]
    came_back[place] = [["a" * 10_000] + [""] * 1000] * 2
    output = sequences.Output(Answer(arguments=tuple(came_back)), problem)
    tracemalloc.start()
    try:
        with pytest.raises(Mistake, match=f"forward changes {'xy'[place]} in place"):
            effects.check_unchanged(output)
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_the_own_init_is_used_where_it_runs(problem, monkeypatch):
    """What init stores is kept. An init that fails, ends the program or takes too long is ignored."""
    monkeypatch.setattr(calls, "PREPARE_SECONDS", 0.02)

    def seen_by_forward(init):
        seen = {}
        run_forward(init, lambda model, x, y: seen.update(vars(model)), problem)
        return seen

    def storing(model, D, I, K):
        model.sizes, model.W = (D, I, K), "own"

    def endless(model, *_):
        model.half = 1
        time.sleep(60)

    def leaving(model, *_):
        model.half = 1
        raise SystemExit

    assert seen_by_forward(storing)["sizes"] == (4, 4, 1)
    for init in (storing, None, leaving, endless):
        seen = seen_by_forward(init)
        assert {name: value.tolist() for name, value in seen.items() if name in "WRV"} == {
            name: getattr(problem, name).tolist() for name in "WRV"
        }
        assert "half" not in seen
