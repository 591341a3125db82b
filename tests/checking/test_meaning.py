"""What common errors mean, in one sentence."""

import numpy as np
import pytest

from autograder.checking.explaining import Step, Trouble
from autograder.checking.meaning import meaning_of


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("np.random.uniform(-1, 1, 3, 4)", "size=(rows, columns)"),
        ("np.random.default_rng().uniform(-1, 1, 3, 4)", "size=(rows, columns)"),
        ("np.random.random_sample(3, 4)", "size=(rows, columns)"),
        ("np.zeros(3, 4)", "np.zeros((rows, columns))"),
        ("(lambda size: size)(3, 4)", "is called with different arguments"),
    ],
)
def test_a_shape_that_is_no_tuple(line: str, told: str) -> None:
    """Where numpy gets rows and columns as two arguments, the message says how a shape is written."""
    with pytest.raises(TypeError) as error:
        eval(line, {"np": np})
    trouble = Trouble("TypeError", str(error.value), [Step("Cell 1", 1)])
    assert told in meaning_of(trouble, {})[1]
