"""Reads CSV files that people made or saved with a spreadsheet, in the usual encodings and with any separator."""

import csv
import io

from .kinds import kind_of

_SEPARATORS = ",;\t"


def rows_of(content: bytes) -> list[list[str]]:
    """Read the rows of a CSV file, empty ones included.

    The encoding is UTF-16 if the file is marked so, UTF-8 if it is valid, otherwise that of Windows in Western Europe.
    The separator is the one that occurs most often in the first line.

    Raises:
        csv.Error: it cannot be read, or it is a workbook or another kind of file.
    """
    if kind := kind_of(content):
        raise csv.Error(f"it is {kind.what}, not a CSV file; save it as CSV")
    text = _text(content)
    first = text.lstrip().split("\n", 1)[0].strip()
    if first.lower().startswith("sep=") and len(first) == 5:  # Excel's own way to name the separator
        text, separator = text.lstrip().split("\n", 1)[-1], first[-1]
    else:
        separator = max(_SEPARATORS, key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise csv.Error(f"{error}; is a quotation mark missing?") from error


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
