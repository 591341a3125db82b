"""How well things can be seen: when a figure is drawn to find out, and what happens when it cannot be drawn."""

from dataclasses import fields
from unittest import mock

import matplotlib.pyplot as plt
import msgspec
import networkx as nx
import pytest
from matplotlib import patches
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure

from autograder.student import extraction, layers
from autograder.student.extraction import read_figure
from autograder.student.recording import record
from autograder.wire import frames
from autograder.wire.facts import Box, Drawing, Sight

pytestmark = pytest.mark.sampled(12, by="file")


GRAPH = nx.DiGraph([("x(1)", "a(1)"), ("a(1)", "z(1)")])
PLACES = {"x(1)": (0, 0), "a(1)": (0, 1), "z(1)": (1, 1)}
CORNER, MIDDLE = (0.9, 0.9, 0.1, 0.1), (0.2, 0.2, 0.6, 0.6)


def network(**options):
    figure, axes = plt.subplots(figsize=(6, 6))
    nx.draw_networkx(GRAPH, PLACES, ax=axes, node_color="lightblue", **options)
    return figure, axes


def labelled(**options):
    figure, axes = network(**options)
    nx.draw_networkx_edge_labels(GRAPH, PLACES, {edge: "R" for edge in GRAPH.edges}, ax=axes, **options)
    return figure, axes


def on_a_dark_page():
    with plt.style.context("dark_background"):
        figure, axes = plt.subplots(figsize=(6, 6))
        nx.draw_networkx(GRAPH, PLACES, ax=axes, node_color="navy", edge_color="w", font_color="w")
    return figure, axes


def shapes():
    figure, axes = plt.subplots()
    axes.add_patch(patches.Circle((0.2, 0.2), 0.1, facecolor="lightblue"))
    axes.add_patch(patches.FancyBboxPatch((0.7, 0.7), 0.2, 0.2, facecolor="w", edgecolor="k"))
    axes.text(0.2, 0.2, "x(1)", ha="center", va="center", bbox={"boxstyle": "circle", "facecolor": "w"})
    return figure, axes


def annotated():
    figure, axes = plt.subplots()
    axes.text(0.1, 0.1, "x(1)")
    axes.annotate("", (0.8, 0.8), (0.3, 0.3), arrowprops={"arrowstyle": "-|>"})
    return figure, axes


PLAIN = {
    "a network": network,
    "labels on edges": labelled,
    "labels on curved edges": lambda: labelled(connectionstyle="arc3,rad=0.2"),
    "opacity of 1": lambda: network(alpha=1),
    "a dark page": on_a_dark_page,
    "circles and boxes": shapes,
    "big nodes": lambda: network(node_size=1200),
    "annotations": annotated,
    "two panels": lambda: [nx.draw_networkx(GRAPH, PLACES, ax=axes) for axes in plt.subplots(1, 2)[1]],
    "axes beside": lambda: network()[0].add_axes((0.92, 0.92, 0.05, 0.05)),
    "a thin grid on a frame": lambda: (network()[1].grid(), plt.axis("on")),
    "a second scale": lambda: network()[1].twinx(),
    "axes without a ground": lambda: network()[0].add_axes(MIDDLE, frameon=False),
    "empty axes below": lambda: (plt.figure().add_axes((0, 0, 1, 1)), plt.gcf().add_axes(MIDDLE).text(0, 0, "x(1)")),
}
DOUBTFUL = {
    "axes over it": lambda: network()[0].add_axes(MIDDLE),
    "axes within": lambda: network()[1].inset_axes((0, 0, 0.5, 0.5)),
    "first axes on top": lambda: (plt.figure().add_axes(MIDDLE, zorder=3), plt.axes((0, 0, 1, 1)).text(0.5, 0.5, "a")),
    "axes over a text of the figure": lambda: (plt.figtext(0.5, 0.5, "x(1)"), plt.gcf().add_axes(MIDDLE, zorder=9)),
    "an empty text in a box": lambda: network()[1].text(0, 1, "  ", bbox={"color": "w"}),
    "a patch": lambda: network()[1].add_patch(patches.Rectangle((0, 0), 1, 1, zorder=9)),
    "letters that are blocks": lambda: network()[1].text(0, 0.96, "\u2588\u2588", ha="center", va="center"),
    "texts on each other": lambda: network()[1].text(0, 1, "MMMM", ha="center", va="center"),
    "a thick line": lambda: network(width=20),
    "axes with a frame of their own": lambda: network()[1].patch.set(linewidth=1, edgecolor="k"),
    "nodes that let half through": lambda: nx.draw_networkx(GRAPH, PLACES, node_color=[(0.7, 0.8, 1, 0.5)] * 3),
    "a dark page that is cut away": lambda: on_a_dark_page()[0].patch.set_visible(False),
    "thick edges over labels": lambda: nx.draw_networkx_edges(GRAPH, PLACES, ax=labelled()[1], width=4),
    "long heads at labels": lambda: nx.draw_networkx_edges(GRAPH, PLACES, ax=labelled()[1], arrowsize=50),
    "arrows without lines": lambda: network(style=""),
    "heads that shrinking leaves under nodes": lambda: network(min_source_margin=300, min_target_margin=300),
    "an arrow to a point outside the axes": lambda: annotated()[1].annotate(
        "", (1.05, 0.5), (0.5, 0.5), arrowprops={"arrowstyle": "-|>"}
    ),
    "a box with round corners over a head": lambda: annotated()[1].add_patch(
        patches.FancyBboxPatch((0.78, 0.78), 0.2, 0.2, boxstyle="round,pad=0.02", zorder=9)
    ),
    "a thick edge of the nodes": lambda: network(linewidths=20, edgecolors="w"),
    "an invisible figure": lambda: network()[0].set_visible(False),
    "a sketch": lambda: network()[1].patches[0].set_sketch_params(300),
    "a thick grid": lambda: network()[1].grid(lw=30),
}


def times_drawn(paint):
    with mock.patch.object(extraction, "look", wraps=extraction.look) as look:
        record(paint)
    return look.call_count


@pytest.mark.parametrize("paint", PLAIN.values(), ids=PLAIN)
def test_an_ordinary_figure_is_not_drawn(paint):
    """Where nothing lies over anything, the facts of the artists are enough."""
    assert times_drawn(paint) == 0


@pytest.mark.parametrize("paint", DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_may_cover_something_is_drawn(paint):
    """The ground of other axes, or anything else that is opaque, may lie over the drawing."""
    assert times_drawn(paint) == 1


class Failing(Artist):
    """Fails at once, or only where a figure is drawn path by path."""

    def __init__(self, always):
        super().__init__()
        self.always = always

    def draw(self, renderer):
        if self.always or renderer.draw_path.__func__ is not RendererAgg.draw_path:
            raise ValueError("no")


def covered(*more):
    """A figure in which a white patch lies over everything."""
    _, axes = network()
    axes.add_patch(patches.Rectangle((-1, -1), 3, 3, color="w", zorder=9))
    for artist in more:
        axes.add_artist(artist)


def test_nobody_sees_what_matplotlib_cannot_draw(capsys):
    """An artist that cannot be drawn leaves no drawing, and the student reads why."""
    assert record(lambda: covered(Failing(always=True)))[1] == [Drawing(broken="ValueError: no")]
    assert "matplotlib cannot draw this figure: ValueError: no" in capsys.readouterr().out


def test_an_artist_that_only_we_cannot_draw_hides_nothing():
    """The rest is still looked at."""
    [drawing] = record(lambda: covered(Failing(always=False)))[1]
    assert {text.sight.left for text in drawing.texts} == {0}


def test_an_error_of_ours_costs_nothing():
    """If we cannot look at a figure that matplotlib can draw, it counts as seen."""
    with mock.patch.object(extraction, "look", side_effect=MemoryError):
        [drawing] = record(covered)[1]
    assert {text.sight.left for text in drawing.texts} == {1}


def test_a_drawing_that_is_too_large_to_look_at_counts_as_seen(monkeypatch):
    """With too many things in it, nothing is found to be covered; but what is all of one colour is not seen."""
    monkeypatch.setattr(layers, "_MOST_LAYERS", 3)
    [drawing] = record(covered)[1]
    assert {(text.sight.left, text.sight.contrast) for text in drawing.texts} == {(1, 1)}


WHITE = {"node_color": "w", "font_color": "w", "edge_color": "w"}
MANY = {
    "names on nodes": (network, True),
    "white on white": (lambda: nx.draw_networkx(GRAPH, PLACES, **WHITE), False),
    "names beyond the edge": (lambda: network()[1].set(xlim=(9, 10)), True),
    "a huge figure": (lambda: (plt.figure(figsize=(60, 60)), nx.draw_networkx(GRAPH, PLACES, **WHITE)), True),
}


@pytest.mark.parametrize(("paint", "seen"), MANY.values(), ids=MANY)
def test_a_coarse_look_at_many_things(paint, seen, monkeypatch):
    """Where there are too many layers, a text or arrow in whose place all pixels are alike has no contrast."""
    monkeypatch.setattr(layers, "_MOST_LAYERS", 0)
    [drawing] = record(lambda: (paint(), plt.gca().set_axis_off(), plt.scatter(9, 9, alpha=0.5)))[1]
    sights = [thing.sight for thing in (*drawing.texts, *drawing.lines)]
    assert {sight.contrast > 1 for sight in sights} == {seen}


def test_each_piece_of_a_line_is_seen_for_itself():
    """Of a line that leaves the figure, the pieces outside are not seen, and those inside are."""

    def leaving():
        axes = plt.figure().add_axes((0, 0, 1, 1), xlim=(0, 4), ylim=(0, 4))
        axes.plot([1, 3, 5, 7], [1, 1, 1, 3])  # four neighbours make three pieces and the whole

    [drawing] = record(leaving)[1]
    inside, _, outside, _ = (line.sight.left for line in drawing.lines)
    assert (inside, outside) == (1, 0)


def test_the_picture_of_a_figure_grows_only_so_far():
    """A text just beyond the edge makes it larger; with one far away as well, neither does."""
    near, far = [Figure(figsize=(6, 4), dpi=100) for _ in range(2)]
    near.text(1.1, 0.5, "x(1)")
    for x in (1.1, 9):
        far.text(x, 0.5, "x(1)")
    assert read_figure(near, set())[1].window.x1 > 660
    assert read_figure(far, set())[1].window == Box(0, 0, 600, 400)


PARTLY_SEEN = {
    "half outside": lambda: network()[1].text(1, 1.05, "a long text " * 4, clip_on=True),
    "beyond the canvas": lambda: network()[0].text(0.95, 0.5, "a long text " * 4),
    "under a veil": lambda: network()[1].add_patch(patches.Rectangle((-1, -1), 3, 3, alpha=0.5, zorder=9)),
    "one half covered": lambda: network()[1].add_patch(patches.Rectangle((-1, -1), 3, 1, color="w", zorder=9)),
    "drawn twice": lambda: nx.draw_networkx(GRAPH, PLACES, ax=network()[1], font_color="w"),
    "lines and symbols": lambda: network()[1].plot([0, 1, 1], [0, 1, 0], "o-"),
    "polygons": lambda: (network()[1].arrow(0, 0, 1, 1, width=0.01), plt.quiver(0, 0, 1, 1)),
    "covered": covered,
}


@pytest.mark.parametrize("paint", [*PLAIN.values(), *DOUBTFUL.values(), *PARTLY_SEEN.values()])
def test_every_sight_crosses_the_wall(paint):
    """All its numbers are Python's own: numpy's would not be sent, and the whole call would fail."""
    drawings = record(paint)[1]
    things = [thing for drawing in drawings for thing in (*drawing.markers, *drawing.texts, *drawing.lines)]
    sights = [sight for thing in things for sight in (thing.sight, getattr(thing, "tip", thing.sight))]
    assert sights
    for sight in sights:
        assert {type(getattr(sight, field.name)) for field in fields(Sight)} == {float}
    assert msgspec.msgpack.decode(frames._encoder.encode(drawings), type=list[Drawing]) == drawings
