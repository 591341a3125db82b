"""What was seen while a submission ran: the parts of its results that are not marks."""

import msgspec


class CellRun(msgspec.Struct, frozen=True):
    """The result of one code cell."""

    number: int
    output: str = ""
    error: str | None = None
    line: int | None = None
    """The line of the cell that the error came from."""
    ended: bool = False
    """Whether it ended the run with ``exit()``."""
    given: bool = False
    """Whether it is a cell of the handout that the student has not changed."""


class PrintedText(msgspec.Struct, frozen=True):
    """The output printed in one place, as far as a student may read it."""

    place: str
    text: str
    more: int = 0
    """How many characters were left out."""


class Thumbnail(msgspec.Struct, frozen=True):
    """A drawing as the grader read it, in pixels with y pointing up: enough for a small picture."""

    markers: list[tuple[float, float, float, float, bool]] = []
    """Boxes (x0, y0, x1, y1), each followed by whether it is round."""
    texts: list[tuple[str, float, float, float, float]] = []
    lines: list[tuple[bool, list[tuple[float, float]]]] = []
    """For each line: whether it has an arrowhead at its last point, and the points."""


class RunFacts(msgspec.Struct, frozen=True, kw_only=True):
    """How a submission was run, for staff and for programs."""

    digest: str = ""
    """Changes with the content of what was run."""
    confined: list[str] = []
    """What kept its code away from everything else."""
    limits: list[str] = []
    """Limits that it exceeded."""
    processor_seconds: float = 0.0


def describe_printed(printed: list[PrintedText]) -> str:
    """Return a text that shows the student what was printed, and where; empty if nothing was printed."""
    return "\n\n".join(
        f"{one.place} printed:\n{one.text}" + (f" ... ({one.more} more characters)" if one.more else "")
        for one in printed
    )
