"""Reading what forward returns and stores, and the tolerances."""

import numpy as np
import pytest

from assignment.checks import expectations, sequences
from assignment.checks.expectations import Question
from assignment.checks.sequences import EXTREME, ORDINARY, check_extreme, close, draw_problem, loss_agrees, run_each
from autograder.checking import Mistake
from reference_solution.network import forward as reference

f = np.float32


def run_forward(init, forward, problem):
    """The answer to one problem."""
    (output,) = run_each(init, forward, [problem])
    return output


@pytest.mark.parametrize(
    ("value", "K"),
    [(0.5, 1), (f(0.5), 1), (np.array(0.5), 1), ([0.5], 1), (np.full((1, 1), 0.5), 1), ((0.5,), 1), (0.5, 3)]
    + [(np.full(shape, 0.5), 3) for shape in [(), (1,), (3,), (3, 1), (1, 3)]],
)
def test_a_loss_is_read_in_every_accepted_shape(value, K):
    """One number, or one for each of the K outputs, becomes float64."""
    loss = sequences.read_loss(value, K)
    assert loss.dtype == np.float64
    assert loss.tolist() in ([0.5], [0.5] * K)


@pytest.mark.parametrize(
    ("value", "K", "message"),
    [
        (None, 1, "returns None"),
        ((0.5, 1), 1, "a tuple of several"),
        (np.ones(2), 1, "several numbers"),
        (np.ones(2), 3, "too many or too few numbers"),
        (np.ones((3, 3)), 3, "too many or too few"),
        (np.ones(0), 1, "an empty array"),
        ("0.5", 1, "real numbers"),
        ({"loss": 1.0}, 1, "real numbers"),
        (1j, 1, "real numbers"),
    ],
)
def test_another_loss_is_refused(value, K, message):
    """Anything but one number or K numbers is rejected, and the message says what it is."""
    with pytest.raises(Mistake, match=message):
        sequences.read_loss(value, K)


READ = {"a": sequences.read_activations, "z": sequences.read_logit}
SIZES = {"T": 5, "I": 4, "D": 2, "K": 3}


def stored(name, value, **sizes):
    return READ[name](value, SIZES | sizes)


ROWS = np.arange(20, dtype=f).reshape(5, 4)


@pytest.mark.parametrize("value", [ROWS, ROWS[:, :, None], ROWS[:, None], list(ROWS), tuple(ROWS), ROWS.tolist()])
def test_activations_are_read_in_every_accepted_shape(value):
    """An array or a list of T vectors is accepted. Each may be flat, a column or a row."""
    assert np.array_equal(stored("a", value), ROWS)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("a", np.ones((6, 4)), "T \\+ 1, I"),
        ("a", np.ones((4, 5)), "one row for each time step"),
        ("a", np.ones(4), "one row for each time step"),
        ("a", np.ones(20), "one row for each time step"),
        ("a", None, "model.a is None"),
        ("a", [np.ones(4), 0], "cannot be"),
        ("z", np.ones((5, 3)), "the logit V a"),
        ("z", 0.5, "V a"),
        ("z", np.ones(7), "another size"),
        ("z", "z", "real numbers"),
    ],
)
def test_other_activations_and_logits_are_refused(name, value, message):
    """Another shape is rejected with its likely cause. The message contains no size."""
    with pytest.raises(Mistake, match=message) as error:
        stored(name, value)
    assert not set("023456789") & set(str(error.value))


@pytest.mark.parametrize("sizes", [{"T": 1}, {"I": 1}])
def test_squeezed_activations_are_refused(sizes):
    """Even with one step or one unit, there are two axes."""
    with pytest.raises(Mistake, match=r"for [TI] = 1, expected"):
        stored("a", np.ones(5 if "I" in sizes else 4), **sizes)


def test_logits_are_read_in_every_accepted_shape():
    """K numbers may be a vector, a column or a row. For K = 1 a scalar is accepted, too."""
    for shape in ((3,), (3, 1), (1, 3)):
        assert stored("z", np.arange(3).reshape(shape)).tolist() == [0, 1, 2]
    assert [stored("z", value, K=1).tolist() for value in (2, f(2), [2], [[2]])] == [[2.0]] * 4


def after(store):
    """The answer of a ``forward`` that stores something, and returns nothing."""
    return run_forward(None, lambda model, x, y: store(model), draw_problem(np.random.default_rng(19), 5, 2, 4))


def test_what_is_missing_is_named():
    """The message says what is not stored, or that it has a small letter instead of a capital one."""
    for name in "az":
        with pytest.raises(Mistake, match=rf"does not store model\.{name}, the"):
            getattr(after(lambda model: None), name)
        with pytest.raises(Mistake, match=rf"stores model\.{name.upper()}, expected model\.{name}"):
            getattr(after(lambda model, name=name: setattr(model, name.upper(), np.ones(1))), name)
    with pytest.raises(Mistake, match="returns None"):
        _ = after(lambda model: None).loss


def test_a_call_that_raises_has_answered_what_it_stored_before():
    """What is stored counts. For the rest, the error is the reason."""

    def store(model):
        model.a = ROWS
        raise ZeroDivisionError

    output = after(store)
    assert np.array_equal(output.a, ROWS)
    for name in ("z", "loss"):
        with pytest.raises(Mistake, match="forward raised ZeroDivisionError"):
            getattr(output, name)


def test_what_is_carried_forward_has_the_right_shape_and_is_finite():
    """A wrong shape is not read at all. inf and nan are read, but nothing goes on from them."""
    good = after(lambda model: vars(model).update(a=ROWS, z=[2.0]))
    assert np.array_equal(sequences.if_finite(good, "a"), ROWS)
    assert sequences.if_finite(good, "z").tolist() == [2.0]
    odd = after(lambda model: vars(model).update(a=ROWS * np.nan, z=[np.inf]))
    assert sequences.if_shaped(odd, "a").shape == (5, 4)
    assert sequences.if_finite(odd, "a") is sequences.if_finite(odd, "z") is None
    assert sequences.if_shaped(after(lambda model: vars(model).update(a=ROWS.T)), "a") is None


@pytest.mark.parametrize(("tolerance", "value"), [(ORDINARY, 3.0), (ORDINARY, -0.2), (EXTREME, 1e4), (EXTREME, 0.0)])
def test_tolerances_hold_up_to_their_edge(tolerance, value):
    """Just inside absolute + relative tolerance agrees, just outside does not, on either side. inf and nan never do."""
    edge = tolerance[0] + tolerance[1] * abs(value)
    right = np.array([value, 1.0])
    for sign in (-1, 1):
        assert close(right + np.array([sign * 0.999 * edge, 0]), right, tolerance)
        assert not close(right + np.array([sign * 1.001 * edge, 0]), right, tolerance)
    for odd in (np.inf, -np.inf, np.nan):
        pairs = [(odd, odd), (odd, 1.0), (1.0, odd)]
        assert not any(close(np.array([value, own]), np.array([value, other])) for own, other in pairs)
    assert not close(right[:, None], right)
    assert not close(right[:1], right)


def test_losses_of_several_outputs_count_in_three_forms():
    """The K losses, their sum and their mean agree. One of them, their product or another order does not."""
    losses = np.array([1.0, 2.0, 4.0])
    for right in ([1.0, 2.0, 4.0], [7.0], [7 / 3]):
        assert loss_agrees(np.array(right), losses)
    for wrong in ([1.0], [8.0], [4.0], [1.0, 4.0, 2.0], [7.0, 7.0, 7.0]):
        assert not loss_agrees(np.array(wrong), losses)


FORMULAS = {
    "log1p": lambda z, y: np.maximum(f(0), z) - y * z + np.log1p(np.exp(-abs(z))),
    "logaddexp": lambda z, y: np.logaddexp(f(0), z) - y * z,
    "two terms": lambda z, y: y * np.logaddexp(f(0), -z) + (1 - y) * np.logaddexp(f(0), z),
    "cases": lambda z, y: np.where(z > 20, z, np.log1p(np.exp(np.minimum(z, f(20))))) - y * z,
}


def single_precision(formula, order):
    """A right solution in 32-bit arithmetic that adds the terms of V a in a given order."""

    def forward(model, x, y):
        W, R, V, x = (np.asarray(array, f) for array in (model.W, model.R, model.V, x))
        a, rows, z = np.zeros(len(R), f), [], np.zeros(len(V), f)
        for vector in x:
            a = np.tanh(W @ vector + R @ a)
            rows.append(a)
        for i in order(len(a)):
            z = z + V[:, i] * a[i]
        model.a, model.z = np.array(rows), z
        return formula(z, np.asarray(y, f))

    return forward


def excess(got, right, tolerance):
    return float(np.max(np.abs(got - right) / (tolerance[0] + tolerance[1] * np.abs(right))))


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_32_bit_arithmetic_passes_at_extreme_logits(formula):
    """Any formula and any order of summation stay within half the tolerance. Over 300 seeds the most was 0.11 of it."""
    for seed in range(100):
        rng = np.random.default_rng([20, seed])
        K = 1 + seed % 3
        logits = rng.choice([-1, 1], K) * 10 ** rng.uniform(np.log10(40), 4, K)
        labels = rng.integers(2, size=K) * 1.0 if K > 1 else seed % 2
        question = expectations.extreme_question(logits.tolist(), labels, reference)
        answer = run_forward(None, single_precision(formula, rng.permutation), question.problem)
        if K == 1:
            check_extreme(answer, question.right.z[0])
        expected = question.right
        assert excess(answer.loss, expected.loss, EXTREME) < 0.5
        assert np.allclose(expected.z, logits, rtol=1e-6)


def test_32_bit_arithmetic_passes_at_ordinary_logits():
    """Sequences of up to 2000 steps stay within a tenth of the tolerance. The most was 0.023 of it."""
    for seed, T in enumerate([1, 5, 50, 300, 2000] * 4):
        rng = np.random.default_rng([21, seed])
        problem = draw_problem(rng, T, 3, 6, 1 + seed % 2)
        answer = run_forward(None, single_precision(FORMULAS["log1p"], rng.permutation), problem)
        question = Question(problem, reference)
        right = question.right
        for check in (expectations.check_activations, expectations.check_logit, expectations.check_loss):
            check(answer, question)
        for got, expected in ((answer.a, right.a), (answer.z, right.z), (answer.loss, right.loss)):
            assert excess(got, expected, ORDINARY) < 0.1


def test_a_mistake_of_the_reference_would_be_seen():
    """The expectations agree with a network that is written out by hand."""
    problem = sequences.Problem(np.eye(1), np.eye(1) / 2, np.full((1, 1), 2.0), np.ones((2, 1)), 1)
    question = Question(problem, reference)
    right = question.right
    assert np.allclose(right.a.ravel(), [0.761594, 0.881130], atol=1e-6)
    assert np.allclose([right.z, right.loss], [[1.762259], [0.158419]], atol=1e-6)
    two = question.solve(V=np.array([[2.0], [2.0]]), y=np.array([1.0, 0.0]))
    assert np.allclose(two.loss, [0.158419, 1.920678], atol=1e-6)
