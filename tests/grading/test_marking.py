"""Marks on pictures: they lie where they should, stand out from all colours, and no picture is too large."""

import io
import math
import random
from itertools import pairwise

import msgspec
import numpy as np
import pytest
from PIL import Image

from autograder.checking.marks import Mark, cross, frame, gap, hole, ring
from autograder.grading.marking import LARGEST, courses, is_whole, png_of
from autograder.grading.pictures import MarkedPicture, marks_of, parts_of, pictures_for, words_for
from autograder.wire.facts import Box
from autograder.wire.pixels import HIGHEST, WIDEST, Pixels

BOX = Box(200.0, 100.0, 240.0, 120.0)
MARKS = [
    ring(BOX, "a ring"),
    frame([BOX, Box(300.0, 50.0, 340.0, 300.0)], "a frame"),
    hole((220.0, 110.0), 30.0, "a hole"),
    gap([(100.0, 100.0), (400.0, 300.0)], "a gap"),
    cross((220.0, 110.0), "a cross"),
]
COLOURS = ["white", "black", "grey", "yellow", "red", "navy", "#141414", "#ffd600"]


def plain(colour: str = "white", width: int = 640, height: int = 480, **place: float) -> Pixels:
    """A picture of one colour."""
    picture = Image.new("RGB", (width, height), colour)
    where = {"left": 0.0, "bottom": 0.0, "scale": 1.0} | place
    return Pixels(width=width, height=height, data=picture.tobytes(), **where)


def opened(png: bytes) -> "np.ndarray":
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def touched(pixels: Pixels, mark: Mark) -> tuple[float, float, float, float]:
    """The box around everything that a mark changes, with y pointing up, in pixels of the picture."""
    before, after = opened(png_of(pixels, [])[0]), opened(png_of(pixels, [(1, mark)])[0])
    rows, columns = np.nonzero(np.abs(before - after).sum(axis=2) > 60)
    return columns.min(), len(before) - rows.max(), columns.max(), len(before) - rows.min()


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: mark.shape)
@pytest.mark.parametrize("colour", COLOURS)
def test_a_mark_stands_out_from_any_colour(mark: Mark, colour: str) -> None:
    """Without colours, too, a mark is much lighter or darker than what is behind it."""
    picture = Image.open(io.BytesIO(png_of(plain(colour), [(1, mark)])[0])).convert("L")
    grey = np.asarray(picture).astype(int)
    assert np.sum(np.abs(grey - grey[-1, -1]) > 80) > 100


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: mark.shape)
def test_a_mark_lies_at_its_points(mark: Mark) -> None:
    """It reaches a little beyond what it is about, and no farther."""
    xs, ys = zip(*mark.points, strict=True)
    x0, y0, x1, y1 = touched(plain(), mark)
    outer = (min(xs) - 22, min(ys) - 22, max(xs) + 22, max(ys) + 22)
    assert outer[0] <= x0 <= min(xs) + 2
    assert outer[1] <= y0 <= min(ys) + 2
    assert max(xs) - 2 <= x1 <= outer[2]
    assert max(ys) - 2 <= y1 <= outer[3]


def test_marks_follow_the_scale_and_the_edges_of_the_picture() -> None:
    """A picture at half the size, of a part of the plane that begins elsewhere, has the mark at the right place."""
    x0, y0, x1, y1 = touched(plain(left=-100.0, bottom=40.0, scale=0.5), ring(BOX, ""))
    assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx((160, 35), abs=1.5)


def test_numbers_are_written_only_if_they_differ() -> None:
    """One case needs no number. With two, each mark has its own."""
    alone = png_of(plain(), [(1, MARKS[0]), (1, MARKS[3])])[0]
    assert np.all(opened(alone) == opened(png_of(plain(), [(2, MARKS[0]), (2, MARKS[3])])[0]))
    assert not np.all(opened(alone) == opened(png_of(plain(), [(1, MARKS[0]), (2, MARKS[3])])[0]))


def test_a_gap_and_a_hole_are_dashed() -> None:
    """They have spaces: what they show is not there."""
    for shape in ("gap", "hole"):
        dashes = courses(shape, [(0.0, 0.0), (100.0, 100.0)])
        ends = [(one[-1], other[0]) for one, other in pairwise(dashes)]
        assert len(dashes) > 3
        assert min(math.dist(*pair) for pair in ends) > 8


@pytest.mark.parametrize("far", [1e5, -1e9, math.inf, math.nan])
def test_marks_far_away_are_left_out(far: float) -> None:
    """Points that are nowhere near the picture, or no numbers, change nothing and take no time."""
    marks = [(1, Mark(mark.shape, [(far, 1.0), *mark.points])) for mark in MARKS]
    assert np.all(opened(png_of(plain(), marks)[0]) == 255)


def test_unknown_shapes_and_marks_without_points_are_left_out() -> None:
    marks = [(1, Mark("star", [(1.0, 1.0)])), (2, Mark("ring", [])), (3, Mark("cross", []))]
    assert np.all(opened(png_of(plain(), marks)[0]) == 255)


def test_no_picture_is_too_large() -> None:
    """Noise, which no compression makes smaller, is made smaller in size; marks stay where they belong."""
    noise = random.Random(0).randbytes(3 * WIDEST * HIGHEST)
    pixels = Pixels(width=WIDEST, height=HIGHEST, data=noise, left=0.0, bottom=0.0, scale=1.0)
    png, width, height = png_of(pixels, [(1, mark) for mark in MARKS])
    assert len(png) <= LARGEST
    assert Image.open(io.BytesIO(png)).size == (width, height)
    assert width / height == pytest.approx(WIDEST / HIGHEST, rel=0.02)


def test_small_drawings_are_shown_larger() -> None:
    png, width, height = png_of(plain(width=120, height=80), [])
    assert (width, height) == (240, 160) == Image.open(io.BytesIO(png)).size


@pytest.mark.parametrize(
    "wrong",
    [{"width": 639}, {"height": 481}, {"left": math.nan}, {"scale": 0.0}, {"scale": math.inf}, {"bottom": 1e9}],
    ids=str,
)
def test_pixels_that_contradict_themselves_are_not_whole(wrong: dict[str, float]) -> None:
    """The number of bytes must fit the size, and the place must be one."""
    assert is_whole(plain())
    assert not is_whole(msgspec.structs.replace(plain(), **wrong))


class Told(AssertionError):
    """As a test file's own Mistake, with things of its own types."""


def test_marks_and_lists_of_a_mistake_are_bounded() -> None:
    """However much a mistake has, its marks, points, texts and lists are cut."""
    mistake = Told()
    mistake.marks = [Mark("gap", [(0, 1)] * 500, "x" * 500)] * 500
    mistake.parts = [parts_of_many()] * 50
    marks, parts = marks_of(mistake), parts_of(mistake)
    assert len(marks) == 60
    assert (len(marks[0].points), len(marks[0].text)) == (60, 60)
    assert (len(parts), len(parts[0].right), len(parts[0].missing[0])) == (4, 60, 60)
    assert (marks_of(Told()), parts_of(Told())) == ([], [])


def parts_of_many() -> object:
    from autograder.checking.marks import Parts

    return Parts("things", ["a"] * 500, ["b" * 500], [])


def test_words_say_what_is_marked() -> None:
    """Those who cannot see the picture read the same; numbers stand before it if there are several."""
    assert words_for([(1, MARKS[0]), (1, MARKS[0])]) == "a ring round a ring"
    assert words_for([(1, MARKS[0]), (2, MARKS[4])]) == "1: a ring round a ring; 2: a cross on a cross"
    assert words_for([]) == "nothing is marked"


def test_each_reader_gets_one_picture_of_a_question() -> None:
    """Students see the public marks at once, all marks after the results are shown; staff see everything."""
    one, two, other = (
        MarkedPicture(question=question, png=b"", width=1, height=1, audience=audience)
        for question, audience in (("a", "everybody"), ("a", "after results"), ("b", "staff"))
    )
    every = [two, other, one]
    assert pictures_for("everybody", every) == [one]
    assert pictures_for("after results", every) == [two]
    assert pictures_for("staff", every) == [two, other]


def test_a_line_that_never_ends_has_no_dashes() -> None:
    """Cutting it up would take long, and nobody could see anything in it."""
    assert courses("gap", [(300.0 * (n % 2), float(n % 7)) for n in range(500)]) == []
