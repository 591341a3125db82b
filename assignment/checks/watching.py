"""What one call of ``graph()`` returned and drew, read for the test cases of exercise 5."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from typing import Any

from autograder.checking import Mistake, Watched, watch

from ..hints.hint import add_hints
from ..hints.raising import raised_hint
from .joining import Picture
from .layout import Expected, picture_of
from .misnamed import with_names_in_place
from .network import Returned, network_of
from .placing import understand, without_words
from .pointing import marks_of
from .unfolded import check_is_graph


class Seen:
    """The returned graph and the drawing. Each is read once, and all cases share it."""

    def __init__(self, steps: int, watched: Watched) -> None:
        self.steps, self.answer, self.drawings = steps, without_words(watched.returned), watched.drawings
        self.broken = watched.broken

    @cached_property
    def network(self) -> Returned | None:
        """The returned graph as what it means, or None if it is not a graph."""
        return network_of(self.answer, self.steps)

    @property
    def returned(self) -> Returned:
        """The returned graph.

        Raises:
            Mistake: what was returned is not a graph.
        """
        check_is_graph(self.answer)
        assert self.network is not None
        return self.network

    @cached_property
    def expected(self) -> Expected:
        """The part of the network that the drawing must show."""
        return Expected(self.network, self.steps)

    @cached_property
    def understood(self) -> Picture | None:
        """The drawing, or None if no part of the network can be found in it."""
        known, letters = (self.network.names, self.network.letters) if self.network else (None, None)
        picture = understand(self.drawings, self.steps, known, letters)
        return picture and with_names_in_place(picture, self.expected)

    @property
    def picture(self) -> Picture:
        """The drawing.

        Raises:
            Mistake: nothing was drawn, or no part of the drawing could be read.
        """
        return picture_of(self.drawings, self.understood, self.broken)

    @contextmanager
    def pointing(self) -> Iterator[None]:
        """Show what a ``Mistake`` in the block says of the returned graph in its drawing, too."""
        try:
            yield
        except Mistake as mistake:
            picture = self.understood
            if picture is not None:
                marks = [mark for parts in mistake.parts for mark in marks_of(picture, parts)]
                mistake.about(picture.drawing, marks)
            raise


def see(graph: Any, steps: int) -> Seen:
    """Call ``graph()`` and watch what it draws. It takes no input, so one call serves all cases.

    Raises:
        Mistake: the call fails.
    """
    try:
        return watch(graph, name="graph", once=True, read=partial(Seen, steps))
    except Mistake as mistake:
        hint = raised_hint(mistake)
        add_hints(mistake, [hint] if hint else [])
        raise
