"""Reading a figure without drawing all of it gives the same facts as drawing it."""

import contextlib
import dataclasses
import io
import multiprocessing
import os
import warnings
from math import isclose
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
import pytest
from matplotlib.figure import Figure

from autograder.grading.submission import Wanted, read_submission
from autograder.student import extraction, positions
from autograder.student.extraction import read_figure
from tests.support.corpus import Entry, read_corpus
from tests.support.samples import FUNCTIONS

#: Every third one of those that do not draw as the reference solution does.
ENTRIES = [
    entry
    for entry in read_corpus("correct")
    if entry.form == "notebook" and not entry.waits and "graph" not in entry.fill
][::3]


def same(one: Any, other: Any) -> bool:
    """Whether two facts agree, positions within a millionth of a pixel."""
    if dataclasses.is_dataclass(one):
        return same(list(vars(one).values()), list(vars(other).values()))
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    return isclose(one, other, abs_tol=1e-6) if isinstance(one, float) else bool(one == other)


def read_twice(figure: Figure) -> bool:
    """Read a figure as it is, then again after drawing all of it, and compare.

    What can be seen is left out where it has to be rendered: that follows from the positions, and takes longest.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(extraction, "look", lambda *_: None)
        quick, _ = read_figure(figure, set())
        patched.setattr(extraction, "bring_to_places", lambda figure, _: figure.draw_without_rendering())
        return same(quick, read_figure(figure, set())[0])


def compare(entry: Entry, folder: Path) -> tuple[str, int, bool]:
    """Run the cells of a submission in a separate process, call ``graph()``, and read its figures twice."""
    path = entry.write(folder / entry.name)
    os.chdir(path.parent)
    plt.show = lambda *_, **__: None
    space: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for cell in read_submission(path, Wanted(FUNCTIONS)).cells:
            with contextlib.suppress(Exception, SystemExit):  # magics, and cells that are meant to fail
                exec(cell, space)
        plt.close("all")
        with contextlib.suppress(Exception):
            space["graph"]()
        figures = [plt.figure(number) for number in plt.get_fignums()]
        return entry.name, len(figures), all(map(read_twice, figures))


@pytest.mark.slow
def test_corpus(tmp_path: Path) -> None:
    """Drawings of the correct submissions are read at the same positions as if they had been drawn."""
    nx.draw(nx.path_graph(["$x_1$", "$z_1$"], nx.DiGraph), {"$x_1$": (0, 0), "$z_1$": (1, 1)}, with_labels=True)
    plt.gcf().canvas.draw()  # so that not every process has to load fonts and what reads formulas
    plt.close("all")
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        found = pool.starmap(compare, [(entry, tmp_path) for entry in ENTRIES], chunksize=1)
    assert [name for name, _, equal in found if not equal] == []
    assert sum(count > 0 for _, count, _ in found) > len(ENTRIES) / 2


def axes_with_a_table(figure: Figure) -> None:
    figure.add_subplot().table([["x", "a"], ["z", "L"]])


def constrained(figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    figure.add_subplot(title="a title\nof two lines").text(0.5, 0.5, "x(1)")


def inset(figure: Figure) -> None:
    figure.add_subplot().inset_axes((0.5, 0.5, 0.4, 0.4)).text(0, 0, "x(1)")


def three_dimensions(figure: Figure) -> None:
    figure.add_subplot(projection="3d").text(0, 0, 0, "x(1)")


def polar(figure: Figure) -> None:
    figure.add_subplot(projection="polar").plot([0, 1], [1, 2], marker="o")


def subfigures(figure: Figure) -> None:
    left, right = figure.subfigures(1, 2)
    left.add_subplot().text(0.5, 0.5, "x(1)")
    right.add_subplot().plot([1, 2], [3, 4], marker="s")


def equal_aspect(figure: Figure) -> None:
    axes = figure.add_subplot(aspect="equal")
    axes.scatter([0, 10], [0, 1], s=[100, 900])
    axes.annotate("x(1)", (0, 0), (5, 0.5), bbox={"boxstyle": "round"}, arrowprops={"arrowstyle": "->"})


def late_limits(figure: Figure) -> None:
    axes = figure.add_subplot()
    axes.plot([0, 5], [0, 5])
    axes.margins(0.3)
    axes.text(0.5, 0.5, "a(1)", transform=axes.transAxes, bbox={"facecolor": "w"})


def wrapped(figure: Figure) -> None:
    figure.add_subplot().text(0.9, 0.5, "a text that is wrapped at the edge of its figure", wrap=True, rotation=20)


@pytest.mark.parametrize(
    "paint",
    [axes_with_a_table, constrained, inset, three_dimensions, polar, subfigures, equal_aspect, late_limits, wrapped],
)
def test_unusual_figures(paint: Any) -> None:
    """If a figure decides on positions while it is drawn, then it is drawn."""
    figure = Figure(figsize=(6, 4), dpi=100)
    paint(figure)
    assert read_twice(figure)


def test_only_what_is_needed_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """An ordinary figure is not drawn as a whole. Otherwise this part of the code would be useless."""
    monkeypatch.setattr(Figure, "draw_without_rendering", lambda _: pytest.fail("drawn"))
    for paint in (equal_aspect, late_limits):
        figure = Figure()
        paint(figure)
        assert read_figure(figure, set())[0][0].texts


def test_an_artist_of_ones_own() -> None:
    """An artist of an unknown type is drawn, and is found where drawing puts it."""

    class Late(positions.TextArtist):
        def draw(self, renderer: Any) -> None:
            self.set_position((0.25, 0.75))
            super().draw(renderer)

    figure = Figure(figsize=(4, 4), dpi=100)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.add_artist(Late(0, 0, "x(1)"))
    [text] = read_figure(figure, set())[0][0].texts
    assert np.allclose((text.box.x0, text.box.y0), (100, 300), atol=5)  # a glyph's own margin
