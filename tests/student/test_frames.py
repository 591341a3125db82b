"""Frames, grids and filters: what is so unusual that it may cover something, and what a filter leaves."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patheffects import Stroke

from autograder.student.extraction import read_figure
from autograder.student.frames import is_frame, may_cover
from autograder.wire.facts import Drawing
from tests.student.test_extraction import facts

ORDINARY = {
    "as it comes": lambda ax: None,
    "a grid": lambda ax: ax.grid(lw=1),
    "a grid at the height of the frame": lambda ax: (ax.grid(), ax.set_axisbelow(False)),
    "labels": lambda ax: ax.set(xlabel="time", ylabel="layer"),
    "a frame without its sides": lambda ax: ax.spines["top"].set_visible(False),
    "ticks": lambda ax: ax.set(xticks=[1, 2, 3], xticklabels=["one", "two", "three"]),
    "thick ticks that are hidden": lambda ax: [
        (axis.set_tick_params(width=9), axis.set_visible(False)) for axis in (ax.xaxis, ax.yaxis)
    ],
}
UNUSUAL = {
    "a thick side": lambda ax: ax.spines["left"].set_linewidth(6),
    "a filled side": lambda ax: ax.spines["left"].set(fill=True, facecolor="w"),
    "a hatched side": lambda ax: ax.spines["left"].set_hatch("/"),
    "a side with a wide stroke": lambda ax: ax.spines["left"].set_path_effects([Stroke(linewidth=99)]),
    "a thick grid": lambda ax: ax.grid(lw=9),
    "thick ticks": lambda ax: ax.tick_params(width=9),
    "a grid on top": lambda ax: (ax.grid(), ax.xaxis.set_zorder(9)),
    "a thick grid, line by line": lambda ax: ax.get_ygridlines()[0].set_linewidth(9),
    "a box around a number": lambda ax: ax.get_xticklabels()[0].set_bbox({"fc": "w"}),
    "a box around a label": lambda ax: ax.set_xlabel("time", bbox={"fc": "w"}),
    "a large label": lambda ax: ax.set_ylabel("\u2588", fontsize=99),
    "a thick grid in the settings": lambda ax: plt.rcParams.update({"grid.linewidth": 9}),
}


def frame_of(paint):
    """The parts of the frame of axes that may cover something."""
    axes = Figure().add_subplot()
    with plt.rc_context():
        paint(axes)
        return [part for part in axes.get_children() if is_frame(part) and may_cover(part)]


@pytest.mark.parametrize("paint", ORDINARY.values(), ids=ORDINARY)
def test_an_ordinary_frame_covers_nothing(paint):
    """Its lines are thin, and names are drawn on top of it."""
    assert frame_of(paint) == []


@pytest.mark.parametrize("paint", UNUSUAL.values(), ids=UNUSUAL)
def test_an_unusual_frame_may_cover_something(paint):
    """Whatever makes it wide, high or filled, and however it was said."""
    assert frame_of(paint)


def test_no_ticks_are_made_to_find_out():
    """That takes long."""
    axes = Figure().add_subplot()
    vars(axes.xaxis).pop("majorTicks", None)
    assert not may_cover(axes.xaxis)
    assert "majorTicks" not in vars(axes.xaxis)


def sight_of(change):
    """How a black text in the middle of a white figure is seen through a filter."""
    [text] = facts(lambda ax: ax.text(2, 2, "x(1)", agg_filter=change)).texts
    return text.sight


def test_a_filter_that_changes_little_leaves_a_text_as_it_was():
    """It has the same contrast, and nothing is gone; so too if it returns whole numbers from 0 to 255."""
    for change in (lambda image, dpi: (image, 0, 0), lambda image, dpi: ((255 * image).astype(np.uint8), 0, 0)):
        sight = sight_of(change)
        assert (sight.contrast, sight.left, sight.opacity) == pytest.approx((21, 1, 1), rel=0.01)


CHANGES = {
    "transparent": (lambda image, dpi: (image * 0, 0, 0), "left", 0),
    "elsewhere": (lambda image, dpi: (image, 300, 0), "left", 0),
    "outside": (lambda image, dpi: (image, -9999, 9999), "left", 0),
    "half as strong": (lambda image, dpi: (image * (1, 1, 1, 0.5), 0, 0), "opacity", 0.5),
    "white": (lambda image, dpi: (image * (0, 0, 0, 1) + (1, 1, 1, 0), 0, 0), "contrast", 1),
}


@pytest.mark.parametrize(("change", "name", "value"), CHANGES.values(), ids=CHANGES)
def test_a_filter_changes_what_is_seen(change, name, value):
    """What it takes away, weakens or paints over is seen as it leaves it."""
    assert getattr(sight_of(change), name) == pytest.approx(value, abs=0.02)


def test_a_filter_covers_what_is_below():
    """What it adds around a text is drawn over other texts."""

    def spread(image, dpi):
        return np.pad(image, ((99, 99), (99, 99), (0, 0)), constant_values=1), -99, -99

    def paint(ax):
        ax.text(2, 1.5, "a(1)")
        ax.text(2, 2, "x(1)", agg_filter=spread)

    below, above = facts(paint).texts
    assert below.sight.left == 0
    assert above.sight.left == pytest.approx(1, abs=0.01)
    assert above.sight.contrast > 15


def test_a_filter_that_fails_leaves_nothing():
    """Matplotlib cannot draw the figure then."""
    figure = Figure()
    figure.text(0.5, 0.5, "x(1)", agg_filter=lambda image, dpi: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        read_figure(figure, set())


def test_a_filter_on_nothing():
    """An artist outside the figure has no layers to filter."""
    assert isinstance(facts(lambda ax: ax.text(99, 99, "x(1)", agg_filter=lambda image, dpi: 1 / 0)), Drawing)


@pytest.mark.parametrize("origin", ["upper", "lower"])
def test_an_image_covers_what_is_behind_its_opaque_pixels(origin):
    """Of two texts, only the one below its opaque row is hidden."""
    rows = np.zeros((4, 6, 4))
    rows[0] = 1

    def paint(ax):
        for y in (0.5, 3.5):
            ax.text(3, y, f"x({y:.0f})", ha="center", va="center")
        ax.imshow(rows, extent=(0, 6, 0, 4), origin=origin, aspect="auto", interpolation="none", zorder=9)

    below, above = (text.sight.left for text in facts(paint).texts)
    assert (below, above) == ((1, 0) if origin == "upper" else (0, 1))
