"""The handout, for reading a student's notebook: its cells, and the comments that mark where the answers are."""

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence

import msgspec

BEGIN, END = "<!-- BEGIN QUESTION -->", "<!-- END QUESTION -->"

#: The path of the handout in an autograder.zip.
HANDOUT_FILE = "files/handout.json"

_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*\s*$", re.MULTILINE)
_POINTS = re.compile(r"\s*\([^()]*\d[^()]*\)\s*$")


class HandoutCell(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A cell of the handout."""

    id: str = ""
    kind: str = "markdown"
    digest: str = ""
    """The digest of its text, from ``digest_of_cell``."""
    question: str = ""
    """The written question that it belongs to."""
    answer: bool = False
    """Whether students type their answers into it."""
    source: str = ""
    """Its text; empty if it belongs to no written question."""


class Handout(msgspec.Struct, frozen=True, kw_only=True):
    """The handout of an assignment with written questions."""

    cells: list[HandoutCell] = []
    titles: dict[str, str] = {}
    """The heading of each written question, without its points."""

    def lack(self, questions: Iterable[str]) -> str:
        """Say what the handout lacks for answers to these questions, and what to do; empty if it lacks nothing."""
        lost = [question for question in questions if question not in self.titles]
        if not lost:
            return ""
        return (
            f"the handout has no cell for the answer to {', '.join(lost)}: put {BEGIN} and {END} around the question, "
            "and its name among the tags of the cell for the answer"
        )


def digest_of_cell(source: str) -> str:
    """Return a digest of a cell. Spaces at the ends of lines and empty lines around the cell make no difference."""
    lines = [line.rstrip() for line in source.strip().splitlines()]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def handout_of(cells: Sequence[tuple[str, str, str, Collection[str]]], written: Collection[str]) -> Handout:
    """Find out which cells belong to which written question.

    A question's cells are those from a mark ``BEGIN QUESTION`` to the next mark ``END QUESTION``. The cell for the
    answer has the question's name among its tags.

    Args:
        cells: id, kind, text and tags of each cell.
        written: the questions that a person grades.
    """
    found, titles = list[HandoutCell](), dict[str, str]()
    for number, question in enumerate(_regions(cells, written)):
        name, kind, source, tags = cells[number]
        answer = bool(question) and question in tags
        text = source if question else ""
        found.append(
            HandoutCell(
                id=name, kind=kind, digest=digest_of_cell(source), question=question, answer=answer, source=text
            )
        )
        heading = _HEADING.search(source)
        if question and heading and kind == "markdown":
            titles.setdefault(question, _POINTS.sub("", heading[1]))
    return Handout(cells=found, titles=titles)


def _regions(cells: Sequence[tuple[str, str, str, Collection[str]]], written: Collection[str]) -> list[str]:
    """The question of each cell; empty for a cell that belongs to none."""
    regions, members = [""] * len(cells), list[int]()
    inside = False
    for number, (_, kind, source, tags) in enumerate(cells):
        if kind == "markdown" and END in source:
            inside, members = False, []
        if kind == "markdown" and BEGIN in source:
            inside, members = True, []
        if inside:
            members.append(number)
            for question in [tag for tag in tags if tag in written]:
                for member in members:
                    regions[member] = question
            if not regions[number] and regions[members[0]]:
                regions[number] = regions[members[0]]
    return regions
