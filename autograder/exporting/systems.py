"""The tables that course systems accept, each as the system documents or reads it.

A column that the system fills is copied from its own list, so that it finds its people and its assignment again. Only
marks are written. A person without a mark is left out if an empty cell would delete one, as in Canvas.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ..batch.graded import PersonMark
from ..batch.roster import Sheet
from ..errors import AutograderError, Undecided
from ..grading.quoting import harmless
from .matching import MOST, Listed, Matched, participant_column
from .points import Counted

System = Literal["canvas", "moodle", "gradescope", "csv"]

#: The columns of Canvas and Moodle that our marks go into.
_CANVAS_COLUMN = re.compile(r".+\((\d+)\)\s*")
_GRADE = {"grade", "bewertung", "note", "nota", "calificación", "calificacion", "cijfer", "valutazione", "betyg"}


@dataclass
class Table:
    """A table to be written."""

    lines: list[list[str]]
    told: list[str] = field(default_factory=list)
    """What else to say."""


@dataclass(frozen=True)
class Out:
    """Everything that goes into a table."""

    sheet: Sheet
    matched: Matched
    counted: Counted
    column: str
    """The column that was named; empty if none was."""
    title: str
    """What the marks are called if the system has no column for them."""

    def people(self) -> Iterator[tuple[Listed, PersonMark | None, str]]:
        """Everybody on the list, with the mark (or None) and the total as text, empty if there is none."""
        for place, row in enumerate(self.matched.rows):
            mark = self.matched.mark_of.get(place)
            total = self.counted.total(mark) if mark else None
            yield row, mark, "" if total is None else shown(total)


def shown(points: float) -> str:
    """Points as every system reads them: with a point, and without needless zeros."""
    return f"{round(points, 5):.10g}"


def canvas(out: Out) -> Table:
    """Canvas's gradebook: the columns up to "Section", that of the assignment, and those who have a mark.

    Source: lib/gradebook_importer.rb in github.com/instructure/canvas-lms. An empty cell would delete a mark, and the
    row "Points Possible" would change the assignment if it differed from Canvas's own.
    """
    head = [cell.strip() for cell in out.sheet.head]
    if "Section" not in head or "ID" not in head or not {"Student", "LastName"} & set(head[:2]):
        raise AutograderError("the roster is not Canvas's gradebook (Student, ID, ..., Section): export it from Canvas")
    info = head.index("Section") + 1
    place, name = _canvas_column(out, head, info)
    possible = next((row for row, member in out.sheet.rows if not member and _is_possible(row)), [])
    theirs = _at(possible, place)
    if theirs:
        _check_most(out, [theirs], f"the points possible of {name!r}")
    first = [*(possible[:info] or ["    Points Possible"]), *[""] * (info - max(len(possible[:info]), 1))]
    lines, excused, replaced = [[*head[:info], name], [*first, theirs or shown(out.counted.most)]], [], []
    for row, _, total in out.people():
        old = _at(row.cells, place)
        if total and old.upper() == "EX":
            excused.append(row.name)
        elif total:
            lines.append([*(_at(row.cells, number, strip=False) for number in range(info)), total])
            replaced += [row.name] if old and _differs(old, total) else []
    told = _told("excused in Canvas, left unchanged", excused)
    return Table(lines, told + _told("with a different mark in the list, which is replaced", replaced))


def _canvas_column(out: Out, head: Sequence[str], info: int) -> tuple[int | None, str]:
    """The place and the name of the assignment's column; no place if it is a new one."""
    found = {place: cell for place, cell in enumerate(head) if place >= info and _CANVAS_COLUMN.fullmatch(cell)}
    if out.column:
        wanted = out.column.strip().casefold()
        for place, cell in found.items():
            match = _CANVAS_COLUMN.fullmatch(cell)
            if wanted in {cell.casefold(), match[1] if match else "", cell.casefold().rpartition("(")[0].strip()}:
                return place, cell
        if not found:
            return None, out.column
    elif len(found) == 1:
        return next(iter(found.items()))
    names = "; ".join(found.values())
    if not found:
        raise Undecided("the roster has no column for an assignment: name the new one with --column NAME")
    what = f"there is no column {out.column!r}" if out.column else "several columns could get the marks"
    raise Undecided(f"{what}: write --column with one of these names, or the number in brackets: {names}")


def _is_possible(row: Sequence[str]) -> bool:
    return any("points possible" in cell.casefold() for cell in row[:1])


def moodle(out: Out) -> Table:
    """Moodle's grading worksheet with the grades filled in, or for any other list a table for its grade import.

    Source: mod/assign/feedback/offline in github.com/moodle/moodle, and docs.moodle.org, "Grade import". In the
    worksheet an empty grade changes nothing, and the date of the last change must stay, so all other cells are copied.
    """
    grade = _grade_column(out)
    if participant_column(out.sheet) is None or grade is None:
        return _moodle_import(out)
    head = [cell.strip() for cell in out.sheet.head]
    most = next((place for place, cell in enumerate(head) if place > grade and MOST.search(cell)), None)
    limits = {_at(row.cells, most) for row in out.matched.rows} - {"", "-"}
    _check_most(out, sorted(limits), f"the column {head[most]!r}" if most is not None else "")
    lines, replaced = [head], []
    for row, _, total in out.people():
        cells = [*row.cells, *[""] * (len(head) - len(row.cells))]
        if total:
            old = cells[grade].strip()
            replaced += [row.name] if old not in {"", "-"} and _differs(old, total) else []
            cells[grade] = total
        lines.append(cells)
    return Table(lines, _told("with a different grade in the list, which is replaced", replaced))


def _grade_column(out: Out) -> int | None:
    head = [cell.strip().casefold() for cell in out.sheet.head]
    wanted = {out.column.strip().casefold()} if out.column else _GRADE
    return next((place for place, cell in enumerate(head) if cell in wanted), None)


def _moodle_import(out: Out) -> Table:
    """The columns that say who it is, and one with the grades. Moodle asks which column is which."""
    places = [place for place, kind in enumerate(out.sheet.kinds) if kind]
    lines = [[*(out.sheet.head[place].strip() for place in places), out.column or out.title]]
    lines += [[*(_at(row.cells, place) for place in places), total] for row, _, total in out.people() if total]
    told = f"for Moodle's grade import: the grades are out of {out.counted.most:g}; map the columns in its preview"
    return Table(lines, [told])


def gradescope(out: Out) -> Table:
    """Gradescope's "Download Grades": who it is, the sum, the status, and a column for each question.

    Source: help.gradescope.com, "Reviewing and exporting grades". Gradescope itself imports no marks.
    """
    questions = list(out.counted.possible.items())
    places = [place for place, kind in enumerate(out.sheet.kinds) if kind or out.sheet.head[place] == "Sections"]
    heads = [f"{number}: {name} ({most:.1f} pts)" for number, (name, most) in enumerate(questions, 1)]
    more = ("Total Score", "Max Points", "Status", "Submission ID", "Submission Time")
    places = [place for place in places if out.sheet.head[place].strip() not in more]
    lines = [[*(out.sheet.head[place].strip() for place in places), *more, *heads]]
    for row, mark, total in out.people():
        status = "Graded" if total else "Ungraded" if mark and mark.record else "Missing"
        entry = mark.row.entry if mark else None
        id_ = re.fullmatch(r"(?:.*/)?submission_(\d+)", mark.row.file) if mark else None
        cells = [_at(row.cells, place) for place in places]
        cells += [total, shown(out.counted.most), status, id_[1] if id_ else "", entry.submitted if entry else ""]
        lines.append(cells + _by_question(out, mark))
    return Table(lines)


def plain(out: Out) -> Table:
    """A table of our own for anything else: who it is, a column for each question, the sum and the maximum."""
    lines = [["student", "id", "email", *out.counted.possible, "total", "possible", "status", "file"]]
    for row, mark, total in out.people():
        student, own = row.student, mark.student if mark else row.student
        who = [student.name or own.name, student.id or row.participant or own.id, student.email or own.email]
        status, file = (mark.row.status, mark.row.file) if mark else ("", "")
        lines.append([*who, *_by_question(out, mark), total, shown(out.counted.most), status, file])
    return Table(lines)


def _by_question(out: Out, mark: PersonMark | None) -> list[str]:
    points = out.counted.points(mark) if mark else {}
    return [shown(points[name]) if name in points else "" for name in out.counted.possible]


TABLES: dict[System, Callable[[Out], Table]] = {
    "canvas": canvas, "moodle": moodle, "gradescope": gradescope, "csv": plain,
}  # fmt: skip


def guarded(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula. A dash alone, Moodle's "nothing", is harmless."""
    if cell.strip() == "-" or re.fullmatch(r"[+-]?\d+([.,]\d+)?%?", cell):
        return cell
    return harmless(cell)


def _check_most(out: Out, theirs: Sequence[str], what: str) -> None:
    """Check that the system has the same maximum.

    Raises:
        AutograderError: it does not; the marks would mean something else there.
    """
    for cell in theirs:
        if _differs(cell, shown(out.counted.most)):
            hint = f" without {' and '.join(out.counted.by_hand)}, which a person grades" if out.counted.by_hand else ""
            raise AutograderError(
                f"{what} says {cell}, but these marks are out of {out.counted.most:g}{hint}. Nothing was written. Add "
                "what is missing with --add, choose what counts with --questions, name bonus questions with --bonus, "
                "or change the maximum in the course system and export the list again"
            )


def _differs(cell: str, other: str) -> bool:
    try:
        return abs(float(cell.replace(",", ".")) - float(other)) > 0.005
    except ValueError:
        return cell.strip() != other


def _at(cells: Sequence[str], place: int | None, strip: bool = True) -> str:
    if place is None or place >= len(cells):
        return ""
    return cells[place].strip() if strip else cells[place]


def _told(what: str, names: Sequence[str]) -> list[str]:
    return [f"{len(names)} {what}: {', '.join(names)}"] if names else []
