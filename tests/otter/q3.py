"""Exercise 3: init(model, D, I, K) draws W, R and V."""

import numpy as np
from otter.test_files import test_case

from assignment.checks.repeats import (
    check_all_fresh,
    check_every_entry,
    check_fresh,
    check_nothing_kept,
    check_unrelated,
)
from assignment.checks.weights import (
    RANGE_SIZES,
    check_range,
    check_range_elsewhere,
    check_shapes,
    check_spread,
    numbers_each,
    with_more,
)
from assignment.settings import POINTS, SEED, WEIGHT_RANGE

OK_FORMAT = False
name = "q3"
points = None

#: Sizes for which a call draws enough numbers to be compared with those of another call.
FRESH = (20, 50, 10)


@test_case(name="q3 shapes", points=4 * POINTS["q3"] / 20)
def test_shapes(init):
    """W, R and V are float arrays of the right shapes."""
    check_shapes(init, [(7, 5, 2), (6, 9, 1)], reveal=True)


@test_case(name="q3 range", points=3 * POINTS["q3"] / 20)
def test_range(init):
    """No entry is outside the range, and not all entries are the same.

    Many entries and many calls are looked at, because an entry may be outside the range only now and then.
    """
    for weights in numbers_each(init, RANGE_SIZES, reveal=True):
        check_range(weights, WEIGHT_RANGE)


@test_case(name="q3 other sizes", points=3 * POINTS["q3"] / 20, hidden=True)
def test_sizes(init):
    """The shapes follow the arguments, from one entry up."""
    rng = np.random.default_rng(SEED)
    drawn = map(tuple, rng.integers(1, 12, size=(6, 3)).tolist())
    check_shapes(init, [(1, 1, 1), (6, 6, 6), *drawn, (9, 4, 2), (3, 2, 8)])


@test_case(name="q3 uniform distribution", points=5 * POINTS["q3"] / 20, hidden=True)
def test_uniform(init):
    """135,000 entries look like independent uniform draws. check_spread says how certain this is."""
    large = (110, 300, 40)
    (weights,) = numbers_each(init, [large])
    more = with_more(init, weights, large)
    check_spread(more, WEIGHT_RANGE)
    check_range_elsewhere(init, more, WEIGHT_RANGE)
    check_every_entry(init, FRESH, WEIGHT_RANGE)


@test_case(name="q3 independence", points=3 * POINTS["q3"] / 20, hidden=True)
def test_independence(init):
    """W, R and V share neither memory nor numbers, even if they have the same shape."""
    every = list(numbers_each(init, [(40, 40, 40), (30, 50, 20)]))
    for weights in every:
        check_unrelated(weights, every)


@test_case(name="q3 fresh weights", points=2 * POINTS["q3"] / 20, hidden=True)
def test_fresh(init):
    """Each call draws new numbers, on a new model and on one that has weights already."""
    first, second, *others = numbers_each(init, [FRESH, FRESH, *[(4, 3, 2)] * 6])
    check_fresh(first, second)
    check_all_fresh(others)
    check_nothing_kept(init, first)
