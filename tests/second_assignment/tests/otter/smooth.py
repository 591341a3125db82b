"""A moving average: smooth(series, width)."""

import numpy as np
from assignment.checks.series import check_smoothed, check_unchanged, draw_problems, smooth_each
from otter.test_files import test_case
from reference_solution.smoothing import smooth as reference

from assignment.settings import POINTS, SEED

OK_FORMAT = False
name = "smooth"
points = None

HIDDEN = draw_problems(SEED, reference)


@test_case(name="smooth example", points=POINTS["smooth"] / 3)
def test_example(smooth):
    """The mean of 3 numbers, 2 at the ends."""
    right = {3: [1.5, 2.0, 3.0, 3.5], 5: [2.0, 2.5, 2.5, 3.0]}
    problems = [(np.array([1.0, 2.0, 3.0, 4.0]), width) for width in right]
    for (series, width), answer in smooth_each(smooth, problems, reveal=True):
        check_smoothed(answer, series, right[width])


@test_case(name="smooth any series", points=POINTS["smooth"] / 3, hidden=True)
def test_any(smooth):
    """Series of several lengths, shorter than the window, too."""
    answers = smooth_each(smooth, [problem for problem, _ in HIDDEN])
    for ((series, _), answer), (_, right) in zip(answers, HIDDEN, strict=True):
        check_smoothed(answer, series, right)


@test_case(name="smooth leaves the series alone", points=POINTS["smooth"] / 3, hidden=True)
def test_unchanged(smooth):
    """The argument is not changed."""
    for (series, _), answer in smooth_each(smooth, [problem for problem, _ in HIDDEN]):
        _ = answer.value
        check_unchanged(answer, series)
