"""Pictures and snapshots of figures: white paper behind what is transparent, changes, and what is too large."""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from autograder.checking import Foreign, watch
from autograder.sandbox.functions import FarFunctions
from autograder.sandbox.session import Session
from autograder.sandbox.submission import Submission
from autograder.student.extraction import read_figure
from autograder.student.recording import record
from autograder.student.rendering import pixels_of
from autograder.student.replacing import replaced
from tests.support.samples import FUNCTIONS, settings, shared_sandbox


def colour_of(facecolor: Any) -> list[int]:
    """The colour of the middle of a picture of an empty figure."""
    _, reading = read_figure(Figure(figsize=(2, 1), dpi=50, facecolor=facecolor), set())
    pixels = pixels_of(reading)
    assert pixels is not None
    assert (pixels.width, pixels.height) == (100, 50)
    rows = np.frombuffer(pixels.data, np.uint8).reshape(pixels.height, pixels.width, 3)
    found: list[int] = rows[25, 50].tolist()
    return found


def test_a_transparent_figure_lies_on_white_paper() -> None:
    """Where it is transparent, its picture is white, and where it is half transparent, it is brighter."""
    assert colour_of((1, 0, 0, 1)) == [255, 0, 0]
    assert colour_of((0, 0, 0, 0)) == [255, 255, 255]
    assert all(abs(value - 127) <= 1 for value in colour_of((0, 0, 0, 0.5)))


def test_another_array_in_a_list_is_a_change() -> None:
    """A figure that is shown, and then holds a list of other arrays, is read again, and one with the same is not."""

    def graph(later: Any) -> None:
        axes = plt.figure().add_axes((0, 0, 1, 1))
        text: Any = axes.text(0.5, 0.5, "x(1)")
        text.notes = [np.zeros(2)]
        plt.show()
        text.notes = later(text.notes)

    assert len(record(lambda: graph(lambda notes: [np.ones(2)]))[1]) == 2
    assert len(record(lambda: graph(list))[1]) == 1


def test_what_was_inherited_is_inherited_again() -> None:
    """After the block, a class that had no value of its own has none, even if the block failed."""

    class Plain:
        name = "inherited"

    class Own(Plain):
        pass

    try:
        with replaced(Own, "name", "other"):
            assert Own.name == "other"
            raise ValueError
    except ValueError:
        pass
    assert "name" not in vars(Own)
    assert Own.name == "inherited"


def test_drawings_that_are_too_large_together_are_not_sent() -> None:
    """The call is answered with that in place of its value, and the next call as usual."""
    cell = """
import matplotlib.pyplot as plt
def init(count):
    axes = plt.figure().add_axes((0, 0, 1, 1))
    for _ in range(count): axes.plot(range(5000), range(5000))
    return count
"""
    with Session(shared_sandbox(), Submission("homework.ipynb", [cell]), FUNCTIONS, settings()) as session:
        assert session.run_cells()
        functions = FarFunctions(session)
        functions.begin_case(hidden=False)
        init = functions.by_name()["init"]
        large, small = (watch(init, count, name="init") for count in (200, 2))
    assert isinstance(large.returned, Foreign)
    assert (large.returned.kind, large.drawings) == ("value that is too large", [])
    assert (small.returned, [len(drawing.curves) for drawing in small.drawings]) == (2, [2])
