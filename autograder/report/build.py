"""Build the report: read records, analyse them, and write a page and a table."""

import os
from contextlib import suppress
from pathlib import Path

from ..errors import AutograderError
from .anonymity import without_names
from .items import analyse
from .page import render
from .reading import read_assignment, read_records
from .table import items_table

PAGE, TABLE = "report.html", "items.csv"


def write_report(folder: Path, anonymous: bool = False) -> list[Path]:
    """Write report.html and items.csv into a folder that ``autograder grade`` wrote.

    The same results give the same bytes. Nothing in the folder changes until both files are complete.

    Args:
        folder: the folder; it must contain ``results``.
        anonymous: whether to leave out names, IDs, addresses and file names of students.

    Returns:
        The paths of the page and the table.

    Raises:
        AutograderError: there are no results, some of them are damaged, or the folder cannot be written to.
    """
    records = read_records(folder)
    if anonymous:
        records = without_names(records)
    items = analyse([record.ours for record in records])
    page = render(records, items, read_assignment(folder), folder, anonymous)
    return _write({folder / PAGE: page, folder / TABLE: items_table(items)})


def _write(contents: dict[Path, str]) -> list[Path]:
    """Write all files under temporary names, then rename them when all are complete."""
    beside = {path: path.with_name(f".{path.name}.part") for path in contents}
    try:
        for path, content in contents.items():
            beside[path].write_text(content, encoding="utf-8", newline="\n")
        for path in contents:
            os.replace(beside[path], path)
    except OSError as error:
        raise AutograderError(
            f"cannot write {error.filename2 or error.filename or 'the report'}: {error.strerror or error}; "
            "what was there is unchanged. Free some space or make the folder writable, then run the command again"
        ) from error
    finally:
        for path in beside.values():
            with suppress(OSError):
                path.unlink(missing_ok=True)
    return list(contents)
