"""What one call of ``graph()`` returned and drew, read for the test cases of exercise 5."""

from functools import cached_property, partial
from typing import Any

from autograder.checking import Watched, watch

from .layout import Expected, picture_of
from .placing import Picture, known_names, understand
from .words import HINTS


class Seen:
    """The returned graph and the drawing. Each is read once, and all cases share it."""

    def __init__(self, steps: int, watched: Watched) -> None:
        self.steps, self.answer, self.drawings = steps, watched.returned, watched.drawings

    @cached_property
    def expected(self) -> Expected:
        """The part of the network that the drawing must show."""
        return Expected(self.answer, self.steps)

    @cached_property
    def understood(self) -> Picture | None:
        """The drawing, or None if no part of the network can be found in it."""
        return understand(self.drawings, self.steps, known_names(self.answer))

    @property
    def picture(self) -> Picture:
        """The drawing.

        Raises:
            Mistake: nothing was drawn, or no part of the drawing could be read.
        """
        return picture_of(self.drawings, self.understood)


def see(graph: Any, steps: int) -> Seen:
    """Call ``graph()`` and watch what it draws. It takes no input, so one call serves all cases.

    Raises:
        Mistake: the call fails.
    """
    return watch(graph, name="graph", once=True, read=partial(Seen, steps), hints=HINTS)
