"""A table that somebody edited by hand: kept beside the new one, with the differences in words.

What was written is remembered in a folder of its own: the last table and the one before, so that a command that is
killed between two steps mistakes nothing for an edit.
"""

import csv
import os
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from ..errors import AutograderError, our_fault
from ..grading.files import write_file
from ..grading.sheets import rows_of
from ..sandbox.text import clean

#: The folder in which tables are remembered as they were written.
_MEMORY = ".written"

#: How many differences are said.
_SHOWN = 100

Table = dict[tuple[str, ...], dict[str, str]]


def set_aside(path: Path, kept: Path | None = None) -> list[str]:
    """Copy a table that was edited by hand to a name of its own, unless nothing in its cells has changed.

    Args:
        path: the table.
        kept: the copy; by default a new name beside the table.

    Returns:
        What to say: where it is now, and what was edited; nothing if it was not.

    Raises:
        AutograderError: it cannot be read or copied.
    """
    try:
        content = path.read_bytes() if path.exists() else b""
        known = [memory.read_bytes() for memory in _memories(path) if memory.exists()]
        if not content or content in known:
            return []
        differences = list(_differences(_table(known[0]), _table(content))) if known else []
        if known and not differences:
            return []
        kept = kept or _free(path)
        write_file(kept, content)
    except OSError as error:
        raise AutograderError(f"cannot keep {path}, which was edited by hand: {our_fault(error)}") from error
    except csv.Error as error:
        raise AutograderError(
            f"cannot read {path}, which was edited by hand: {error}; correct it or move it"
        ) from error
    if not known:
        return [f"{path.name} is from an older version, or was written by somebody else; it is kept as {kept.name}"]
    more = [f"    ... and {len(differences) - _SHOWN} more"] if len(differences) > _SHOWN else []
    return [
        f"{path.name} was edited by hand. It is kept as {kept.name}; put what should count into overrides.csv:",
        *(f"    {clean(line)}" for line in differences[:_SHOWN]), *more,
    ]  # fmt: skip


def remember(path: Path, content: bytes) -> None:
    """Note what is going to be written to a table, before it is."""
    now, before = _memories(path)
    now.parent.mkdir(exist_ok=True)
    if now.exists():
        os.replace(now, before)
    write_file(now, content)


def _memories(path: Path) -> tuple[Path, Path]:
    folder = path.parent / _MEMORY
    return folder / path.name, folder / f"{path.stem}-before{path.suffix}"


def _free(path: Path) -> Path:
    """A name beside the table that is not in use."""
    number = 1
    while (found := path.with_name(f"{path.stem}.edited-{number}{path.suffix}")).exists():
        number += 1
    return found


def _table(content: bytes) -> Table:
    """The rows of a table by person, however a spreadsheet has saved it."""
    head, *rows = rows_of(content) or [[]]
    found: Table = {}
    for row in filter(None, rows):
        cells = dict(zip_longest(head, row[: len(head)], fillvalue=""))
        who = tuple(_plain(cells.get(name, "")) for name in ("file", "student", "id", "email"))
        number = 2
        while who in found:
            who, number = (*who[:4], str(number)), number + 1
        found[who] = cells
    return found


def _differences(old: Table, new: Table) -> Iterator[str]:
    for who, row in old.items():
        name = row.get("student") or row.get("id") or row.get("file") or "a row"
        if who not in new:
            yield f"{name}: the row was removed"
            continue
        for column in dict.fromkeys([*row, *new[who]]):
            before, after = row.get(column, ""), new[who].get(column, "")
            if _plain(before) != _plain(after):
                yield f"{name}, {column}: {_told(after)} instead of {_told(before)}"
    for who, row in new.items():
        if who not in old:
            yield f"{row.get('student') or row.get('id') or row.get('file') or 'a row'}: the row was added"


def _told(cell: str) -> str:
    """A cell as a message says it: whole points without the zero behind the point."""
    return cell.removesuffix(".0") or "nothing"


def _plain(cell: str) -> str:
    """A cell without what spreadsheets change by themselves: how numbers are written, and spaces."""
    text = " ".join(cell.split()).removeprefix("'")
    try:
        return f"{float(text.replace(',', '.')):.6g}"
    except ValueError:
        return text
