"""Drawings: which facts are read from matplotlib's figures, and when they are read."""

import io
import sys
from functools import partial

import matplotlib as mpl
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
import pytest
from matplotlib import patches
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.text import Text

from autograder.checking import Mistake
from autograder.checking.drawings import watch as watch_named
from autograder.student.extraction import read_figure
from autograder.wire.facts import Drawing

pytestmark = pytest.mark.sampled(25, by="file")

watch = partial(watch_named, name="graph")

A, B = (1, 1), (4, 3)  # on the page, a unit of the axes has 100 pixels
STYLES = {"arrowstyle": "-|>", "mutation_scale": 10}


def page(paint, make=Figure):
    """Paint on axes that fill a figure, where the point (x, y) is the pixel (100 x, 100 y)."""
    figure = make(figsize=(6, 4), dpi=100)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 6), ylim=(0, 4))
    paint(axes)
    return figure


def facts(paint):
    [drawing], _ = read_figure(page(paint), set())
    return drawing


def network_edges(**options):
    return lambda ax: nx.draw_networkx_edges(nx.DiGraph([(0, 1)]), {0: A, 1: B}, ax=ax, node_size=300, **options)


def annotation(start=A, end=B, **properties):
    return lambda ax: ax.annotate("", end, start, arrowprops=properties)


def patch(make, *args, **options):
    return lambda ax: ax.add_patch(make(*args, **options))


POINTED = {
    "draw_networkx": network_edges(),
    "draw_networkx, curved": network_edges(connectionstyle="arc3,rad=0.3"),
    "annotate": annotation(arrowstyle="->"),
    "annotate, filled": annotation(facecolor="k", width=1, headwidth=8),
    "annotate, backwards": annotation(B, A, arrowstyle="<-"),
    "FancyArrowPatch": patch(patches.FancyArrowPatch, A, B, **STYLES),
    "FancyArrowPatch, curved": patch(patches.FancyArrowPatch, A, B, connectionstyle="arc3,rad=-0.4", **STYLES),
    "FancyArrowPatch, path": patch(patches.FancyArrowPatch, path=Path([A, (2, 3), B], [1, 3, 3]), **STYLES),
    "FancyArrowPatch, simple": patch(patches.FancyArrowPatch, A, B, arrowstyle="simple", mutation_scale=10),
    "ConnectionPatch": patch(patches.ConnectionPatch, A, B, "data", "data", arrowstyle="->"),
    "ax.arrow": lambda ax: ax.arrow(*A, 3, 2, head_width=0.2, length_includes_head=True),
    "ax.arrow of its own head": lambda ax: ax.arrow(*A, 3, 2, width=0.05, length_includes_head=True),
    "patches.Arrow": patch(patches.Arrow, *A, 3, 2, width=0.3),
    "quiver": lambda ax: ax.quiver(*A, 3, 2, angles="xy", scale_units="xy", scale=1),
}
PLAIN = {
    "draw_networkx without arrows": network_edges(arrows=False),
    "draw_networkx, dashes": network_edges(arrowstyle="-"),
    "annotate, no head": annotation(arrowstyle="-"),
    "two heads": annotation(arrowstyle="<->"),
    "ax.arrow without a head": lambda ax: ax.arrow(*A, 3, 2, width=0.02, head_width=0),
    "plot": lambda ax: ax.plot([1, 4], [1, 3]),
    "LineCollection": lambda ax: ax.add_collection(LineCollection([[A, B]])),
}


@pytest.mark.parametrize("how", [*POINTED, *PLAIN])
def test_a_line_is_read_however_it_is_drawn(how):
    """Both ends of a line are found to within 3 pixels (the width of a pen), and so is its arrowhead, if it has one."""
    [line] = facts((POINTED | PLAIN)[how]).lines
    assert line.pointed is (how in POINTED)
    assert np.allclose([line.tail, line.head], [[100, 100], [400, 300]], atol=3)
    assert np.allclose([line.path[0], line.path[-1]], [[100, 100], [400, 300]], atol=3)


def test_the_course_of_a_curve_is_read():
    """The path of a curved arrow leaves the straight line between its ends."""
    [line] = facts(POINTED["FancyArrowPatch, curved"]).lines
    across = [(2 * (x - 100) - 3 * (y - 100)) / 13**0.5 for x, y in line.path]
    assert max(map(abs, across)) > 50


MARKERS = {
    "scatter": (lambda ax: ax.scatter([2], [1], s=900), True),
    "square scatter": (lambda ax: ax.scatter([2], [1], s=900, marker="s"), False),
    "draw_networkx": (lambda ax: nx.draw_networkx_nodes([0], {0: (2, 1)}, ax=ax), True),
    "Line2D, round": (lambda ax: ax.plot(2, 1, "o", ms=30), True),
    "Line2D, square": (lambda ax: ax.plot(2, 1, "s", ms=30), False),
    "Circle": (patch(patches.Circle, (2, 1), 0.2), True),
    "Ellipse": (patch(patches.Ellipse, (2, 1), 0.5, 0.3), True),
    "Rectangle": (patch(patches.Rectangle, (1.8, 0.8), 0.4, 0.4), False),
    "FancyBboxPatch": (patch(patches.FancyBboxPatch, (1.8, 0.8), 0.4, 0.4, boxstyle="square,pad=0"), False),
    "PatchCollection": (lambda ax: ax.add_collection(PatchCollection([patches.Circle((2, 1), 0.2)])), True),
    "text with a box": (lambda ax: ax.text(2, 1, "x(1)", bbox={"boxstyle": "square"}, ha="center", va="center"), False),
    "text in a circle": (lambda ax: ax.text(2, 1, "x(1)", bbox={"boxstyle": "circle"}, ha="center", va="center"), True),
}


@pytest.mark.parametrize(("paint", "curved"), MARKERS.values(), ids=MARKERS)
def test_a_marker_is_read_however_it_is_drawn(paint, curved):
    """A symbol's centre is found to within 3 pixels (a text's box is not quite even), with its size and roundness."""
    drawing = facts(paint)
    [marker] = drawing.markers
    assert np.allclose(marker.box.centre, (200, 100), atol=3)
    assert 10 < marker.box.width < 80
    assert 10 < marker.box.height < 80
    assert marker.round is curved
    assert drawing.lines == []


def legend(ax):
    ax.scatter([], [], label="x(1)")
    ax.legend(title="a(1)")


NOTHING = {
    "legend": legend,
    "tick labels": lambda ax: ax.set(xticks=[1, 2], xticklabels=["x(1)", "x(2)"]),
    "blank text": lambda ax: ax.text(2, 1, "  "),
    "plot of nothing": lambda ax: ax.plot([np.nan], [1], "o"),
    "nothing at all": lambda ax: None,
}


@pytest.mark.parametrize("paint", NOTHING.values(), ids=NOTHING)
def test_decoration_is_not_read(paint):
    """Legends and the decoration of axes leave no facts."""
    assert facts(paint) == Drawing()


INVISIBLE = {
    "hidden text": lambda ax: ax.text(2, 1, "x(1)", visible=False),
    "transparent text": lambda ax: ax.text(2, 1, "x(1)", alpha=0),
    "hidden scatter": lambda ax: ax.scatter([1], [1], visible=False),
    "hidden patch": patch(patches.Circle, (2, 1), 0.2, visible=False),
    "transparent line": lambda ax: ax.plot([1, 4], [1, 3], alpha=0),
    "hidden arrow": patch(patches.FancyArrowPatch, A, B, visible=False),
    "text outside the axes": lambda ax: ax.text(9, 1, "x(1)", clip_on=True),
    "text under a patch": lambda ax: (
        ax.text(2, 1, "x(1)"),
        ax.add_patch(patches.Circle((2, 1), 0.5, color="w", zorder=9)),
    ),
}


@pytest.mark.parametrize("paint", INVISIBLE.values(), ids=INVISIBLE)
def test_nothing_is_left_of_what_nobody_sees(paint):
    """What is invisible, transparent, cut off or covered is read, with the fact that nothing of it is left."""
    drawing = facts(paint)
    first = [*drawing.texts, *drawing.lines, *drawing.markers][0]
    assert first.sight.left == 0 or first.sight.opacity == 0


def test_a_text_is_read_where_it_stands():
    """A text keeps its spelling, and its box surrounds its position."""
    [text] = facts(lambda ax: ax.text(2, 1, "$x_1$", ha="center", va="center")).texts
    assert text.text == "$x_1$"
    assert np.allclose(text.box.centre, (200, 100), atol=3)


def new(ax):
    ax.text(2, 2, "new")


def pyplot(*steps):
    """A graph() that draws with pyplot, then does something else with the figure."""
    return lambda: lambda: [page(new, plt.figure), *(step() for step in steps)]


def show():
    plt.show()  # looked up at run time, as in a notebook


WATCHED = {
    "left open": (pyplot(), True),
    "shown": (pyplot(show), True),
    "closed after show": (pyplot(show, plt.close), True),
    "closed before show": (pyplot(plt.close, show), False),
    "closed": (pyplot(plt.close), False),
    "saved and closed": (pyplot(lambda: plt.savefig(io.BytesIO()), plt.close), True),
    "cleared": (pyplot(plt.clf), False),
    "cleared after show": (pyplot(show, plt.clf), True),
    "without pyplot": (lambda: lambda: page(new), True),
    "axes from before": (lambda: partial(new, page(lambda ax: ax.text(1, 1, "old"), plt.figure).axes[0]), True),
    "empty": (lambda: lambda: page(lambda ax: None, plt.figure), False),
    "nothing": (lambda: lambda: None, False),
}


@pytest.mark.parametrize(("make", "seen"), WATCHED.values(), ids=WATCHED)
def test_a_drawing_counts_when_somebody_can_have_seen_it(make, seen):
    """A figure that is shown, saved or left open is read, without its old contents. One that was closed is not."""
    drawings = watch(make()).drawings
    assert {text.text for drawing in drawings for text in drawing.texts} == ({"new"} if seen else set())
    assert plt.get_fignums() == []


LATER = {
    "nothing": (lambda axes: None, 1),
    "drawn": (lambda axes: axes.figure.canvas.draw(), None),  # may be read once more
    "another text": (lambda axes: axes.text(1, 1, "later"), 2),
    "another text, drawn": (lambda axes: (axes.text(1, 1, "later"), axes.figure.canvas.draw()), 2),
    "moved": (lambda axes: axes.texts[0].set_position((1, 1)), 2),
    "moved, drawn": (lambda axes: (axes.texts[0].set_position((1, 1)), axes.figure.canvas.draw()), 2),
    "other limits": (lambda axes: axes.set_xlim(0, 9), 2),
    "taken away and another": (lambda axes: (axes.texts[0].remove(), axes.text(1, 1, "later")), 2),
    "the text of a figure": (lambda axes: axes.figure.text(0.5, 0.5, "later"), 2),
    "a list": (lambda axes: axes.figure.texts.append(Text(0.5, 0.5, "later", figure=axes.figure)), 2),
    "an array in place": (lambda axes: np.multiply.at(axes.collections[0].get_offsets(), ..., 2), 2),
    "not told": (lambda axes: (axes.texts[0].set_animated(True), axes.texts[0].set_position((1, 1))), 2),
}


@pytest.mark.parametrize(("change", "count"), LATER.values(), ids=LATER)
def test_what_changes_after_show_is_read(change, count):
    """A figure is read when it is shown, and again at the end if anything in it has changed."""

    def graph():
        figure = page(lambda ax: (new(ax), ax.scatter([1], [1])), plt.figure)
        plt.show()
        change(figure.axes[0])

    drawings = watch(graph).drawings
    assert count is None or len(drawings) == count
    final = [(text.text, text.box.x0) for text in drawings[-1].texts]
    assert (len(set(final)), drawings[0].texts[0].text) == (len(final), "new")
    assert count != 2 or drawings[0] != drawings[1]


def test_a_chart():
    """A chart line is reported in the units of its axes, with their title and labels."""

    def chart():
        _, axes = plt.subplots()
        axes.plot([1, 2, 3, 4], [10, np.nan, 30, 20], label="a")
        axes.semilogy(range(600), np.arange(600.0) + 1)
        axes.plot([1, 2], [1, 2], "o")
        axes.set(title="the title", xlabel="the time")
        axes.set_ylabel("unseen", visible=False)

    (drawing,) = watch(chart).drawings
    first, second = drawing.curves
    assert (first.xs, first.ys) == ([1, 3, 4], [10, 30, 20])
    assert (second.xs, second.ys) == (list(range(600)), list(range(1, 601)))
    assert (drawing.title, drawing.x_label, drawing.y_label) == ("the title", "the time", "")


def test_watching_leaves_matplotlib_as_it_was():
    """After a call, even one that fails, all of matplotlib's own functions are back. An error is a Mistake."""
    names = [(Figure, "__init__"), (mpl.backend_bases.FigureCanvasBase, "print_figure"), (plt, "show")]
    before = [getattr(owner, name) for owner, name in names]
    for graph, message in (
        (lambda: 1 / 0, "graph raised Zero"),
        (None, "no function"),
        (nx.DiGraph(), "not a function"),
    ):
        with pytest.raises(Mistake, match=message):
            watch(graph)
    with pytest.raises(Mistake, match="graph raised SystemExit"):
        watch(sys.exit)
    assert [getattr(owner, name) for owner, name in names] == before
