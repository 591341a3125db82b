"""Where the cells of a script begin: the markers of Jupyter, VS Code, Spyder and others, and lines of cell magics.

A line inside a string is never a marker, and neither is a line inside a function or a block.
"""

import ast
import re
from dataclasses import dataclass, field

from .parsing import Parser

#: ``# %%``, ``#%%title``, ``# In[3]:``, ``# <codecell>``
_MARKER = re.compile(r"#[ \t]*(?:%%|<(?:code|markdown|raw)cell>|In ?\[[\s\d*]*\]:?[ \t]*$)")
_TEXT = re.compile(r"#[ \t]*(?:%%.*\[(?:markdown|md|raw)\]|<(?:markdown|raw)cell>)")
_CELL_MAGIC = re.compile(r"%%[A-Za-z!]\w*")
_FUTURE = re.compile(r"from[ \t]+__future__[ \t]+import\b")
_GOES_ON = re.compile(r"[ \t]|(?:else|elif|except|finally)\b|[)\]}]")

#: Magics that jupytext comments out below the marker of a cell. Such cells are not Python.
_COMMENTED = re.compile(r"# (%%(?:writefile|file|bash|sh|html|javascript|js|latex|svg|script|cmd)\b.*)")
#: Cell magics that run their cell unchanged, so they can be left out.
_TRANSPARENT = re.compile(r"%%(?:time|capture|prun|memit|mprun|lprun|scalene|python3?|pypy|wandb|snakeviz)\b")

#: What begins outside of a string, and what is an escape or may end a string that began with these quotes.
_OUTSIDE = re.compile(r"""#|'{3}|"{3}|['"]""")
_INSIDE = {quote: re.compile(rf"\\.|{quote}") for quote in ("'", '"', "'''", '"""')}

#: The most cells to join; a script with more of them is taken as one cell.
_MOST_MENDED = 50
#: The most lines of a docstring to consider. After a longer one, a new cell does no harm.
_LONGEST_HEAD = 100


@dataclass
class _Cell:
    lines: list[str] = field(default_factory=list)
    text: bool = False
    """Whether the marker says that the cell is not code."""
    raw: bool = False
    """Whether it begins with a cell magic, so it may not be Python."""


def split(text: str) -> list[str]:
    """Split a script into its cells. A script without markers is one cell."""
    lines = text.split("\n")
    inside = _inside_strings(lines)
    markers = _markers(lines, inside)
    cells = [_Cell()]
    parser = Parser()
    for number, line in enumerate(lines):
        cell = cells[-1]
        if number in markers:
            match = _COMMENTED.match(line)
            if match and number - 1 in markers:
                cells[-1] = _Cell([match[1]], raw=True)
            else:
                cells.append(_Cell(text=_TEXT.match(line) is not None))
        elif inside[number] or (cell.raw and (markers or line.strip())):
            cell.lines.append(line)
        elif _CELL_MAGIC.match(line):
            _begin_magic(cells, line, bool(markers), parser)
        elif cell.raw:
            cells.append(_Cell())
        elif _FUTURE.match(line) and not _may_stand_above(cell.lines, parser):
            cells.append(_Cell([line]))
        else:
            cell.lines.append(line)
    found = ["\n".join(cell.lines) for cell in cells if _has_code(cell, parser)]
    if len(found) < 2:
        return found or [text]
    found = [cell.strip("\n") for cell in found]
    return found if any(cell.raw for cell in cells) else _mended(text, found, parser)


def _markers(lines: list[str], inside: list[bool]) -> set[int]:
    """The numbers of the lines that are markers."""
    found = set()
    below = ""  # the next line of code
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if not inside[number] and _MARKER.match(line) and not _GOES_ON.match(below):
            found.add(number)
        elif line.strip() and not line.lstrip().startswith("#"):
            below = line
    return found


def _begin_magic(cells: list[_Cell], line: str, marked: bool, parser: Parser) -> None:
    """Start a new cell at a line with a cell magic, which only works in the first line of a cell."""
    if not marked and _TRANSPARENT.match(line):
        return  # nothing shows where its cell ended
    if _has_code(cells[-1], parser):
        cells.append(_Cell([line], raw=True))
    else:
        cells[-1] = _Cell([line], raw=True)


def _has_code(cell: _Cell, parser: Parser) -> bool:
    if not any(line.strip() and not line.lstrip().startswith("#") for line in cell.lines):
        return False
    if not cell.text:
        return True
    tree = parser.parsed("\n".join(cell.lines))  # code below the marker of a text cell is still code
    return tree is not None and not all(
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) for node in tree.body
    )


def _may_stand_above(lines: list[str], parser: Parser) -> bool:
    """Whether an import from ``__future__`` may follow: only a docstring or another such import comes before it."""
    if len(lines) > _LONGEST_HEAD:
        return False
    code = [line for line in lines if line.strip() and not line.startswith("#")]
    if not code or _FUTURE.match(code[-1]):
        return True
    tree = parser.parsed("\n".join(code))
    return tree is not None and all(
        (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        or (isinstance(node, ast.ImportFrom) and node.module == "__future__")
        for node in tree.body
    )


def _mended(text: str, cells: list[str], parser: Parser) -> list[str]:
    """Join cells that belong together: if the whole script is valid Python, each cell must be, too."""
    if parser.parsed(text) is None:
        return cells
    mended: list[str] = []
    broken, times = False, 0
    for cell in cells:
        if broken:
            mended[-1] += "\n" + cell
            times += 1
        else:
            mended.append(cell)
        broken = parser.parsed(mended[-1]) is None
        if times > _MOST_MENDED or parser.tired:
            return [text]
    return mended


def _inside_strings(lines: list[str]) -> list[bool]:
    """For each line, whether it begins inside a string of several lines."""
    found = []
    quote = ""
    for line in lines:
        found.append(bool(quote))
        if quote or not re.match(r"\s*(?:!|%%?[A-Za-z])", line):
            quote = _quote_after(line, quote)
    return found


def _quote_after(line: str, quote: str) -> str:
    """The quotes of the string that is still open at the end of a line, given those open at its start."""
    position = 0
    while found := (_INSIDE[quote] if quote else _OUTSIDE).search(line, position):
        position = found.end()
        if not quote and found[0] == "#":
            return ""
        if not quote:
            quote = found[0]
        elif found[0] == quote:
            quote = ""
    return quote if len(quote) == 3 else ""
