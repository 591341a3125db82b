"""Calling ``graph()`` while watching what it draws."""

import gc
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import matplotlib.pyplot as plt
from matplotlib.backend_bases import FigureCanvasBase, FigureManagerBase
from matplotlib.figure import Figure

from .calls import Mistake, call
from .extraction import read_figure
from .facts import Drawing


@dataclass
class Watched:
    """What one call of ``graph()`` gave."""

    answer: Any
    """The returned value."""
    drawings: list[Drawing] = field(default_factory=list)
    """One for each pair of axes that something was drawn into, each time that it was shown or saved, and at the end."""


def watch(graph: Any) -> Watched:
    """Call ``graph()`` once, and read the drawings that it makes.

    It does not matter how the figure comes about: through pyplot or without it, on axes that existed before, shown,
    saved or left open. What was in a figure before the call is not counted, and neither is a figure that is closed
    before anybody can have seen it. The cases of one check come in quick succession and share one call.

    Raises:
        Mistake: the call fails.
    """
    if _last and _last[0] is graph and time.monotonic() - _last[1] < SHARED_SECONDS:
        result: Watched | Mistake = _last[2]
    else:
        try:
            result = _watch(graph)
        except Mistake as mistake:
            result = mistake
    _last[:] = [graph, time.monotonic(), result]
    if isinstance(result, Mistake):
        raise Mistake(str(result))
    return result


#: For so long after its last use the answer of a function is not asked for again.
SHARED_SECONDS = 1.0
_last: list[Any] = []


def _watch(graph: Any) -> Watched:
    plt.close("all")  # as a notebook does at the end of a cell
    before = [thing for thing in gc.get_objects() if issubclass(type(thing), Figure)]
    old = {id(artist): artist for figure in before for artist in figure.findobj()}
    recorder = _Recorder(before, set(old))
    try:
        answer = call(graph and recorder.wrap(graph), name="graph", reveal=True)
        recorder.record()
    finally:
        plt.close("all")
    return Watched(answer, recorder.drawings)


class _Recorder:
    """Collects the figures that are made during a call, and the facts of them at certain moments."""

    def __init__(self, figures: list[Figure], old: set[int]) -> None:
        self.before, self.figures, self.old = figures, list(figures), old
        self.managed: list[Figure] = []  # by pyplot, which shows them unless they are closed
        self.drawings: list[Drawing] = []

    def wrap(self, graph: Any) -> Any:
        """Return the function, if it is one, such that matplotlib is watched while it runs."""
        return (lambda: self._run(graph)) if callable(graph) else graph

    def _run(self, graph: Any) -> Any:
        recorder, make, render = self, Figure.__init__, FigureCanvasBase.print_figure
        manage = FigureManagerBase.__init__
        backend = plt._get_backend_mod()  # type: ignore  # where "from matplotlib.pyplot import show" ends

        def init(figure: Figure, *args: Any, **options: Any) -> None:
            make(figure, *args, **options)
            recorder.figures.append(figure)

        def init_manager(manager: FigureManagerBase, canvas: FigureCanvasBase, *args: Any) -> None:
            manage(manager, canvas, *args)
            recorder.managed.append(canvas.figure)

        def print_figure(canvas: FigureCanvasBase, *args: Any, **options: Any) -> Any:
            recorder.read(canvas.figure)
            return render(canvas, *args, **options)

        def shown(*args: Any, **options: Any) -> None:
            recorder.record()

        with ExitStack() as watched:
            for owner, name, watcher in (
                (Figure, "__init__", init),
                (Figure, "show", shown),
                (FigureManagerBase, "__init__", init_manager),
                (FigureCanvasBase, "print_figure", print_figure),
                (plt, "show", shown),
                (backend, "show", shown),
            ):
                watched.enter_context(mock.patch.object(owner, name, watcher))
            return graph()

    def record(self) -> None:
        """Read all figures that can be seen now."""
        opened = [plt.figure(number) for number in plt.get_fignums()]
        for figure in self.figures:
            if figure in self.before or figure in opened or figure not in self.managed:
                self.read(figure)

    def read(self, figure: Figure) -> None:
        """Read a figure as it is now, unless all in it was there before."""
        if all(id(artist) in self.old for artist in figure.findobj()):
            return
        try:
            drawings = read_figure(figure, self.old)
        except Exception:  # a figure that matplotlib itself cannot draw shows nothing
            return
        self.drawings += [drawing for drawing in drawings if drawing.texts or drawing.markers]
