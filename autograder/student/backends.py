"""Matplotlib behind the wall: every backend is Agg, and matplotlib sets all text itself, without TeX."""

from typing import Any

import matplotlib
from matplotlib import pyplot
from matplotlib.text import Text


def only_agg() -> None:
    """From now on, choosing a backend has no effect, and ``usetex`` is off in every text."""
    usetex = Text.set_usetex

    def set_usetex(text: Text, wanted: Any) -> None:
        usetex(text, False)

    matplotlib.use = pyplot.switch_backend = _stay
    Text.set_usetex = set_usetex  # type: ignore[method-assign, assignment]
    Text.get_usetex = _off  # type: ignore[method-assign, assignment]


def _stay(*_: object, **__: object) -> None:
    """Keep Agg, the backend with which this process was started."""


def usetex_is_set() -> bool:
    """Whether the student's code asked for TeX."""
    return bool(dict.get(matplotlib.rcParams, "text.usetex", False))


def _off(text: Text) -> bool:
    return False
