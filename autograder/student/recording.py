"""Calling a function and reading what it draws, however it draws it."""

import gc
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import partial
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import FigureCanvasBase, FigureManagerBase
from matplotlib.figure import Figure

from ..wire.facts import Drawing
from .extraction import artists_of, read_figure
from .rendering import FigureRead
from .replacing import replaced


def record(function: Callable[[], Any], readings: list[FigureRead] | None = None) -> tuple[Any, list[Drawing]]:
    """Call a function once, and read the drawings that it makes.

    It does not matter how the function makes a figure: through pyplot or without it, on existing axes, shown, saved or
    left open. Two things do not count: what was in a figure before the call, and a figure that was closed before
    anybody could see it.

    Args:
        function: the function.
        readings: the figures as they were read are added to it, so that they can be rendered later.

    Returns:
        The function's return value and its drawings: one for each pair of axes that it drew into, each time that the
        figure was shown or saved, and at the end. Errors of the function are passed on.
    """
    plt.close("all")  # as a notebook does at the end of a cell
    before = [thing for thing in gc.get_objects() if issubclass(type(thing), Figure)]
    old = {id(artist): artist for figure in before for artist in artists_of(figure)}
    recorder = _Recorder(before, set(old), [] if readings is None else readings)
    try:
        answer = recorder.run(function)
        recorder.record()
    finally:
        plt.close("all")
    return answer, recorder.drawings


class _Recorder:
    """Collects the figures that are made during a call. Reads them when they are shown or saved, and at the end."""

    def __init__(self, figures: list[Figure], old: set[int], readings: list[FigureRead]) -> None:
        self.readings = readings
        self.before, self.figures, self.old = figures, list(figures), old
        self.managed: list[Figure] = []  # managed by pyplot, which shows them unless they are closed
        self.states: dict[Figure, State] = {}  # the state of each figure when it was last read
        self.running = False  # while the function runs, figures can still change
        self.drawings: list[Drawing] = []

    def run(self, function: Callable[[], Any]) -> Any:
        """Call the function while watching matplotlib."""
        recorder, make, render = self, Figure.__init__, FigureCanvasBase.print_figure
        manage = FigureManagerBase.__init__
        backend = plt._get_backend_mod()  # type: ignore  # the target of "from matplotlib.pyplot import show"

        def made(figure: Figure, *args: Any, **options: Any) -> None:
            make(figure, *args, **options)
            recorder.figures.append(figure)

        def managed(manager: FigureManagerBase, canvas: FigureCanvasBase, *args: Any) -> None:
            manage(manager, canvas, *args)
            recorder.managed.append(canvas.figure)

        def print_figure(canvas: FigureCanvasBase, *args: Any, **options: Any) -> Any:
            recorder.read(canvas.figure)
            return render(canvas, *args, **options)

        def shown(*args: Any, **options: Any) -> None:
            recorder.record()

        with ExitStack() as watched:
            for owner, name, watcher in (
                (Figure, "__init__", made),
                (Figure, "show", shown),
                (FigureManagerBase, "__init__", managed),
                (FigureCanvasBase, "print_figure", print_figure),
                (plt, "show", shown),
                (backend, "show", shown),
            ):
                watched.enter_context(replaced(owner, name, watcher))
            self.running = True
            answer = function()
        self.running = False
        return answer

    def record(self) -> None:
        """Read all figures that are visible now."""
        opened = [plt.figure(number) for number in plt.get_fignums()]
        for figure in self.figures:
            if figure in self.before or figure in opened or figure not in self.managed:
                self.read(figure)

    def read(self, figure: Figure) -> None:
        """Read a figure as it is now, unless it holds nothing new or has not changed since we last read it."""
        if self.old and all(id(artist) in self.old for artist in artists_of(figure)):
            return
        if figure in self.states and _same(self.states[figure], _state_of(figure)):
            return
        try:
            drawings, reading = read_figure(figure, self.old)
        except Exception as error:  # if matplotlib itself cannot draw a figure, nobody sees it
            broken = f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
            print(f"[matplotlib cannot draw this figure: {broken}]")
            self.drawings.append(Drawing(broken=broken))
            return
        drawings = [drawing for drawing in drawings if drawing.texts or drawing.markers or drawing.curves]
        if self.running:
            self.states[figure] = state = _state_of(figure)
            reading.is_still = partial(_is_still, figure, state)
        for drawing in drawings:
            drawing.figure = len(self.readings)
        self.readings.append(reading)
        self.drawings += drawings


#: Attributes that matplotlib itself sets on an artist while it works.
_NOTES = {"_stale", "_renderer", "canvas"}

#: Artists with what they hold, by their ids.
State = dict[int, tuple[Any, dict[str, Any]]]


def _state_of(figure: Figure) -> State:
    """All attributes of the artists of a figure, to find out later whether anything has changed.

    Matplotlib marks a changed figure as stale, but it misses some changes: a child of an artist may not know the
    figure, and arrays can change in place.
    """
    state: State = {}
    waiting = list(artists_of(figure))
    while waiting:
        artist = waiting.pop()
        if id(artist) not in state:
            values = {name: value for name, value in vars(artist).items() if name not in _NOTES}
            state[id(artist)] = artist, {name: _kept(value) for name, value in values.items()}
            waiting += [value for value in values.values() if isinstance(value, Artist)]
    return state


def _is_still(figure: Figure, state: State) -> bool:
    """Whether a figure has not changed."""
    return _same(state, _state_of(figure))


def _kept(value: Any) -> Any:
    """A snapshot of a value. The numbers in an array, a transformation or a box may change in place."""
    array = value if isinstance(value, np.ndarray) else getattr(value, "_mtx", getattr(value, "_points", None))
    if isinstance(array, np.ndarray):
        return array.shape, array.tobytes()
    return tuple(value) if type(value) is list else value


def _same(before: State, now: State) -> bool:
    return before.keys() == now.keys() and all(
        values.keys() == now[number][1].keys()
        and all(value is (new := now[number][1][name]) or _equal(value, new) for name, value in values.items())
        for number, (_, values) in before.items()
    )


def _equal(value: Any, other: Any) -> bool:
    """Whether two values of plain types are equal. Other values count as changed unless they are the same object."""
    with suppress(Exception):  # comparing tuples of arrays raises an error
        return type(value) is type(other) and type(value) in {tuple, str, float, int} and bool(value == other)
    return False
