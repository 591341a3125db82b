"""Codes that stand for submissions in packets and tables, so that graders do not see names."""

import csv
import io
import random
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..errors import AutograderError, our_fault
from ..grading.files import write_file
from ..grading.people import Entry
from ..grading.quoting import harmless
from ..grading.sheets import rows_of

#: The file that says whose code is whose. Graders do not get it.
CODES_FILE = "written-codes.csv"
_HEADINGS = ("code", "student", "id", "email", "file")


def read_codes(folder: Path) -> dict[str, str]:
    """The codes of an earlier run, by the submission's file; empty if there are none.

    Raises:
        AutograderError: the file is damaged.
    """
    path = folder / CODES_FILE
    try:
        rows = rows_of(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, csv.Error) as error:
        raise AutograderError(f"cannot read {path}: {error}") from error
    if not rows or tuple(rows[0]) != _HEADINGS:
        raise AutograderError(f"{path} is not the table of codes: its first line must be {','.join(_HEADINGS)}")
    codes = {row[-1].removeprefix("'"): row[0] for row in rows[1:] if len(row) == len(_HEADINGS)}
    if len(set(codes.values())) < len(codes):
        raise AutograderError(f"{path} has the same code in two rows: restore an earlier copy of the file")
    return codes


def with_codes(labels: Iterable[str], before: Mapping[str, str], seed: str) -> dict[str, str]:
    """Give each submission a code. Those that have one keep it; the others follow, in random order.

    Args:
        labels: what the submissions are called.
        before: the codes of an earlier run.
        seed: decides the order.
    """
    new = sorted(set(labels) - set(before))
    random.Random(seed).shuffle(new)
    taken = [int(code[1:]) for code in before.values() if code[1:].isdecimal()]
    first = max(taken, default=0) + 1
    return dict(before) | {label: f"A{number:03d}" for number, label in enumerate(new, first)}


def write_codes(folder: Path, codes: Mapping[str, str], entries: Mapping[str, Entry]) -> None:
    """Write the file that says whose code is whose.

    Raises:
        AutograderError: it cannot be written.
    """
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(_HEADINGS)
    for label, code in sorted(codes.items(), key=lambda item: item[1]):
        students = entries[label].students if label in entries else []
        who = [", ".join(getattr(student, key) for student in students) for key in ("name", "id", "email")]
        table.writerow([code, *map(harmless, [*who, label])])
    try:
        write_file(folder / CODES_FILE, b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise AutograderError(f"cannot write {folder / CODES_FILE}: {our_fault(error)}") from error
