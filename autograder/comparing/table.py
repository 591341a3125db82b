"""The table of changes as CSV: a row for each person and each test case that differs."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..batch.graded import PersonMark
from ..errors import AutograderError, our_fault
from ..grading.files import write_file
from ..grading.quoting import harmless
from .classes import Comparison
from .differences import Compared, Difference

_COLUMNS = (
    *("student", "id", "email", "file", "question", "case", "points before", "points now", "outcome before"),
    *("outcome now", "message before", "message now", "total before", "total now", "remark"),
)

#: Spreadsheets read a file as UTF-8 only if it begins with this mark.
_MARK = b"\xef\xbb\xbf"


def write_changes(path: Path, comparison: Comparison) -> None:
    """Write the table. The old file stays until the new one is complete.

    Raises:
        AutograderError: it cannot be written.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in _rows(comparison):
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, _MARK + stream.getvalue().encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise AutograderError(f"cannot write {path}: {our_fault(error)}") from error


def _rows(comparison: Comparison) -> Iterator[Sequence[object]]:
    for one in comparison.people:
        totals = _shown(one.before.total), _shown(one.now.total)
        if one.status or (one.changed and not one.differences):
            before, now = one.status or ("", "")
            yield [*_who(one.now), "", "", *totals, before, now, "", "", *totals, _remark(one)]
        for difference in one.differences:
            yield [*_who(one.now), *_cells(difference), *totals, _remark(one, difference)]
    for mark in comparison.gone:
        yield [*_who(mark), *[""] * 8, _shown(mark.total), "", f"only in {comparison.before.folder}"]
    for mark in comparison.new:
        yield [*_who(mark), *[""] * 8, "", _shown(mark.total), f"only in {comparison.now.folder}"]


def _who(mark: PersonMark) -> list[str]:
    return [mark.student.name, mark.student.id, mark.student.email, mark.row.file]


def _cells(difference: Difference) -> list[object]:
    before, now = difference.before, difference.now
    return [
        difference.question, difference.case, _shown(before.points), _shown(now.points), before.outcome, now.outcome,
        before.message, now.message,
    ]  # fmt: skip


def _shown(points: float | None) -> object:
    return "" if points is None else points


def _remark(one: Compared, difference: Difference | None = None) -> str:
    parts = [f"kept, changed by hand: {difference.held}"] if difference and difference.held else []
    return "; ".join([*parts, *(["other work was graded"] if one.handed_anew else [])])
