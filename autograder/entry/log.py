"""What is printed in a container: what Otter prints there, and nothing that only staff may read.

Gradescope shows it to students where ``show_stdout`` is set.
"""

from typing import Any

from ..grading.otter_parts import light_otter
from ..grading.results import GradescopeResults

#: Keeps Gradescope from taking away the spaces that the logo begins with, as in Otter.
_INVISIBLE = chr(8207)


def log_of(results: GradescopeResults, config: dict[str, Any]) -> str:
    """Return the text to print.

    Args:
        results: what students may see of the results, sooner or later.
        config: the content of otter_config.json, whose ``logo``, ``print_score`` and ``print_summary`` decide.
    """
    parts = []
    if config.get("logo", True):
        parts.append(f"{_INVISIBLE}\n{_logo()}")
    if config.get("print_score", True):
        parts.append(score_line(results, config.get("points_possible")))
    if config.get("print_summary", True):
        parts.append("\n".join(["GRADING SUMMARY", *_table(results)]))
        parts.append(results.output or "")
    return "\n\n".join(part for part in parts if part)


def score_line(results: GradescopeResults, points_possible: float | None) -> str:
    """Return the line with all points, as Otter prints it; empty if no test has points."""
    scored = [test for test in results.tests if test.max_score is not None]
    if not scored:
        return ""
    total, possible = (sum(getattr(test, name) or 0 for test in scored) for name in ("score", "max_score"))
    if results.score is not None:
        total, possible = results.score, points_possible or possible
    percent = total / possible * 100 if possible else 0
    return f"Total Score: {total:.3f} / {possible:.3f} ({percent:.3f}%)"


def _table(results: GradescopeResults) -> list[str]:
    width = max((len(test.name) for test in results.tests), default=0)
    return [
        f"{test.name:{width}}  "
        + (f"{test.score:g} / {test.max_score:g}" if test.max_score is not None else "")
        + (test.status or "" if test.max_score is None else "")
        for test in results.tests
    ]


def _logo() -> str:
    with light_otter():
        from otter.version import LOGO_WITH_VERSION
    return str(LOGO_WITH_VERSION)
