"""What ``autograder build`` shows in a terminal."""

import io

from rich.console import Console

from autograder.entry.building import steps

LONG = "Writing autograder.zip: all test cases, the reference solution, the grader"


def test_times_are_whole_on_80_columns() -> None:
    """A long step takes two lines rather than cutting its time or its words. Each step that is done has a tick."""
    screen = io.StringIO()
    with steps(Console(file=screen, force_terminal=True, width=80, color_system=None)) as step:
        step("Reading settings and sources")
        step(LONG)
    shown = screen.getvalue()
    last = shown[shown.rindex("Reading settings") - 12 :]
    assert last.count("✓ 0:00:00 ") == 2
    assert " ".join(last.split()).count("the reference solution, the grader") == 1
    assert "…" not in shown
