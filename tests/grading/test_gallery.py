"""Pictures of drawings in results: when there are any, for whom, and what a submission can do to them."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from autograder.grading.grade import grade_submission, load_test_files
from autograder.grading.judging import Judge
from autograder.grading.results import Graded
from autograder.grading.submission import Wanted, parse_submission
from autograder.sandbox import copies
from autograder.sandbox.submission import Submission
from tests.support.corpus import project
from tests.support.samples import FUNCTIONS, REAL_CASES, settings, shared_sandbox

pytestmark = pytest.mark.sampled(3, by="file")

REFERENCE = parse_submission("homework.ipynb", project().notebook(solved=True), Wanted(FUNCTIONS)).cells

#: What the reference draws, with something wrong.
HIDDEN_NAME = """
import matplotlib.pyplot as plt
draw = graph
def graph():
    G = draw()
    [text for text in plt.gca().texts if '2' in text.get_text()][0].set_color('none')
    return G
"""
WRONG_EDGE = "draw = graph\ndef graph():\n    G = draw()\n    G.remove_edge(*list(G.edges)[0])\n    return G"


@pytest.fixture(scope="module")
def judge() -> Judge:
    """The assignment's own cases."""
    return Judge(load_test_files(REAL_CASES))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The figures that copies were asked for."""
    figures: list[int] = []
    show = copies.Copy.show

    def watched(copy: copies.Copy, figure: int, clock: Any) -> Any:
        figures.append(figure)
        return show(copy, figure, clock)

    monkeypatch.setattr(copies.Copy, "show", watched)
    return figures


def run(judge: Judge, *cells: str, **changes: Any) -> Graded:
    """Grade the reference solution after some further cells."""
    submission = Submission("homework.ipynb", [*REFERENCE, *cells])
    return grade_submission(submission, judge, settings(**changes), shared_sandbox())


def lost(graded: Graded) -> set[str]:
    return {case.name for case in graded.cases if not case.passed}


def test_what_passes_costs_no_picture(judge: Judge, asked: list[int]) -> None:
    """Without a failed case no picture is asked for, and none is in the results."""
    graded = run(judge)
    assert lost(graded) == set()
    assert (graded.pictures, asked) == ([], [])


def test_a_public_fault_is_shown_to_everybody(judge: Judge, asked: list[int]) -> None:
    """One figure is asked for once; its picture is a PNG with the marks of the public case."""
    graded = run(judge, HIDDEN_NAME)
    assert lost(graded) == {"q5 names in the drawing"}
    [picture] = graded.pictures
    assert (picture.question, picture.audience, picture.numbers) == ("q5", "everybody", {"q5 names in the drawing": 1})
    assert "ring" in picture.words
    opened = Image.open(io.BytesIO(picture.png))
    assert (opened.format, opened.size) == ("PNG", (picture.width, picture.height))
    assert len(asked) == 1


def test_a_hidden_fault_is_shown_with_hidden_results_only(judge: Judge) -> None:
    """Where only a hidden case fails, there is nothing that tells so before hidden results are shown."""
    graded = run(judge, WRONG_EDGE)
    assert "q5 edges" in lost(graded)
    assert {case.hidden for case in graded.cases if not case.passed} == {True}
    [picture] = graded.pictures
    assert picture.audience == "after results"
    assert "q5 edges" in picture.numbers


def test_public_and_hidden_marks_are_on_pictures_of_their_own(judge: Judge) -> None:
    """The picture for everybody has none of the hidden marks, in pixels or in words."""
    graded = run(judge, HIDDEN_NAME, WRONG_EDGE.replace("draw", "paint"))
    public, every = graded.pictures
    assert (public.audience, every.audience) == ("everybody", "after results")
    assert set(public.numbers) == {"q5 names in the drawing"}
    assert set(every.numbers) == {"q5 names in the drawing", "q5 edges"}
    assert "dashed" in every.words
    assert "dashed" not in public.words
    assert public.png != every.png


def test_the_setting_decides(judge: Judge, asked: list[int]) -> None:
    """``always`` shows what passed, too; ``never`` asks for nothing."""
    [picture] = run(judge, pictures="always").pictures
    assert (picture.audience, picture.numbers, picture.words) == ("everybody", {}, "nothing is marked")
    asked.clear()
    assert run(judge, HIDDEN_NAME, pictures="never").pictures == []
    assert asked == []


def test_a_figure_that_changed_has_no_picture(judge: Judge) -> None:
    """What was shown and then painted over is judged as it was shown; another picture of it would be wrong."""
    cleared = HIDDEN_NAME.replace("    return G", "    plt.show()\n    plt.clf()\n    return G")
    graded = run(judge, cleared)
    assert lost(graded) == {"q5 names in the drawing"}
    assert graded.pictures == []


#: What a submission may do when it is asked for a picture.
LIES = {
    "too wide": "Pixels(width=5000, height=2, data=b'x' * 30000, left=0.0, bottom=0.0, scale=1.0)",
    "too few bytes": "Pixels(width=640, height=480, data=b'x' * 300, left=0.0, bottom=0.0, scale=1.0)",
    "too many bytes": "Pixels(width=10, height=10, data=b'x' * 5_000_000, left=0.0, bottom=0.0, scale=1.0)",
    "far too many bytes": "Pixels(width=10, height=10, data=b'x' * 9_000_000, left=0.0, bottom=0.0, scale=1.0)",
    "no bytes": "Pixels(width=10, height=10, data=[1, 2, 3], left=0.0, bottom=0.0, scale=1.0)",
    "a PNG": "Pixels(width=1, height=1, data=b'\\x89PNG\\r\\n\\x1a\\n' * 9, left=0.0, bottom=0.0, scale=1.0)",
    "nan": "Pixels(width=1, height=1, data=b'xyz', left=float('nan'), bottom=0.0, scale=1.0)",
    "no scale": "Pixels(width=1, height=1, data=b'xyz', left=0.0, bottom=0.0, scale=0.0)",
    "a text": "'no picture'",
    "an error": "1 / 0",
    "the end": "os._exit(1)",
    "no answer": "time.sleep(1000)",
}


@pytest.mark.parametrize("lie", LIES)
def test_a_false_picture_is_none_and_costs_nothing(judge: Judge, lie: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks are the same whatever the student's side sends in place of pixels, or if it sends nothing."""
    monkeypatch.setattr("autograder.sandbox.showing._PICTURE_SECONDS", 1.0)
    patched = f"""
import os, sys, time
from autograder.wire.pixels import Pixels
from autograder.student import worker
worker.pixels_of = lambda *_: {LIES[lie]}
"""
    graded = run(judge, HIDDEN_NAME, patched)
    assert lost(graded) == {"q5 names in the drawing"}
    assert graded.pictures == []


def test_what_is_shown_may_be_a_lie_but_never_of_a_hidden_input(judge: Judge) -> None:
    """Pixels come from a copy that has seen no hidden input: no figure of a later one is ever asked for."""
    patched = """
from autograder.wire.pixels import Pixels
from autograder.student import worker
forward_before, calls = forward, []
def forward(model, x, y):
    calls.append(len(x))
    return forward_before(model, x, y)
def told(*_):
    return Pixels(width=100, height=100, data=bytes([min(len(calls), 255)]) * 30000, left=0.0, bottom=0.0, scale=1.0)
worker.pixels_of = told
"""
    graded = run(judge, patched, WRONG_EDGE)
    [picture] = graded.pictures
    pixel = Image.open(io.BytesIO(picture.png)).convert("RGB").getpixel((0, 0))
    public = run(judge, patched, HIDDEN_NAME)
    assert pixel == Image.open(io.BytesIO(public.pictures[0].png)).convert("RGB").getpixel((0, 0))


HIDDEN_DRAWS = """
from otter.test_files import test_case
from autograder.checking import Mistake, watch
OK_FORMAT = False
name = "q3"
points = None
@test_case(name="first", points=1)
def test_first(draw):
    watch(draw, 1, name="draw")
@test_case(name="second", points=1, hidden=True)
def test_second(draw):
    watched = watch(draw, 7, name="draw")
    raise Mistake("wrong").about(watched.drawings[0])
"""


def test_a_picture_made_after_a_hidden_input_is_for_staff(tmp_path: Path) -> None:
    """Where a hidden case has a function draw its input, no student ever sees the picture."""
    (tmp_path / "q3.py").write_text(HIDDEN_DRAWS, encoding="utf-8")
    cell = "import matplotlib.pyplot as plt\ndef draw(n):\n    plt.plot(range(n))\n    plt.title(str(n))"
    submission = Submission("homework.ipynb", [cell])
    graded = grade_submission(submission, Judge(load_test_files(tmp_path)), settings(), shared_sandbox())
    [picture] = graded.pictures
    assert picture.audience == "staff"


def test_a_picture_that_fails_costs_nothing(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks are as usual without it, and staff read why there is none."""

    def failing(*_: Any) -> None:
        raise ZeroDivisionError("no size")

    monkeypatch.setattr("autograder.grading.gallery._pictures", failing)
    graded = run(judge, HIDDEN_NAME)
    assert graded.pictures == []
    assert lost(graded) == {"q5 names in the drawing"}
    assert "no picture of q5: ZeroDivisionError: no size" in graded.staff
