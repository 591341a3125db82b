r"""Tables in formulas: columns to the left and to the right, lines between them, and equations side by side.

Pandoc keeps only what a matrix has. We put the rest into a marked text in front of the first cell, and find that text
again in pandoc's output.
"""

import re
from dataclasses import dataclass, field

from .calls import group_end

#: The mark; students' texts have no such characters.
_MARK = "\ue011"

_TOKEN = re.compile(
    r"\\(?P<end>begin|end)\{(?P<name>[a-zA-Z]+)\*?\}|\\h(?:dash)?line(?![a-zA-Z])|\\\\|\\.|&", re.DOTALL
)
_PLACE = re.compile(r"\s*\[\w\]")
_AFTER = re.compile(r"[\s.,;:]*|\s*\\tag\*?\s*\{[^{}]*\}\s*|\s*\\label\s*\{[^{}]*\}\s*")
_ALIGNED = {"aligned", "alignedat", "split", "align", "alignat", "gathered"}

#: How many tables of one formula have columns and lines. The others are matrices.
_TABLES = 100

_FOUND = re.compile(rf'mat\(delim: "\|\|", upright\("{_MARK}([a-z]*):([\d ]*):([\d ]*)"\)')
_PART = re.compile(r'"(?:[^"\\]|\\.)*"|\\.|[(),;]', re.DOTALL)


@dataclass
class _Table:
    """An environment that is being read."""

    name: str
    start: int
    inner: int
    """Where its first cell begins."""
    columns: str = ""
    bars: list[int] = field(default_factory=list)
    rows: int = 0
    lines: list[tuple[int, int, int]] = field(default_factory=list)
    """Lines between rows: how many rows are above, where it begins, where it ends."""
    last_row: int = 0
    """Where the last row begins, right after the mark that ends the row before it."""
    cells: int = 1
    most: int = 1


def marked(tex: str) -> str:
    """Return a formula in which tables with columns of their own are matrices with a mark."""
    stack, changes = list[_Table](), list[tuple[int, int, str]]()
    for match in _TOKEN.finditer(tex):
        token, top = match[0], stack[-1] if stack else None
        if match["end"] == "begin":
            stack.append(_begun(tex, match))
        elif top and match["end"] == "end":
            stack.pop()
            if match["name"] == top.name and (top.columns or _is_inside(tex, top, match.end())):
                changes += _changes(top, tex, match.start(), match.end())
        elif top and token == "\\\\":
            top.rows, top.last_row, top.cells = top.rows + 1, match.end(), 1
        elif top and token == "&":
            top.cells += 1
            top.most = max(top.most, top.cells)
        elif top and "line" in token:
            top.lines.append((top.rows, match.start(), match.end()))
    for start, end, text in sorted(changes, reverse=True):
        tex = tex[:start] + text + tex[end:]
    return tex


def _begun(tex: str, match: re.Match[str]) -> _Table:
    table = _Table(match["name"], match.start(), match.end())
    if table.name in {"array", "alignedat"} | _ALIGNED and (place := _PLACE.match(tex, table.inner)):
        table.inner = place.end()
    if table.name in {"array", "alignedat"} and (end := group_end(tex, table.inner)):
        _read_columns(table, tex[table.inner : end] if table.name == "array" else "")
        table.inner = end
    return table


def _read_columns(table: _Table, given: str) -> None:
    plain = re.sub(r"[@!>]\s*\{(?:[^{}]|\{[^{}]*\})*\}", "", given)
    plain = re.sub(r"\*\s*\{(\d)\}\s*\{([^{}]*)\}", lambda match: match[2] * int(match[1]), plain)
    plain = re.sub(r"[pmb]\s*\{[^{}]*\}", "l", plain)
    for char in plain:
        if char in "lcr":
            table.columns += char
        elif char == "|" and len(table.columns) not in table.bars:
            table.bars.append(len(table.columns))


def _is_inside(tex: str, table: _Table, end: int) -> bool:
    """Whether there is more in the formula than these equations: then they must stay together."""
    if table.name not in _ALIGNED:
        return False
    rest = tex[end:]
    return bool(tex[: table.start].strip()) or _AFTER.fullmatch(rest) is None


def _changes(table: _Table, tex: str, last: int, end: int) -> list[tuple[int, int, str]]:
    columns = table.columns or ("c" if table.name == "gathered" else "rl" * ((table.most + 1) // 2))
    lines = sorted({row for row, _, _ in table.lines})
    code = f"{columns}{'' if table.columns else 'e'}:{_numbers(table.bars)}:{_numbers(lines)}"
    found = [(table.start, table.inner, rf"\begin{{smallmatrix}}\text{{{_MARK}{code}}} ")]
    found += [(start, stop, "") for _, start, stop in table.lines]
    if table.last_row and not re.sub(r"\\h(?:dash)?line", "", tex[table.last_row : last]).strip():
        found.append((table.last_row - 2, table.last_row, ""))
    return [*found, (last, end, r"\end{smallmatrix}")]


def _numbers(numbers: list[int]) -> str:
    return " ".join(map(str, numbers))


def placed(typst: str) -> str:
    """Return pandoc's output for a marked formula, with the columns and lines of its tables."""
    for match in list(_FOUND.finditer(typst))[:_TABLES][::-1]:  # inner tables first
        rows, end = _cells(typst, match.end())
        typst = typst[: match.start()] + _table(match[1], match[2], match[3], rows) + typst[end:]
    return re.sub(rf"{_MARK}[a-z]*:[\d ]*:[\d ]*", "", typst)


def _cells(typst: str, start: int) -> tuple[list[list[str]], int]:
    """The cells of a matrix from a given place on, row by row, and where the matrix ends."""
    rows, depth, begun = [list[str]()], 0, start
    for match in _PART.finditer(typst, start):
        part = match[0]
        if part == "(":
            depth += 1
        elif part == ")" and depth:
            depth -= 1
        elif part in {",", ";", ")"} and not depth:
            rows[-1].append(typst[begun : match.start()].strip())
            begun = match.end()
            if part == ")":
                return rows, begun
            if part == ";":
                rows.append([])
    return rows, len(typst)


def _table(columns: str, bars: str, lines: str, rows: list[list[str]]) -> str:
    equations, kinds = columns.endswith("e"), columns.removesuffix("e")
    head = "delim: #none"
    if equations:
        head += ", column-gap: #0pt, row-gap: #0.6em"
    if bars or lines:
        places = [
            f"{name}: ({', '.join(given.split())},)" for name, given in (("vline", bars), ("hline", lines)) if given
        ]
        head += f", augment: #({', '.join(places)})"
    found = []
    for row in rows:
        cells = [_cell(cell, kinds[place] if place < len(kinds) else "c", equations) for place, cell in enumerate(row)]
        found.append(", ".join(cells))
    return f"mat({head}, {'; '.join(found)})"


def _cell(cell: str, kind: str, equation: bool) -> str:
    shown = cell or "#none"
    if equation and cell:
        shown = f'display("" {cell})' if kind == "l" else f"display({cell})"
    return f"& {shown}" if kind == "l" else f"{shown} &" if kind == "r" else shown
