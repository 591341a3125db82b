"""The place of a text is that of its letters, whatever blanks are around them."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.patheffects import Normal
from matplotlib.text import Text

from autograder.student.extraction import read_figure
from autograder.student.letters import box_of_text

TEXTS = {
    "blank lines after it": "x(1)\n\n\n",
    "blank lines before it": "\n \n\nx(1)",
    "spaces after it": "x(1)" + 30 * " ",
    "spaces before it": 30 * " " + "x(1)",
    "a blank line between two": "\nx(1)\n\n$t_1$ \n",
    "mathematics": "\n\n $x_1$      ",
}
PLACES = [
    {"ha": "center", "va": "center"},
    {"ha": "left", "va": "top", "rotation": 90},
    {"ha": "right", "va": "baseline", "rotation": 30, "multialignment": "right"},
    {"ha": "center", "va": "bottom", "rotation": 200, "rotation_mode": "anchor", "linespacing": 2},
]


def written(text, **options):
    figure = Figure(figsize=(8, 8), dpi=100)
    return figure.text(0.5, 0.5, text, fontsize=14, **options)


def drawn(artist):
    """The left, lower, right and upper edge of what is drawn in black."""
    renderer = RendererAgg(800, 800, 100)
    artist.draw(renderer)
    rows, columns = np.nonzero(np.asarray(renderer.buffer_rgba())[..., 3])
    return np.array([columns.min(), 800 - rows.max(), columns.max(), 800 - rows.min()])


@pytest.mark.parametrize("options", PLACES)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_blanks_around_a_text_are_not_in_its_box(text, options):
    """The box is that of the letters in the finished picture."""
    artist = written(text, **options)
    box = box_of_text(artist, RendererAgg(800, 800, 100))
    assert np.abs(np.array([box.x0, box.y0, box.x1, box.y1]) - drawn(artist)).max() < 8


def test_reading_a_text_leaves_it_as_it_was():
    """Its frame and its path effects are left out for the moment only, and they do not move the box."""
    plain, framed = written("\n\nx(1)"), written("\n\nx(1)", bbox={"fc": "w"}, path_effects=[Normal()])
    before = framed.get_bbox_patch(), framed.get_path_effects()
    boxes = [read_figure(text.figure, set())[0][0].texts[0].box for text in (plain, framed)]
    assert boxes[0] == boxes[1]
    assert (framed.get_bbox_patch(), framed.get_path_effects()) == before


def test_a_text_in_no_place_has_the_box_that_matplotlib_gives_it():
    """Matplotlib does not draw it, so there are no letters."""
    artist = Text(np.nan, 0, "x(1)\n", figure=Figure())
    assert np.isnan(box_of_text(artist, RendererAgg(800, 800, 100)).x0)
