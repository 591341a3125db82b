"""Which coordinate axes, grids and frames are so unusual that they may cover something."""

from collections.abc import Iterator
from numbers import Real
from typing import Any

import matplotlib as mpl
from matplotlib.axis import Axis
from matplotlib.spines import Spine

#: A line that is wider than this may cover something, and so may larger letters and symbols. In points.
_TOO_WIDE, _TOO_LARGE = 5.0, 40.0
#: Matplotlib draws ticks and frames here at the highest, which is below names.
_FRAME_HEIGHT = 2.5
#: Settings for widths.
_WIDTH_SETTINGS = (
    "grid.linewidth", "grid.major.linewidth", "grid.minor.linewidth",
    "xtick.major.width", "xtick.minor.width", "ytick.major.width", "ytick.minor.width",
)  # fmt: skip


def is_frame(artist: Any) -> bool:
    """Whether an artist belongs to the frame of axes: a coordinate axis with its ticks and grid, or a side."""
    return isinstance(artist, (Axis, Spine))


def may_cover(frame: Any) -> bool:
    """Whether a part of a frame may cover something.

    Ordinary ones have thin lines and are drawn below names. Ticks that nobody has asked for yet are not made here, as
    that is slow.
    """
    if not frame.get_visible():
        return False
    if isinstance(frame, Spine):
        filled = frame.get_fill() and frame.get_facecolor()[3] > 0
        return filled or frame.get_hatch() is not None or _is_striking(frame)
    widths = [mpl.rcParams.get(name) for name in _WIDTH_SETTINGS]
    widths += [
        kw.get(name) for kw in (frame._major_tick_kw, frame._minor_tick_kw) for name in ("grid_linewidth", "width")
    ]
    return (
        frame.get_zorder() > _FRAME_HEIGHT
        or any(_exceeds(width, _TOO_WIDE) for width in widths)
        or any(_is_striking(part) for part in (frame.label, frame.offsetText, *_parts_of_ticks(frame)))
    )


def _parts_of_ticks(axis: Any) -> Iterator[Any]:
    """The lines and texts of the ticks that an axis has made so far."""
    for name in ("majorTicks", "minorTicks"):
        for tick in vars(axis).get(name, ()):
            yield from (tick.gridline, tick.tick1line, tick.tick2line, tick.label1, tick.label2)


def _is_striking(part: Any) -> bool:
    """Whether a line is wide, or a text is large or has a box."""
    sizes = [getattr(part, name)() for name in ("get_markersize", "get_fontsize") if hasattr(part, name)]
    widths = [getattr(part, name)() for name in ("get_linewidth", "get_markeredgewidth") if hasattr(part, name)]
    widths += [getattr(effect, "_gc", {}).get("linewidth") for effect in part.get_path_effects() or ()]
    boxed = hasattr(part, "get_bbox_patch") and part.get_bbox_patch() is not None
    return (
        boxed
        or any(_exceeds(size, _TOO_LARGE) for size in sizes)
        or any(_exceeds(width, _TOO_WIDE) for width in widths)
    )  # fmt: skip


def _exceeds(value: Any, limit: float) -> bool:
    return isinstance(value, Real) and bool(value > limit)  # type: ignore[operator]
