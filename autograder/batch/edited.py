"""Keep a table that somebody edited by hand beside the new one, and say what was edited.

Copies of the last two tables that we wrote are kept in a separate folder. With both, the table that a killed command
left behind is not mistaken for an edited one.
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

#: The folder with copies of the tables as we wrote them.
_MEMORY = ".written"

#: How many differences are listed.
_SHOWN = 100

Table = dict[tuple[str, ...], dict[str, str]]


def set_aside(path: Path, kept: Path | None = None) -> list[str]:
    """Copy a table to a new name if somebody has edited its cells by hand.

    Args:
        path: the table.
        kept: the copy; by default a new name beside the table.

    Returns:
        Lines to print: where the copy is, and what was edited; none if nothing was.

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
    """Keep a copy of a table's new content, just before the table itself is written."""
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
    """The rows of a table by person, in whatever format a spreadsheet saved it."""
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
    """A cell as a message shows it: whole points without ``.0``."""
    return cell.removesuffix(".0") or "nothing"


def _plain(cell: str) -> str:
    """A cell without the differences that spreadsheets make themselves: the format of numbers, and spaces."""
    text = " ".join(cell.split()).removeprefix("'")
    try:
        return f"{float(text.replace(',', '.')):.6g}"
    except ValueError:
        return text
