"""Comparing with the reference solution, and hints at the cause of a mistake."""

import time
from dataclasses import replace

import numpy as np
import pytest

from assignment.checks import expectations, sequences
from assignment.checks.expectations import Question
from assignment.checks.sequences import draw_problem
from autograder.checking import Mistake, calls
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


def unfolded(p, drive, squash=np.tanh):
    a, rows = np.zeros(len(p.R)), []
    for x in p.x:
        a = squash(drive(x, a))
        rows.append(a)
    return np.array(rows)


A_HINTS = {
    "R a\\(t-1\\) is missing": lambda p, right: np.tanh(p.x @ p.W.T),
    "R is transposed": lambda p, right: unfolded(p, lambda x, a: p.W @ x + p.R.T @ a),
    "W is transposed": lambda p, right: unfolded(p, lambda x, a: p.W.T @ x + p.R @ a),
    "W and R are swapped": lambda p, right: unfolded(p, lambda x, a: p.R @ x + p.W @ a),
    "time is reversed": lambda p, right: right.a[::-1],
    "before tanh": lambda p, right: np.arctanh(right.a),
    "ReLU": lambda p, right: unfolded(p, lambda x, a: p.W @ x + p.R @ a, lambda s: np.maximum(s, 0)),
    "every row holds the last": lambda p, right: np.tile(right.a[-1], (6, 1)),
    "one step late": lambda p, right: np.vstack([np.zeros(4), right.a[:-1]]),
    "inf or nan": lambda p, right: np.full((6, 4), np.nan),
    "right at t = 1, but wrong later": lambda p, right: np.vstack([right.a[:1], right.a[1:] / 2]),
    "check a\\(t\\) = tanh": lambda p, right: right.a / 2,
}
Z_HINTS = {
    "sigmoid has already been applied": lambda p, right: 1 / (1 + np.exp(-right.z)),
    "tanh has been applied": lambda p, right: np.tanh(right.z),
    "wrong sign": lambda p, right: -right.z,
    "first time step": lambda p, right: p.V @ right.a[0],
    "second to last": lambda p, right: p.V @ right.a[-2],
    "inf or nan": lambda p, right: np.array([np.inf]),
    "of the last time step": lambda p, right: right.z + 0.5,
}
LOSS_HINTS = {
    "are swapped": lambda p, right: np.logaddexp(0, right.z),
    "wrong sign": lambda p, right: -right.loss,
    "prediction sigma": lambda p, right: 1 / (1 + np.exp(-right.z)),
    "squared error": lambda p, right: (1 / (1 + np.exp(-right.z)) - 1) ** 2,
    "base 2": lambda p, right: right.loss / np.log(2),
    "mean over time": lambda p, right: np.logaddexp(0, -p.V @ right.a.T).mean(axis=1),
    "sum over time": lambda p, right: np.logaddexp(0, -p.V @ right.a.T).sum(axis=1),
    "first time step": lambda p, right: np.logaddexp(0, -p.V @ right.a[0]),
    "check the formula": lambda p, right: right.loss + 0.1,
}
HINTS = [("a", *item) for item in A_HINTS.items()] + [("z", *item) for item in Z_HINTS.items()]
HINTS += [("loss", *item) for item in LOSS_HINTS.items()]


@pytest.mark.parametrize(("part", "hint", "mistake"), HINTS, ids=[f"{part} {hint}" for part, hint, _ in HINTS])
def test_a_known_mistake_gets_its_hint(question, part, hint, mistake):
    """A wrong answer is rejected, with its cause if the numbers show it. The right answer passes."""
    problem, right = question.problem, question.right
    checks = {"a": expectations.check_activations, "z": expectations.check_logit, "loss": expectations.check_loss}
    checks[part](right, question)
    with pytest.raises(Mistake, match=hint):
        checks[part](replace(right, **{part: mistake(problem, right)}), question)


@pytest.mark.parametrize(
    ("loss", "hint"), [(np.inf, "inf or nan"), (np.nan, "inf or nan"), (27.6, "clipped"), (700.01, "not accurate")]
)
def test_an_unstable_loss_is_refused(loss, hint):
    """At an extreme logit, an infinite, clipped or rounded loss is rejected. The message has only the sign."""
    question = expectations.extreme_question([-700.0], 1, reference)
    with pytest.raises(Mistake, match=f"large negative logit with the label 1.*{hint}|{hint}.*large negative logit"):
        expectations.check_extreme(replace(question.right, loss=np.array([loss])), question)


CHANGES = {
    "the shape of x": lambda model, x, y: setattr(x, "shape", (4, 6)),
    "x in place": lambda model, x, y: x.fill(0),
    "y in place": lambda model, x, y: y.fill(7),
    "model.W": lambda model, x, y: model.W.fill(0),
    "model.R": lambda model, x, y: setattr(model, "R", model.R.T),
    "model.V": lambda model, x, y: setattr(model, "V", model.V[0]),
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

    sequences.check_unchanged(sequences.run_forward(reference_init, reference, problem), problem)
    with pytest.raises(Mistake, match=f"forward changes {what}"):
        sequences.check_unchanged(sequences.run_forward(reference_init, changing, problem), problem)
    assert np.array_equal(problem.x, before)


def test_the_own_init_is_used_where_it_runs(problem, monkeypatch):
    """What init stores is kept. An init that fails, ends the program or takes too long is ignored."""
    monkeypatch.setattr(calls, "PREPARE_SECONDS", 0.02)

    def seen_by_forward(init):
        seen = {}
        with pytest.raises(Mistake, match="returns None"):
            sequences.run_forward(init, lambda model, x, y: seen.update(vars(model)), problem)
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
