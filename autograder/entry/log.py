"""What is printed in a container: what Otter prints there, and nothing that only staff may read.

Gradescope shows it to students if ``show_stdout`` is set.
"""

from collections.abc import Mapping
from typing import Any

from ..grading.changes import scaled
from ..grading.gradescope import SCALE
from ..grading.otter_parts import light_otter
from ..grading.results import Graded

#: Keeps Gradescope from removing the spaces at the beginning of the logo, as in Otter.
_INVISIBLE = chr(8207)


def log_of(graded: Graded, config: dict[str, Any]) -> str:
    """Return the text to print.

    Args:
        graded: the results; what only staff may read is left out.
        config: the content of otter_config.json; we use its ``logo``, ``print_score`` and ``print_summary``.
    """
    parts = []
    if config.get("logo", True):
        parts.append(f"{_INVISIBLE}\n{_logo()}")
    if config.get("print_score", True):
        scale = {key: config[key] for key in SCALE if config.get(key) is not None}
        parts.append(score_line(graded, scale))
    if config.get("print_summary", True):
        parts.append("\n".join(["GRADING SUMMARY", *_table(graded)]))
        parts.append(graded.told)
    return "\n\n".join(part for part in parts if part)


def score_line(graded: Graded, scale: Mapping[str, float]) -> str:
    """Return the line with all points, as Otter prints it; empty if there are no test cases.

    Args:
        graded: the results.
        scale: ``points_possible`` and ``score_threshold``, if they are set.
    """
    if not graded.cases:
        return ""
    possible = sum(graded.possible.values())
    total = scaled(graded.total, possible, scale)
    if total is None:
        total = graded.total
    else:
        possible = scale.get("points_possible") or possible
    percent = total / possible * 100 if possible else 0
    return f"Total Score: {total:.3f} / {possible:.3f} ({percent:.3f}%)"


def _table(graded: Graded) -> list[str]:
    possible, points = graded.possible, graded.points
    width = max(map(len, possible), default=0)
    return [f"{name:{width}}  {points[name]:g} / {possible[name]:g}" for name in possible]


def _logo() -> str:
    with light_otter():
        from otter.version import LOGO_WITH_VERSION
    return str(LOGO_WITH_VERSION)
