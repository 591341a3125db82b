"""The messages that students read."""

import traceback
from itertools import groupby
from operator import itemgetter

from ..checking.calls import FarError
from ..checking.explaining import ended, sentences, spelled
from ..checking.in_notebook import unreadable
from ..sandbox.places import Places
from ..sandbox.text import clean
from ..wire import schema
from ..wire.failures import Failure
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
    return unreadable(type(error).__name__)


def own_error(error: BaseException) -> str:
    """The error of a test case itself, for its author only; empty if the error says what is wrong with an answer.

    The lines are those of the test file that led to it. Otter's call and ours come before them.
    """
    if type(error).__name__ == MISTAKE or isinstance(error, FarError):
        return ""
    steps = traceback.extract_tb(error.__traceback__)[2:]
    lines = [f"\n    in {step.name}: {step.line}" for step in steps if step.filename == steps[0].filename]
    return f"{type(error).__name__}: {str(error)[:300]}{''.join(lines)}"


#: How many failed statements a student reads about, and how many characters in all.
_FAILURES, _OF_FAILURES = 20, 8000


def describe_failures(cells: list[schema.Cell], places: Places) -> str:
    """Return a text that tells the student which statements failed; empty if none did."""
    found = [(cell.number, failure) for cell in cells for failure in [None] * cell.ended + list(cell.failures)]
    if not found:
        return ""
    shown: list[str] = []
    for number, failure in found[:_FAILURES]:
        text = _failed(number, failure, places)
        if sum(map(len, shown)) + len(text) > _OF_FAILURES:
            break
        shown.append(text)
    more = [f"... and {len(found) - len(shown)} more."] if len(found) > len(shown) else []
    head = "These statements failed when the submission was run. The statements after them ran as usual:"
    if any(failure is None for _, failure in found):
        head = "What failed, or ended early, when the submission was run:"
    return "\n\n".join([head, *shown, *more])


def _failed(number: int, failure: Failure | None, places: Places) -> str:
    """Describe a statement that failed: where, why, its line, and what that means. With None, it ended the run."""
    if failure is None:
        return f"{places.label(number)} ended the run with exit(). The cells after it were not run."
    if not failure.kind:
        return f"{places.name(number)} was left out: {clean(failure.text)}"
    trouble = places.trouble(failure)
    first = trouble.steps[0] if trouble.steps else None
    where = f", line {first.line}" if first and failure.trace[0].cell == number else ""
    text = f": {trouble.text}" if trouble.text else ""
    lines = [ended(f"{places.name(number)}{where}: {trouble.kind}{text}")]
    if len(trouble.steps) == 1 and where:
        lines += trouble.steps[0].code()
    else:
        lines += spelled(trouble.steps)
    said = sentences(trouble, {}, {})
    return "\n".join([*lines, *([f"    {said}"] if said else [])])


#: How many characters of printed output a student sees from one cell or call, and in total.
_SHOWN, _SHOWN_IN_ALL = 600, 4000


def printed_output(printed: list[tuple[str, str]]) -> list[PrintedText]:
    """Return the printed output that a student may read, with its places. Long texts and long lists are cut.

    Consecutive output in the same place becomes one text.

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
