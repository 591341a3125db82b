"""Forks without the handlers of libraries.

Libraries ask to be called at every fork, to make their locks anew, to seed generators, to drop caches. A submission is
forked several times, and these calls take longer and touch more memory than most test cases. So what asks while
libraries are loaded is kept here, and called in each worker once. Copies of a worker need it only where the student's
code has started threads, which may hold locks at the moment of the fork.
"""

import os
from collections.abc import Callable
from contextlib import suppress

_kept: list[Callable[[], object]] = []
_register = os.register_at_fork


def keep_handlers() -> None:
    """From now on keep the handlers that libraries register for a child, in place of registering any."""

    def keep(*, after_in_child: Callable[[], object] | None = None, **_: object) -> None:
        if after_in_child is not None:
            _kept.append(after_in_child)

    os.register_at_fork = keep  # type: ignore[assignment]


def register_again() -> None:
    """From now on handlers are registered as usual."""
    os.register_at_fork = _register


def run_handlers() -> None:
    """Call what was kept, in a child that was just forked."""
    for handler in _kept:
        handler()


def close_fonts() -> None:
    """Let matplotlib forget its open font files, so that it opens them anew.

    Processes that share an open file share the position in it, and each takes it for its own. And where a file was
    closed behind matplotlib's back, it would close something else under the same number one day.
    """
    from matplotlib import font_manager
    from matplotlib.mathtext import MathTextParser

    with suppress(AttributeError):  # names of matplotlib's own, one of which it calls after a fork itself
        MathTextParser._parse_cached.cache_clear()  # type: ignore[attr-defined]
    with suppress(AttributeError):
        font_manager._get_font.cache_clear()  # type: ignore[attr-defined]
