"""items.csv: one row for each test case, for a spreadsheet."""

import csv
import io
from collections.abc import Iterable

from ..grading.quoting import harmless
from ..grading.results import OUTCOMES
from .items import Item

_COLUMNS = (
    "question",
    "case",
    "hidden",
    "points",
    *OUTCOMES,
    "difficulty",
    "discrimination",
    "most frequent message",
    "submissions with it",
)


def items_table(items: Iterable[Item]) -> str:
    """Return the statistics of the test cases as CSV. An undefined value is an empty cell."""
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(_COLUMNS)
    for item in items:
        message = item.messages[0] if item.messages else None
        row = [
            item.question,
            item.name,
            "yes" if item.hidden else "no",
            item.points,
            *item.counts.values(),
            round(item.difficulty, 4),
            "" if item.discrimination is None else round(item.discrimination, 4),
            message.text if message else "",
            len(message.members) if message else "",
        ]
        table.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return stream.getvalue()
