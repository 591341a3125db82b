"""What one call of ``graph()`` returned and drew, read for the test cases of exercise 5."""

from dataclasses import replace
from functools import cached_property, partial
from itertools import combinations
from typing import Any

from autograder.checking import Watched, watch

from .layout import Expected, picture_of
from .network import Network, network_of
from .placing import Picture, understand
from .unfolded import check_is_graph, read_through
from .words import HINTS


class Seen:
    """The returned graph and the drawing. Each is read once, and all cases share it."""

    def __init__(self, steps: int, watched: Watched) -> None:
        self.steps, self.answer, self.drawings = steps, watched.returned, watched.drawings

    @cached_property
    def network(self) -> Network | None:
        """The returned graph as what it means, or None if it is no graph."""
        return network_of(self.answer, self.steps)

    @property
    def returned(self) -> Network:
        """The returned graph.

        Raises:
            Mistake: what was returned is no graph.
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
        return picture_of(self.drawings, self.understood)


def with_names_in_place(picture: Picture, expected: Expected) -> Picture:
    """Return a drawing whose lines join the right nodes, if that only takes the names of two to change places."""
    if _joins_all(picture, expected):
        return picture
    nodes = [name for name in expected.nodes if name in picture.nodes]
    for one, other in combinations(nodes, 2):
        new = {one: other, other: one}
        arrows = [(new.get(tail, tail), new.get(head, head), line) for tail, head, line in picture.arrows]
        places = {new.get(name, name): placed for name, placed in picture.nodes.items()}
        changed = replace(picture, nodes=places, arrows=arrows, swapped=(one, other))
        if _joins_all(changed, expected):
            return changed
    return picture


def _joins_all(picture: Picture, expected: Expected) -> bool:
    joined = {edge for tail, head, _ in picture.arrows for edge in ((tail, head), (head, tail))}
    return expected.edges.keys() <= read_through(joined)


def see(graph: Any, steps: int) -> Seen:
    """Call ``graph()`` and watch what it draws. It takes no input, so one call serves all cases.

    Raises:
        Mistake: the call fails.
    """
    return watch(graph, name="graph", once=True, read=partial(Seen, steps), hints=HINTS)
