"""The messages that students read."""

from itertools import groupby
from operator import itemgetter

from ..checking.calls import FarError
from ..sandbox.text import clean
from ..wire import schema
from .seen import PrintedText

PASSED = "✅ Test case passed"
FAILED = "❌ Test case failed"

#: Name of the exception that test cases raise; see ``autograder.checking.calls.Mistake``.
MISTAKE = "Mistake"


def case_message(error: BaseException) -> str:
    """Turn what a test case raised into the message for the student.

    Cases raise ``Mistake`` with a message for the student. Any other exception means that the case failed on a very
    odd answer. Its text could reveal what the case does, so it is left out.
    """
    if type(error).__name__ == MISTAKE:
        return clean(str(error))
    if isinstance(error, FarError):
        return f"A function raised {error.kind}." if error.kind else f"A function did not return: {error}."
    kind = type(error).__name__
    return f"Your answer could not be checked: reading it raised {kind}. Check its type against the handout."


def describe_failures(cells: list[schema.Cell]) -> str:
    """Return a few lines that tell the student which statements failed; empty if none did."""
    lines = []
    for cell in cells:
        if cell.ended:
            lines.append(f"Cell {cell.number} ended the run with exit(). The cells after it were not run.")
        for failure in cell.failures:
            if not failure.kind:
                lines.append(f"Cell {cell.number} was left out: {failure.text}")
                continue
            where = f", line {failure.line}" if failure.line else ""
            text = clean(failure.text)
            lines.append(f"Cell {cell.number}{where}: {clean(failure.kind)}" + (f": {text}" if text else ""))
    if not lines:
        return ""
    more = [f"... and {len(lines) - 20} more."] if len(lines) > 20 else []
    return "\n".join(
        [
            "These statements failed when the submission was run. The statements after them ran as usual:",
            *lines[:20],
            *more,
        ]
    )


#: How many characters of printed output a student sees from one cell or call, and in total.
_SHOWN, _SHOWN_IN_ALL = 600, 4000


def printed_output(printed: list[tuple[str, str]]) -> list[PrintedText]:
    """Return what a student may read of what was printed, and where; long texts and long lists are cut.

    What was printed one after the other in the same place is one text.

    Args:
        printed: pairs of a place, such as ``Cell 3``, and a text.
    """
    parts, length = [], 0
    for place, texts in groupby(printed, key=itemgetter(0)):
        shown = clean("".join(text for _, text in texts)).rstrip()
        if not shown.strip():
            continue
        if length + min(len(shown), _SHOWN) > _SHOWN_IN_ALL:
            parts.append(PrintedText("Further cells", "... (left out here)"))
            break
        parts.append(PrintedText(place, shown[:_SHOWN], max(0, len(shown) - _SHOWN)))
        length += len(parts[-1].text)
    return parts
