"""What the test cases of any assignment stand on: asking functions, ``Mistake``, drawings.

These modules need numpy and matplotlib only, and nothing of ours but the student's side and the wire. What a test case
uses of them is written into the test files of the zips, so that a public case runs in a student's notebook as it runs
here.
"""

from typing import TYPE_CHECKING, Any

from ..wire.facts import Box, Curve, Drawing, Line, Marker, Point, Text
from ..wire.holder import Holder
from .arrays import number_of, spell_shape
from .calls import Answer, Call, Foreign, Mistake, ask, call, check_function, kind_of
from .settings import constant

if TYPE_CHECKING:
    from .drawings import Watched, watch

__all__ = [
    "Answer",
    "Box",
    "Call",
    "Curve",
    "Drawing",
    "Foreign",
    "Holder",
    "Line",
    "Marker",
    "Mistake",
    "Point",
    "Text",
    "Watched",
    "ask",
    "call",
    "check_function",
    "constant",
    "kind_of",
    "number_of",
    "spell_shape",
    "watch",
]


def __getattr__(name: str) -> Any:
    """Load what needs matplotlib when somebody asks for it: that takes longer than grading a submission."""
    if name in {"Watched", "watch"}:
        from . import drawings

        return getattr(drawings, name)
    raise AttributeError(name)
