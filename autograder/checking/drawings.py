"""Calling a function while watching what it draws with matplotlib."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from ..wire.facts import Drawing
from .calls import Mistake, check_function, is_far, mistake_of, own_copy, quietly

T = TypeVar("T")


@dataclass(frozen=True)
class Watched:
    """The result of one call of a function, with its drawings."""

    returned: Any
    drawings: list[Drawing] = field(default_factory=list)
    """One for each pair of axes with new contents, each time that the figure was shown or saved, and at the end."""
    broken: str = ""
    """The error that matplotlib raises when it draws a figure of this call; empty if there is none."""


def watch(
    function: Any,
    *arguments: Any,
    name: str,
    once: bool = False,
    read: Callable[[Watched], T] = lambda watched: watched,  # type: ignore[assignment, return-value]
    hints: Mapping[str, str] | None = None,
) -> T:
    """Call a function, and read the drawings that it makes.

    Args:
        function: the value of that name in the student's notebook; ``None`` if there is none.
        *arguments: positional arguments. Arrays are passed as copies.
        name: the function's name, for messages.
        once: whether all cases that set this, with the same arguments, can share one call. Across the wall they share
            its answer, unless the call failed in a process that had answered other cases before.
        read: turns the result into what the case needs. Cases that share a call share this as well.
        hints: text to add to the message about an error, by the name of the error's type.

    Raises:
        Mistake: there is no such function, or it raised an error of any kind.
    """
    check_function(function, name)
    try:
        if is_far(function):
            found: T = function.watch(arguments, once, lambda returned, drawings: read(_watched(returned, drawings)))
            return found
        from ..student.recording import record  # needs matplotlib, which takes longer to load than grading takes

        return read(_watched(*quietly(record, partial(function, *map(own_copy, arguments)))))
    except (KeyboardInterrupt, Mistake):  # from the person at the keyboard, and from ``read``
        raise
    except BaseException as error:  # SystemExit also comes from the student's code
        raise mistake_of(error, name, True, hints or {}) from None


def _watched(returned: Any, drawings: list[Drawing]) -> Watched:
    broken = next((drawing.broken for drawing in drawings if drawing.broken), "")
    return Watched(returned, [drawing for drawing in drawings if not drawing.broken], broken)
