"""Hints about calls of ``forward`` and ``init``, from what single calls returned and stored."""

from dataclasses import replace

import numpy as np
import pytest

from assignment.checks import effects
from assignment.checks.repeats import check_fresh
from assignment.checks.sequences import Output, Problem, draw_problem
from assignment.checks.weights import check_spread, numbers_in
from assignment.hints.activations import activation_hints
from assignment.hints.draws import draw_hints, sharing_hints
from assignment.hints.effects import effect_hints, grows
from assignment.hints.extremes import extreme_hints
from assignment.hints.facts import FACTS
from assignment.hints.failures import failure_hints
from assignment.hints.forward import about_activations, about_logit
from assignment.hints.logits import logit_hints
from assignment.hints.losses import loss_hints
from assignment.hints.matrices import Drawn, matrix_hints
from assignment.hints.network import right_network
from assignment.hints.seen import SeenCall
from autograder.checking import OWN_TYPE, Answer, Foreign, Mistake
from autograder.checking.calls import mistake_of


def problem(seed=1, T=4, D=3, I=5, K=1):
    return draw_problem(np.random.default_rng(seed), T, D, I, K)


def called(problem, loss=None, error=None, **stored):
    """A call that returned a loss or raised an error, and stored these attributes."""
    failed = mistake_of(error, "forward", reveal=True) if error else None
    return SeenCall(Output(Answer(loss, failed, stored), problem))


def right(problem):
    """The right activations, of shape (T, I)."""
    return called(problem).right[1]


def keys(hints):
    return [hint.key for hint in hints]


def entropy(z, y):
    return np.logaddexp(0, z) - y * z


def test_the_loss_of_the_step_before():
    """Where there is no step before, it is the loss of the logit 0."""
    calls = []
    for T in (4, 1):
        one = problem(T=T)
        logits = [0.0, *(right(one) @ one.V[0])]
        calls.append(called(one, entropy(logits[-2], one.y)))
    assert keys(loss_hints(calls)) == ["loss-of-step-before"]


def test_a_wrong_logit_without_a_loss():
    """The logit has its hint even if no loss is returned."""
    calls = [called(one, z=-(one.V @ right(one)[-1])) for one in map(problem, (1, 2))]
    assert keys(logit_hints(calls)) == ["z-negated"]


def test_a_state_of_an_earlier_call():
    """It is found if a call between them stored nothing; two causes at once are not named."""
    first, between, last = problem(1), problem(2), problem(3)
    rows, a = [], right(first)[-1]
    for x in last.x:
        a = np.tanh(last.W @ x + last.R @ a)
        rows.append(a)
    calls = [called(first, a=right(first)), called(between), called(last, a=np.array(rows))]
    assert keys(effect_hints(calls)) == ["state-carried"]


def test_random_numbers_are_told_from_other_mistakes():
    """Numbers that differ from call to call are random only if they are numbers, and if the first are wrong, too."""
    one = problem()
    wrong, odd = right(one) / 2, np.full((4, 5), np.nan)
    assert keys(effect_hints([called(one, a=wrong), called(one, a=wrong / 2)])) == ["random"]
    assert keys(effect_hints([called(one, a=odd), called(one, a=wrong)])) == []
    assert keys(effect_hints([called(one, a=right(one)), called(one, a=wrong)])) == []


def with_logit(z, loss, y=0):
    """A call for a problem with this logit."""
    weights = (np.array([[100.0]]), np.array([[0.0]]), np.array([[float(z)]]))
    return called(Problem(*weights, np.array([[1.0]]), y), loss)


def test_an_overflow_of_another_kind():
    """Where a moderate logit gives nan, neither log 0 nor the usual exponentials explain it, and no cause is named."""
    assert keys(extreme_hints([with_logit(40, np.nan), with_logit(800, np.nan)])) == []
    assert keys(extreme_hints([with_logit(40, np.inf), with_logit(800, np.inf)])) == ["log-of-prediction"]


def test_log_0_is_told_from_an_overflow():
    """e^720 is an overflow, and e^-720 is not 0: so a loss that is finite there is no overflow at 800."""
    wrong_sides = [(40, 0), (-40, 1), (720, 0), (-720, 1), (800, 0), (-800, 1)]
    right_sides = [with_logit(z, 0.0, 1) for z in (40, 720, 800)]
    with np.errstate(all="ignore"):
        log = [with_logit(z, -np.log(np.exp(-abs(z)) / (1 + np.exp(-abs(z)))), y) for z, y in wrong_sides]
        exp = [with_logit(z, np.log(1 + np.exp(np.float64(abs(z)))), y) for z, y in wrong_sides]
    assert keys(extreme_hints([*log, *right_sides])) == ["log-of-prediction"]
    assert keys(extreme_hints([*exp, *right_sides])) == []


def test_an_overflow_is_not_told_from_log_0_at_very_large_logits():
    """If no loss at a smaller logit is known, as other calls failed, both would explain what is not finite."""
    known = [with_logit(z, np.inf, y) for z, y in ((90, 0), (800, 1))]
    assert keys(extreme_hints(known)) == []
    assert keys(extreme_hints([*known, with_logit(40, entropy(40.0, 0), 0)])) == ["exp-overflow"]


def test_rows_whose_number_is_fixed():
    """It is said of sequences of different lengths only, and not if the number may be that of the entries of x(t)."""
    every = [problem(T=6), problem(T=5, I=4), problem(T=4)]
    assert keys(activation_hints([called(one, a=right(one)[:2]) for one in every])) == ["rows-fixed"]
    assert keys(activation_hints([called(one, a=right(one)[:3]) for one in every])) == []
    assert keys(activation_hints([called(one, a=right(one)[::2]) for one in every[::2]])) == []
    error = IndexError("index 6 is out of bounds")
    assert keys(activation_hints([called(one, error=error, a=np.zeros((6, 5))) for one in every])) == ["rows-fixed"]
    assert keys(activation_hints([called(one, error=error, a=np.zeros((6, 4))) for one in every[::2]])) == []


@pytest.mark.parametrize("number", [0.5, np.float64(0.5), np.array(0.5)])
def test_a_number_in_place_of_the_activations(number):
    """It has no rows that could be looked at, and no hint."""
    assert keys(activation_hints([called(one, a=number) for one in map(problem, (1, 2))])) == []


def test_what_is_not_stored():
    """The hint goes with a message about what is missing. If the first call raised an error, that is the message."""
    fine, failed = called(problem()), called(problem(2), error=ValueError("matmul"))
    assert keys(about_activations([fine, failed])) == keys(about_logit([fine])) == ["not-stored"]
    assert keys(about_activations([failed, fine])) == keys(about_logit([failed])) == []
    assert "attribute of anything else" in FACTS["not-stored"].words
    (missing,) = matrix_hints([Drawn(Answer(), {"D": 3, "I": 5, "K": 2})])
    assert (missing.key, "attribute of anything else" in missing.words) == ("matrix-not-stored", True)


def test_a_list_that_grows():
    """It is recognised if only the first call can be read, as rows of other sizes are added then."""
    every, history = [problem(), problem(2, T=1, I=3), problem(3, T=2, I=2)], []
    calls = []
    for one in every:
        history = [*history, *right(one)]
        calls.append(called(one, a=history))
    assert keys(activation_hints(calls)) == ["a-grows"]
    assert keys(activation_hints([calls[0], called(every[1], a=[1, [2, 3]])])) == []
    assert grows([called(every[0], a=np.array(0.5))]) == ()


@pytest.mark.parametrize(("kind", "told"), [("accumulate", True), (OWN_TYPE, True), ("ndarray", False)])
def test_what_is_no_array(kind, told):
    """A hint says to store an array, also where a hidden case does not know the type's name."""
    calls = [called(problem(), a=Foreign(kind)), called(problem(2), a=Foreign(kind))]
    assert keys(about_activations(calls)) == (["a-not-an-array"] if told else [])
    read = Foreign(kind, right(problem()).tolist())
    assert keys(about_activations([called(problem(), a=read)])) == []


def test_a_first_step_that_is_skipped():
    """Where a sequence of one step is right, zeros in the first row tell it from an a(0) that is not 0."""
    every, skipped, started = [problem(T=T) for T in (3, 1, 6)], [], []
    for one in every:
        skipped.append(replace(right_network(one), skipped=len(one.x) > 1).activations())
        started.append(replace(right_network(one), start=0.3 * (len(one.x) > 1)).activations())
    for rows, key in ((skipped, "first-step-skipped"), (started, "a0-not-zero")):
        assert keys(activation_hints([called(one, a=a) for one, a in zip(every, rows, strict=True)])) == [key]


def test_zeros_that_an_error_left():
    """They tell nothing: the error is the reason. Zeros of a call that returned do, and so do rows that were filled."""
    one, error = problem(), NameError("name 'b' is not defined")
    zeros, begun, filled = 0 * right(one), np.eye(4)[:, :1] * right(one), right(one)[::-1]
    for given, told in ((zeros, []), (begun, []), (filled, ["a-reversed"])):
        assert keys(activation_hints([called(one, error=error, a=given)])) == told
    assert keys(logit_hints([called(problem(seed), error=error, z=np.zeros(1)) for seed in range(6)])) == []
    assert keys(logit_hints([called(problem(seed), z=np.zeros(1)) for seed in range(6)])) == ["z-zero"]
    assert keys(activation_hints([called(one, a=zeros)])) == ["a-all-zero"]


@pytest.mark.parametrize("stores", [True, False])
def test_calls_that_fail_for_several_outputs(stores):
    """If all is stored before the error, it comes from taking one number of several. Otherwise only K > 1 is named."""
    fine, several = problem(1), problem(2, K=3)
    stored = {"a": right(several), "z": several.V @ right(several)[-1]} if stores else {}
    calls = [called(fine, 0.5), called(several, error=ValueError("the truth value of an array"), **stored)]
    assert keys(failure_hints(calls)) == ["one-output-only" if stores else "several-outputs-fail"]
    told = " ".join(hint.words for hint in failure_hints(calls))
    assert ("item()" in told and "reshape" in told) is stores


def test_a_matrix_with_a_third_axis():
    """No hint fits a shape of three sizes."""
    sizes = [{"D": 3, "I": 5, "K": 2}, {"D": 4, "I": 6, "K": 1}]
    every = []
    for own in sizes:
        D, I, K = own.values()
        stored = {"W": np.zeros((I, D, 2)), "R": np.zeros((I, I)), "V": np.zeros((K, I))}
        every.append(Drawn(Answer(attributes=stored), own))
    assert keys(matrix_hints(every)) == []


def test_an_init_that_yields_stores_nothing():
    """A call of a generator does nothing, and the hint says that rather than what is missing."""
    (hint,) = matrix_hints([Drawn(Answer(x for x in ()), {"D": 3, "I": 5, "K": 2})])
    assert hint.key == "yield"


def test_draws_that_tell_nothing():
    """Numbers that are not finite, and matrices that some call did not store, have no hint here."""
    assert draw_hints("W", np.array([[0.1, np.nan]]), 0.01) == ()
    assert sharing_hints("W", "R", [{"W": np.ones(3), "R": np.ones(3)}, {"W": np.ones(3)}]) == ()


def test_flat_matrices_that_share_numbers():
    """Matrices of one axis can share their first numbers, or none."""
    numbers = np.random.default_rng(3).random(40)
    flat = [{"W": numbers[:20], "R": numbers[:20].copy()}, {"W": numbers[:20], "R": numbers[20:]}]
    assert keys(sharing_hints("W", "R", flat)) == ["shared-when-equal"]
    assert keys(sharing_hints("W", "R", flat[1:])) == []
    assert keys(sharing_hints("W", "R", [{"W": numbers, "R": -numbers[::-2]}])) == ["numbers-negated"]
    both = np.concatenate([numbers, -numbers])
    assert keys(sharing_hints("W", "R", [{"W": both, "R": -numbers[::-2]}])) == []


def test_numbers_of_any_type_are_judged():
    """Python's own numbers in an array are numbers, text is not; infinite numbers have a message of their own."""
    assert numbers_in(np.array([[1, 0.5]], dtype=object)).tolist() == [[1.0, 0.5]]
    assert numbers_in(np.array([["1", "0.5"]])) is None
    with pytest.raises(Mistake, match=r"model\.W has entries that are not finite. Did you leave an np\.empty array"):
        check_spread({"W": np.array([[0.001, np.inf]])}, 0.01)


def test_matrices_of_two_shapes_are_not_compared():
    """Another case judges shapes; equal numbers in the other matrices are still found."""
    numbers = np.random.default_rng(4).random((20, 30))
    check_fresh({"W": numbers}, {"W": numbers.T})
    with pytest.raises(Mistake, match=r"give the same model\.R"):
        check_fresh({"W": numbers, "R": numbers}, {"W": numbers.T, "R": numbers})


def test_zeros_that_are_always_in_the_same_places_are_no_sign_of_a_seed():
    """A triangular matrix costs the case about its distribution. The numbers in it may still be drawn anew, or not."""
    rng = np.random.default_rng(5)
    first, second = (np.tril(rng.random((30, 30))) for _ in range(2))
    check_fresh({"R": first}, {"R": second})
    with pytest.raises(Mistake, match=r"give the same model\.R"):
        check_fresh({"R": first}, {"R": first})


def test_a_call_that_fails_is_compared_by_what_it_stored():
    """If all calls raise an error, what they stored before must still be the same each time."""
    one, error = problem(), ZeroDivisionError("division by zero")
    before, changed = (called(one, error=error, a=right(one) * factor).output for factor in (1, 2))
    other = called(replace(one, V=2 * one.V), error=error, a=right(one) * 3).output
    effects.check_same(before, [before], before, before, other)
    with pytest.raises(Mistake, match="gives a different result when other calls come in between"):
        effects.check_same(before, [changed], before, before, other)


def test_what_init_draws_costs_other_cases():
    """If the same call differs from model to model, calls on one model are compared, and only these."""
    one = problem()
    before, drawn, new = (called(one, a=right(one) * factor).output for factor in (1, 2, 3))
    effects.check_same(before, [drawn], drawn, before, new)
    with pytest.raises(Mistake, match="gives a different result when other calls come in between"):
        effects.check_same(before, [before], drawn, drawn, new)


def test_calls_where_nothing_was_called_before():
    """What is kept from earlier calls shows, whichever of the two calls raises an error."""
    one, error = problem(), ZeroDivisionError("division by zero")
    alone, kept = (called(one, a=right(one) * factor).output for factor in (1, 2))
    failed = called(one, error=error).output
    effects.check_alone([alone, alone], [alone, alone])
    for after, message in ((kept, "gives a different result"), (failed, "forward raised ZeroDivisionError")):
        with pytest.raises(Mistake, match=message):
            effects.check_alone([alone, after], [alone, alone])
    with pytest.raises(Mistake, match="gives a different result"):
        effects.check_alone([alone], [failed])
