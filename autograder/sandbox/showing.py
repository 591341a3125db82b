"""Asking the copy that drew for the pixels of its figures."""

from ..wire.facts import Drawing
from ..wire.pixels import Pixels
from .clocks import Clock
from .copies import Copy
from .endings import TROUBLE
from .session import Session

#: How long a copy may take to render a picture.
_PICTURE_SECONDS = 5.0


class LastDrawn:
    """The drawings of the last watched call. Only its figures are available: the copy forgets earlier ones."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._copy: Copy | None = None
        self._drawings: list[Drawing] = []

    def note(self, drawings: list[Drawing]) -> None:
        """Note what the present copy has just drawn."""
        self._copy, self._drawings = self._session.copy, drawings

    def show(self, drawing: Drawing) -> Pixels | None:
        """The pixels of the figure that a drawing is part of; None if there are none for any reason.

        The time for it does not count against the submission, so no mark depends on a picture.
        """
        copy = self._copy
        if copy is None or copy is not self._session.copy or not any(drawing is one for one in self._drawings):
            return None
        try:
            return copy.show(drawing.figure, Clock(_PICTURE_SECONDS))
        except TROUBLE:
            self._session.end_copy()
            return None

    def beside(self, drawing: Drawing) -> list[Drawing]:
        """All drawings of the figure that a drawing is part of."""
        return [one for one in self._drawings if one.figure == drawing.figure]
