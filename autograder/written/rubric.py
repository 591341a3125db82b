"""The rubric of the written questions: read from the one text that graders read, so that nothing is declared twice.

In ``reference_solution/rubric.md`` a comment ``<!-- question: NAME -->`` stands above each question. Below it, a table
has a row for each item (columns: its name, ``item``, ``points``, ``full credit``, ``partial credit``), and another one
has a sample answer for each level (columns: ``sample of``, ``points``, and the answer).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from ..errors import AutograderError

_QUESTION = re.compile(r"<!--\s*question:\s*(\w+)\s*-->")
_LEVEL = re.compile(r"(?:^|;\s*)(\d+(?:\.\d+)?):\s*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """A number of points that an item may get."""

    points: float
    text: str
    """What earns them."""
    sample: str = ""
    """An answer that gets them."""


class RubricItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item with marks of its own."""

    name: str
    text: str
    points: float
    levels: list[Level] = []
    """The levels, from full points downwards."""


class WrittenQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A question that a person grades."""

    name: str
    title: str
    items: list[RubricItem]

    @property
    def points(self) -> float:
        """What it is worth."""
        return round(sum(item.points for item in self.items), 5)


class Rubric(msgspec.Struct, frozen=True, kw_only=True):
    """The rubric of an assignment."""

    assignment: str
    questions: list[WrittenQuestion]

    @property
    def items(self) -> list[RubricItem]:
        """The items of all questions."""
        return [item for question in self.questions for item in question.items]


def read_rubric(path: Path, assignment: str, titles: Mapping[str, str], points: Mapping[str, float]) -> Rubric:
    """Read a rubric.

    Args:
        path: the path of the text.
        assignment: whose rubric it is.
        titles: the heading of each written question.
        points: what each question is worth.

    Raises:
        AutograderError: it cannot be read, or does not fit the settings; the message says what was expected.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AutograderError(f"cannot read the rubric {path}: {error}") from error
    parts = _QUESTION.split(text)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    questions = []
    for name, title in titles.items():
        if name not in found:
            raise AutograderError(f"{path} has no '<!-- question: {name} -->' above the rubric of {name}")
        questions.append(_question(path, name, title, found[name]))
        if questions[-1].points != points[name]:
            raise AutograderError(
                f"{path}: the items of {name} add up to {questions[-1].points:g} points, but the settings give it "
                f"{points[name]:g}"
            )
    names = [item.name for question in questions for item in question.items]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise AutograderError(f"{path} has an item twice: {', '.join(twice)}")
    return Rubric(assignment=assignment, questions=questions)


def _question(path: Path, name: str, title: str, text: str) -> WrittenQuestion:
    items, samples = list[RubricItem](), dict[tuple[str, float], str]()
    for head, rows in _tables(text):
        plain = [cell.lower() for cell in head]
        if {"item", "points", "full credit"} <= set(plain):
            items += [item for row in rows if (item := _item(dict(zip(plain, row, strict=False)), row[0]))]
        elif plain[0] == "sample of":
            samples |= {(row[0], float(row[1])): row[2] for row in rows if len(row) > 2 and _NUMBER.fullmatch(row[1])}
    if not items:
        raise AutograderError(f"{path}: below '<!-- question: {name} -->' there is no table with items and points")
    levels = {(item.name, level.points) for item in items for level in item.levels}
    if strange := sorted(set(samples) - levels):
        told = ", ".join(f"{item} with {points:g} points" for item, points in strange)
        raise AutograderError(f"{path}: there is a sample of {told}, but no such level")
    return WrittenQuestion(name=name, title=title, items=[_with_samples(item, samples) for item in items])


def _with_samples(item: RubricItem, samples: Mapping[tuple[str, float], str]) -> RubricItem:
    levels = [
        msgspec.structs.replace(level, sample=samples.get((item.name, level.points), "")) for level in item.levels
    ]
    return msgspec.structs.replace(item, levels=levels)


def _item(row: Mapping[str, str], name: str) -> RubricItem | None:
    points = row.get("points", "")
    if not name or not _NUMBER.fullmatch(points):
        return None  # the row with the total
    partial = _LEVEL.split(row.get("partial credit", ""))
    levels = [Level(points=float(points), text=row.get("full credit", ""))]
    levels += [Level(points=float(worth), text=text) for worth, text in zip(partial[1::2], partial[2::2], strict=True)]
    return RubricItem(name=name, text=row.get("item", ""), points=float(points), levels=levels)


def _tables(text: str) -> Iterator[tuple[list[str], list[list[str]]]]:
    """The tables of a text: the heading, and the other rows."""
    table = list[str]()
    for line in [*text.splitlines(), ""]:
        if line.lstrip().startswith("|"):
            table.append(line)
        elif table:
            rows = [_cells(row) for row in table]
            yield rows[0], rows[2:]
            table = []


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))]


def as_markdown(question: WrittenQuestion) -> Sequence[tuple[str, str]]:
    """The pages for graders: for each item a heading, and its levels with their samples as markdown."""
    pages = []
    for item in question.items:
        lines = []
        for level in item.levels:
            lines.append(f"**{level.points:g} of {item.points:g}**: {level.text or '(not described)'}\n")
            lines.append(f"> *For example:* {level.sample}\n" if level.sample else "")
        pages.append((f"{item.name}  {item.text}", "\n".join(lines)))
    return pages
