"""Exercise 3: init(model, D, I, K) draws W, R and V."""

import numpy as np
from otter.test_files import test_case

from autograder.cases.calls import Mistake, Model, call
from autograder.cases.weights import (
    check_range,
    check_spread,
    check_unrelated,
    make_many,
    make_weights,
)
from autograder.constants import Q3_POINTS, SEED, WEIGHT_RANGE

OK_FORMAT = False
name = "q3"
points = None


@test_case(name="q3 shapes", points=4 * Q3_POINTS / 20)
def test_shapes(init):
    """W, R and V are float arrays of the right shapes."""
    make_weights(init, D=3, I=5, K=2, reveal=True)
    make_weights(init, D=4, I=2, K=1, reveal=True)


@test_case(name="q3 range", points=3 * Q3_POINTS / 20)
def test_range(init):
    """No entry is outside of the range, and not all are the same."""
    weights = make_weights(init, D=10, I=20, K=5, reveal=True)
    check_range(weights, WEIGHT_RANGE)
    for letter, array in weights.items():
        if np.all(array == array[0, 0]):
            raise Mistake(f"All entries of model.{letter} are the same: draw each of them at random.")
    for weights in make_many(init, 10, D=3, I=4, K=2, reveal=True):
        check_range(weights, WEIGHT_RANGE)


@test_case(name="q3 other sizes", points=3 * Q3_POINTS / 20, hidden=True)
def test_sizes(init):
    """The shapes follow the arguments, from one entry up."""
    rng = np.random.default_rng(SEED)
    for D, I, K in [(1, 1, 1), (6, 6, 6), *rng.integers(1, 12, size=(6, 3)).tolist()]:
        make_weights(init, D, I, K)


@test_case(name="q3 uniform distribution", points=5 * Q3_POINTS / 20, hidden=True)
def test_uniform(init):
    """132,000 entries look like independent uniform draws; check_spread states how sure that is.

    40 calls more, since an entry may be outside of the range in one call of several only.
    """
    weights = make_weights(init, D=100, I=300, K=40)
    check_range(weights, WEIGHT_RANGE)
    check_spread(weights, WEIGHT_RANGE)
    for weights in make_many(init, 40, D=4, I=3, K=2):
        check_range(weights, WEIGHT_RANGE)


@test_case(name="q3 independence", points=3 * Q3_POINTS / 20, hidden=True)
def test_independence(init):
    """W, R and V share neither memory nor numbers, also where their shapes are the same."""
    check_unrelated(make_weights(init, D=40, I=40, K=40))
    check_unrelated(make_weights(init, D=30, I=50, K=20))


@test_case(name="q3 fresh weights", points=2 * Q3_POINTS / 20, hidden=True)
def test_fresh(init):
    """A second call draws other numbers; by chance next to none of 500 stand in the same places."""
    first, second = Model(), Model()
    for model in (first, second):
        call(init, model, 20, 50, 10, name="init")
    for letter in ("W", "R", "V"):
        one, other = (np.asarray(getattr(model, letter, np.zeros(1)), dtype=float) for model in (first, second))
        if one.shape == other.shape and np.mean(np.abs(one) == np.abs(other)) > 0.1:
            raise Mistake(
                f"Two calls of init give the same model.{letter}: do not seed the generator inside of init, "
                "and draw the numbers anew in each call."
            )
