"""What only some systems have. Elsewhere (macOS, where submissions run unconfined if at all) it is done without."""

import ctypes
import sys
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LINUX = sys.platform == "linux"


def prctl(option: int, value: int = 0) -> None:
    """Set a property of this process, as far as the kernel knows it: https://man7.org/linux/man-pages/man2/prctl.2.html."""
    if LINUX:
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def with_room(function: Callable[[], T]) -> T:
    """Call a function with much room on the interpreter's own stack.

    CPython takes this stack from the system in pieces of 16 kB and gives a piece back when the call that needed it
    returns; a loop at an unlucky depth does both each time. Here one frame asks for so much that it gets a piece in
    which all later ones find room. What is not used of it takes no memory.
    """
    return function()


#: Entries of 8 bytes. The piece is the next power of two, so that nearly as much is left for others.
_ROOM = 70_000
with_room.__code__ = with_room.__code__.replace(co_stacksize=_ROOM)
