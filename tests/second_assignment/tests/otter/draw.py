"""A chart: chart(series)."""

import numpy as np
from assignment.checks.charts import has_curve, see
from otter.test_files import test_case
from reference_solution.smoothing import smooth as reference

from assignment.settings import POINTS, WIDTH
from autograder.checking import Mistake

OK_FORMAT = False
name = "draw"
points = None

SERIES = np.array([3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0, 3.0])


@test_case(name="draw series", points=2 * POINTS["draw"] / 5)
def test_series(chart):
    """The series is one of the lines."""
    if not has_curve(see(chart, SERIES), SERIES):
        raise Mistake("The chart does not show the series as a line over 0, 1, 2, ...")


@test_case(name="draw axis labels", points=POINTS["draw"] / 5)
def test_labels(chart):
    """Both axes say what they show."""
    drawing = see(chart, SERIES)
    for axis, text in (("horizontal", drawing.x_label), ("vertical", drawing.y_label)):
        if not text.strip():
            raise Mistake(f"The {axis} axis has no label: say what it shows.")


@test_case(name="draw average", points=2 * POINTS["draw"] / 5, hidden=True)
def test_average(chart):
    """The moving average is one of the lines."""
    if not has_curve(see(chart, SERIES), reference(SERIES, WIDTH)):
        raise Mistake("The chart does not show the moving average as a line over 0, 1, 2, ...")
