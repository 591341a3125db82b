"""Calling a function while watching what it draws with matplotlib."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from ..student.recording import record
from ..wire.facts import Drawing
from .calls import Mistake, check_function, is_far, mistake_of, own_copy, quietly

T = TypeVar("T")


@dataclass(frozen=True)
class Watched:
    """What one call of a function gave, with what it drew."""

    returned: Any
    drawings: list[Drawing] = field(default_factory=list)
    """One for each pair of axes that something was drawn into, each time that it was shown or saved, and at the end."""


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
        function: what the student's notebook holds under the name; ``None`` if there is none.
        *arguments: positional arguments. Arrays are handed on as copies.
        name: its name, for the messages.
        once: whether one call is enough for all cases that say so, with the same arguments. Across the wall these share
            one answer, unless the call failed in a process that had answered others before.
        read: makes of the answer what the case needs; also done once for all of them.
        hints: what to add to the message about an error, by the name of its type.

    Raises:
        Mistake: there is no such function, or it raised an error of any kind.
    """
    check_function(function, name)
    try:
        if is_far(function):
            found: T = function.watch(arguments, once, lambda returned, drawings: read(Watched(returned, drawings)))
            return found
        return read(Watched(*quietly(record, partial(function, *map(own_copy, arguments)))))
    except (KeyboardInterrupt, Mistake):  # the person at the keyboard; what ``read`` finds
        raise
    except BaseException as error:  # SystemExit is the student's, too
        raise mistake_of(error, name, True, hints or {}) from None
