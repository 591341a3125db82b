"""The tools for test cases of any assignment: calling functions, ``Mistake``, drawings.

The tools that a test case uses are copied into the test files of the zips, so that a public case runs in a student's
notebook exactly as it runs here. These tools need only numpy and matplotlib, and from this package only the student's
side and the wire.
"""

from ..wire.facts import Box, Curve, Drawing, Line, Marker, Point, Sight, Text
from ..wire.holder import Holder
from .arrays import entries_of, holds_text, number_of, spell_shape
from .calls import OWN_TYPE, Answer, Call, Foreign, Mistake, ask, call, check_function, kind_of, of_type
from .drawings import Watched, watch
from .marks import Mark, Parts, cross, frame, gap, hole, ring
from .settings import constant

__all__ = [
    "OWN_TYPE",
    "Answer",
    "Box",
    "Call",
    "Curve",
    "Drawing",
    "Foreign",
    "Holder",
    "Line",
    "Mark",
    "Marker",
    "Mistake",
    "Parts",
    "Point",
    "Sight",
    "Text",
    "Watched",
    "ask",
    "call",
    "check_function",
    "constant",
    "cross",
    "entries_of",
    "frame",
    "gap",
    "holds_text",
    "hole",
    "kind_of",
    "number_of",
    "of_type",
    "ring",
    "spell_shape",
    "watch",
]
