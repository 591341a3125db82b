"""Errors about shapes, explained in the letters of the handout."""

import doctest

import numpy as np
import pytest

from autograder.checking import fitting
from autograder.checking.fitting import misfit

SIZES = {"I": 4, "D": 3}


def error_of(operation: str) -> str:
    """What numpy says of an operation."""
    with pytest.raises(ValueError, match=r"matmul|shapes") as error:
        eval(operation, {"np": np})
    return str(error.value)


EXPLAINED = {
    "np.ones((4, 3)) @ np.ones(4)": "The sizes 4 (I) and 3 (D) are different. In a product A @ B, the last size of A",
    "np.ones((4, 3)) @ np.ones(7)": "The sizes 7 and 3 (D) are different. In a product A @ B, the last size of A",
    "np.ones((4, 3)).dot(np.ones(4))": "One shape is (4, 3), that is (I, D); the other is (4,), where I = 4. In a",
    "np.ones(4) + np.ones(3)": "One shape is (4,), where I = 4; the other is (3,), where D = 3. Compared from",
    "np.array(1.0) @ np.ones(4)": "One side of the product is a single number, or None; both must be arrays.",
}


@pytest.mark.parametrize("operation", EXPLAINED)
def test_shapes_are_read_from_the_text_of_an_error(operation: str) -> None:
    """Where the arrays themselves are not known, the text of the error tells their sizes."""
    assert misfit(error_of(operation), [], SIZES).startswith(EXPLAINED[operation])


def test_other_errors_are_not_explained() -> None:
    """An error that is not about shapes is left alone."""
    assert misfit("invalid literal for int()", [("x", [3])], SIZES) == ""


def test_the_example() -> None:
    """The example in the docstring is right."""
    assert doctest.testmod(fitting).failed == 0
