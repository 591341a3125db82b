"""Forks without the handlers of libraries.

Libraries register handlers that run at every fork, to renew their locks, seed generators or drop caches. A submission
is forked several times, and these handlers take longer and touch more memory than most test cases. So we keep the
handlers that are registered while libraries load, and call them once in each worker. A copy of a worker needs them
only if the student's code has started threads, because a thread may hold a lock at the moment of the fork.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress

_kept: list[Callable[[], object]] = []
_register = os.register_at_fork


def keep_handlers() -> None:
    """From now on, collect the handlers that libraries want to run in a child, instead of registering them."""

    def keep(*, after_in_child: Callable[[], object] | None = None, **_: object) -> None:
        if after_in_child is not None:
            _kept.append(after_in_child)

    os.register_at_fork = keep  # type: ignore[assignment]


def register_again() -> None:
    """From now on, register handlers as usual."""
    os.register_at_fork = _register


def run_handlers() -> None:
    """Call the collected handlers in a child that was just forked."""
    for handler in _kept:
        handler()


#: How often, and after how many seconds, a fork is tried again.
_TRIES, _PAUSE = 40, 0.1


def fork_patiently() -> int:
    """Fork. If the user has too many processes, which may be those of another submission, try again for a while.

    Raises:
        OSError: there is no room for another process, even after four seconds.
    """
    for _ in range(_TRIES):
        with suppress(BlockingIOError):
            return os.fork()
        time.sleep(_PAUSE)
    return os.fork()


def close_fonts() -> None:
    """Make matplotlib forget its open font files, so that it opens them again.

    Processes that share an open file also share the position in it, and each would move it for the others. And if a
    file was closed behind matplotlib's back, matplotlib might later close another file that has the same number.
    """
    from matplotlib import font_manager
    from matplotlib.mathtext import MathTextParser

    with suppress(AttributeError):  # private names of matplotlib; it calls one of them itself after a fork
        MathTextParser._parse_cached.cache_clear()  # type: ignore[attr-defined]
    with suppress(AttributeError):
        font_manager._get_font.cache_clear()  # type: ignore[attr-defined]
