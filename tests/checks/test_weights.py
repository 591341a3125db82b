"""Exercise 3: right ways to fill the matrices pass, and each kind of wrong one fails with a reason."""

import random

import numpy as np
import pytest

from assignment.checks.repeats import check_fresh, check_unrelated, common_share
from assignment.checks.weights import (
    SHAPES,
    check_range,
    check_shapes,
    check_spread,
    numbers_each,
    with_more,
)
from autograder.checking import Mistake

pytestmark = pytest.mark.sampled(15, by="file")


BOUND = 0.01
#: At least 12,100 entries in each matrix, the smallest number that check_spread is meant for.
SIZES = {"D": 120, "I": 110, "K": 115}
#: The sizes that the test case uses.
GRADED = {"D": 100, "I": 300, "K": 40}


def filled(draw, rng, sizes=SIZES, dtype=np.float64):
    """W, R and V, each from one call of `draw` with a generator and a shape."""
    return {
        name: np.asarray(draw(rng, tuple(sizes[letter] for letter in letters)), dtype=dtype)
        for name, letters in SHAPES.items()
    }


def uniform(rng, shape):
    return rng.uniform(-BOUND, BOUND, size=shape)


def coarse(rng, shape):
    """32-bit draws from [0, 1), scaled and shifted: at most 2**24 different values."""
    return (rng.random(shape, dtype=np.float32) * np.float32(2) - np.float32(1)) * np.float32(BOUND)


def judge(weights):
    check_range(weights, BOUND)
    check_spread(weights, BOUND)
    check_unrelated(weights)


@pytest.mark.slow
@pytest.mark.parametrize(("draw", "dtype"), [(uniform, np.float64), (coarse, np.float32)], ids=["64", "32"])
def test_right_fills_pass_for_two_hundred_seeds(draw, dtype):
    """Independent uniform draws pass all checks. A check errs with 1e-10, so 400 draws never fail."""
    for seed in range(200):
        judge(filled(draw, np.random.default_rng([3, seed]), dtype=dtype))


@pytest.mark.parametrize("draw", [uniform, coarse])
def test_right_fills_pass_at_the_sizes_of_the_test_case(draw):
    """With 90,000 draws of 32 bits, the repeated values stay below the limit."""
    for seed in range(10):
        judge(filled(draw, np.random.default_rng([4, seed]), GRADED, np.float32))


def by_loops(model, D, I, K):
    rng = random.Random(5)
    for name, (rows, columns) in {"W": (I, D), "R": (I, I), "V": (K, I)}.items():
        setattr(model, name, np.array([[rng.uniform(-BOUND, BOUND) for _ in range(columns)] for _ in range(rows)]))


def by_matrix(model, D, I, K, scale=0.01):
    rng = np.random.default_rng(6)
    model.W, model.R, model.V = (np.matrix(scale * (2 * rng.random(s) - 1)) for s in ((I, D), (I, I), (K, I)))
    model.sizes = D, I, K
    return model


def by_long_doubles(model, D, I, K):
    rng = np.random.default_rng(7)
    model.W, model.R, model.V = (
        np.asfortranarray(uniform(rng, s)).astype(np.longdouble) for s in ((I, D), (I, I), (K, I))
    )


@pytest.mark.parametrize("init", [by_loops, by_matrix, by_long_doubles])
def test_any_way_to_draw_is_accepted(init):
    """Loops over the random module, np.matrix, other orders, longer floats, extra attributes and results all pass."""
    sizes = (SIZES["D"], SIZES["I"], SIZES["K"])
    check_shapes(init, [sizes])
    [weights] = numbers_each(init, [sizes])
    assert {name: type(array) for name, array in weights.items()} == dict.fromkeys("WRV", np.ndarray)
    judge(weights)


def smooth(rng, shape):
    """Uniform entries, each of which depends on the one to its left."""
    walk = np.cumsum(rng.uniform(-1.5, 1.5, size=shape), axis=1) + rng.uniform(-1, 1, size=(shape[0], 1))
    return BOUND * (np.abs((walk + 1) % 4 - 2) - 1)


def symmetric(rng, shape):
    draw = uniform(rng, shape)
    return np.triu(draw) + np.triu(draw, 1).T if shape[0] == shape[1] else draw


WRONG_FILLS = {
    "zeros": (lambda rng, s: np.zeros(s), "are equal"),
    "constant": (lambda rng, s: np.full(s, BOUND / 2), "are equal"),
    "signs": (lambda rng, s: rng.choice([-BOUND, BOUND], size=s), "repeats the same"),
    "rounded": (lambda rng, s: uniform(rng, s).round(4), "repeats the same"),
    "one value for all masked": (lambda rng, s: np.where(rng.random(s) < 0.01, 0, uniform(rng, s)), "exactly 0"),
    "no diagonal": (lambda rng, s: uniform(rng, s) * (1 - np.eye(*s)), "exactly 0"),
    "equal rows": (lambda rng, s: np.tile(uniform(rng, (1, s[1])), (s[0], 1)), "repeats the same"),
    "symmetric R": (symmetric, "model.R repeats"),
    "mirrored halves": (lambda rng, s: np.where(np.arange(s[1]) % 2, 1, -1) * uniform(rng, (s[0], 1)), "repeats"),
    "only positive": (lambda rng, s: rng.uniform(0, BOUND, size=s), "does not fill"),
    "only negative": (lambda rng, s: -rng.uniform(0, BOUND, size=s), "does not fill"),
    "a tenth": (lambda rng, s: uniform(rng, s) / 10, "does not fill"),
    "nearly the range": (lambda rng, s: 0.98 * uniform(rng, s), "does not fill"),
    "upper bound too low": (lambda rng, s: rng.uniform(-BOUND, 0.9 * BOUND, size=s), "does not fill"),
    "clipped normal": (lambda rng, s: np.clip(rng.normal(0, BOUND, size=s), -BOUND, BOUND), "repeats|not uniformly"),
    "folded normal": (lambda rng, s: np.fmod(rng.normal(0, BOUND / 2, size=s), BOUND), "not uniformly"),
    "triangular": (lambda rng, s: (uniform(rng, s) + uniform(rng, s)) / 2, "not uniformly|does not fill"),
    "gap around zero": (lambda rng, s: rng.choice([-1, 1], s) * rng.uniform(0.1 * BOUND, BOUND, s), "not uniformly"),
    "grid": (lambda rng, s: rng.permutation(np.linspace(-BOUND, BOUND, s[0] * s[1])).reshape(s), "repeats|too evenly"),
    "shifted grid": (
        lambda rng, s: rng.permutation(np.linspace(-BOUND, 0.9999 * BOUND, s[0] * s[1])).reshape(s),
        "too evenly",
    ),
    "smooth rows": (smooth, "depend on each other"),
    "smooth columns": (lambda rng, s: smooth(rng, s[::-1]).T, "depend on each other"),
    "sorted": (lambda rng, s: np.sort(uniform(rng, s), axis=None).reshape(s), "depend on each other"),
}


@pytest.mark.parametrize(("draw", "message"), WRONG_FILLS.values(), ids=WRONG_FILLS)
def test_a_wrong_distribution_is_refused(draw, message):
    """Entries that are not independent uniform draws from the whole range are rejected, for each of ten seeds."""
    for seed in range(10):
        weights = filled(draw, np.random.default_rng([8, seed]))
        with pytest.raises(Mistake, match=message):
            judge(weights)


@pytest.mark.parametrize("name", ["W", "R", "V"])
def test_every_matrix_is_judged(name):
    """One wrong matrix among right ones is found, and the message names it."""
    weights = filled(uniform, np.random.default_rng(9))
    weights[name] = np.abs(weights[name])
    with pytest.raises(Mistake, match=f"model.{name} "):
        check_spread(weights, BOUND)


@pytest.mark.parametrize("entry", [BOUND * (1 + 3e-6), -BOUND * (1 + 3e-6), 0.1, -1.0])
def test_one_entry_out_of_range_is_refused(entry):
    """A single entry outside the range is enough, on either side, in any matrix."""
    for name in "WRV":
        weights = filled(uniform, np.random.default_rng(10))
        weights[name][-1, 3] = entry
        with pytest.raises(Mistake, match=f"model.{name} has entries outside"):
            check_range(weights, BOUND)


def test_the_bound_itself_is_in_range():
    """Both bounds belong to the range, even as 32-bit floats, which round 0.01 by a factor below 1 + 6e-8."""
    for dtype in (np.float32, np.float64):
        check_range({"W": np.array([[-BOUND, BOUND]], dtype=dtype)}, BOUND)


def own_sizes(draw, D, I, K):
    """An ``init`` that draws like this, with sizes of its own."""
    rng = np.random.default_rng(15)
    return lambda model, *_: vars(model).update(filled(draw, rng, {"D": D, "I": I, "K": K}))


@pytest.mark.parametrize("sizes", [(3, 4, 1), (1, 1, 1), (2, 30, 1)])
def test_few_numbers_are_gathered_from_more_calls(sizes):
    """With sizes from globals, uniform draws are uniform, and others are not."""
    for draw in (uniform, lambda rng, s: rng.uniform(0, BOUND, s), lambda rng, s: rng.normal(0, BOUND / 3, s)):
        init = own_sizes(draw, *sizes)
        [first] = numbers_each(init, [(100, 300, 40)])
        weights = with_more(init, first, (100, 300, 40))
        assert min(array.size for array in weights.values()) >= 1000
        if draw is uniform:
            check_spread(weights, BOUND)
        else:
            with pytest.raises(Mistake):
                check_spread(weights, BOUND)


def test_enough_numbers_are_left_as_they_are():
    """A right ``init`` is called once."""
    weights = filled(uniform, np.random.default_rng(16))
    assert with_more(None, weights, (1, 1, 1)) is weights


@pytest.mark.parametrize("odd", [np.nan, np.inf])
def test_numbers_that_are_not_finite_are_refused(odd):
    """They are in no range, and the message says where they may come from."""
    with pytest.raises(Mistake, match="not finite"):
        check_range({"R": np.array([[0.001, odd]])}, BOUND)


def test_half_precision_is_in_range():
    """Rounding to 16 bits moves numbers over the bound and repeats them. That is the price of the type alone."""
    weights = filled(uniform, np.random.default_rng(17), GRADED, np.float16)
    judge(weights)
    check_fresh(weights, filled(uniform, np.random.default_rng(18), GRADED, np.float16))


def related(name):
    """W, R and V that are not three independent draws."""
    first, second, third = (uniform(np.random.default_rng([11, i]), (40, 40)) for i in range(3))
    return {
        "one array": (first, first, third),
        "one array for the last two": (first, second, second),
        "a slice": (first, second, first[:20]),
        "a transpose": (first, first.T, third),
        "a copy": (first, second, first.copy()),
        "a transposed copy": (first, first.T.copy(), third),
        "another sign": (first, -first, third),
        "shuffled": (first, second, np.random.default_rng(12).permutation(first, axis=1)),
        "a longer draw from the same seed": (
            first,
            second,
            np.concatenate([second.ravel(), third.ravel()]).reshape(80, 40),
        ),
    }[name]


@pytest.mark.parametrize(
    "name",
    [
        "one array",
        "one array for the last two",
        "a slice",
        "a transpose",
        "a copy",
        "a transposed copy",
        "another sign",
        "shuffled",
        "a longer draw from the same seed",
    ],
)
def test_matrices_with_the_same_numbers_are_refused(name):
    """No two matrices share memory or numbers, in whatever order or with whatever sign."""
    with pytest.raises(Mistake, match=r"same memory|same numbers"):
        check_unrelated(dict(zip("WRV", related(name), strict=True)))


def test_the_share_of_common_numbers():
    """The share counts entries of the smaller array, whatever their sign."""
    assert common_share(np.array([1.0, -2.0, 3.0, 4.0]), np.array([2.0, 9.0])) == 0.5
    assert common_share(np.array([1.0]), np.array([3.0, 4.0])) == 0.0


def draws_of_few_values():
    """Wrong fills whose matrices have numbers in common by chance: clipped, rounded, or chosen."""
    fills = {f"clipped {width}": lambda rng, shape, width=width: np.clip(rng.normal(0, width, shape), -BOUND, BOUND)
             for width in (0.004, 0.005, 0.006, 0.02)}  # fmt: skip
    fills |= {f"{d} decimals": lambda rng, shape, d=d: np.round(uniform(rng, shape), d) for d in (3, 4, 5, 6, 7)}
    grids = {count: np.linspace(-BOUND, BOUND, count) for count in (3, 5, 11)}
    return fills | {f"one of {n}": lambda rng, shape, grid=grid: rng.choice(grid, shape) for n, grid in grids.items()}


@pytest.mark.parametrize("fill", draws_of_few_values())
def test_numbers_in_common_by_chance_are_no_sign_of_a_seed(fill):
    """Draws from few values are refused for that, and never, as chance decides, for a seed."""
    draw = draws_of_few_values()[fill]
    for seed in range(30):
        rng = np.random.default_rng([13, seed])
        check_unrelated(filled(draw, rng, {"D": 40, "I": 40, "K": 40}))
        check_unrelated(filled(draw, rng, {"D": 30, "I": 50, "K": 20}))
        check_fresh(*(filled(draw, rng, {"D": 20, "I": 50, "K": 10}) for _ in range(2)))


@pytest.mark.parametrize("fill", ["uniform", *draws_of_few_values()])
def test_the_same_numbers_in_two_calls_are_found(fill):
    """A seed inside of init is found whatever is drawn."""
    draw = uniform if fill == "uniform" else draws_of_few_values()[fill]
    calls = [filled(draw, np.random.default_rng(14), {"D": 20, "I": 50, "K": 10}) for _ in range(2)]
    with pytest.raises(Mistake, match=r"Two calls of init give the same model.W, but each"):
        check_fresh(*calls)
