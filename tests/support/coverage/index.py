"""Which byte stands for which line of the project, and for which way from a line to another."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from coverage.parser import PythonParser

from autograder.zips.sources import Sources
from tests.support.corpus import ROOT

_PACKAGES = ("autograder", "assignment")

#: Whether the tracer notes ways; see there.
BRANCHES = sys.version_info < (3, 12)

#: Not run as part of the product: students' code with gaps.
_LEFT_OUT = ("assignment/handout.py", "assignment/exercises/")

Lines = dict[int, tuple[int, int]]
Ways = dict[tuple[int, int], int]


@dataclass(frozen=True)
class Index:
    """The bytes of all files."""

    files: dict[str, tuple[Lines, Ways]]
    """For each file: the byte and the statement's first line of each line, and the byte of each way."""
    size: int

    def for_tracer(self) -> tuple[Any, ...]:
        """What ``tracer`` reads."""
        return f"{ROOT}/", self.files, _bundles()


def make_index() -> Index:
    """Number the lines and ways of all files. The first byte stands for what is of no interest."""
    files: dict[str, tuple[Lines, Ways]] = {}
    size = 1
    for name in sorted(_names()):
        parser = PythonParser(text=(ROOT / name).read_text(encoding="utf-8"), filename=name)
        parser.parse_source()
        count = parser.text.count("\n") + 2
        lines = {n: (size + parser.first_line(n), parser.first_line(n)) for n in range(count)}
        size += count
        # Ways out of a with-statement are told differently from how they are reported.
        ways = sorted({*parser.arcs(), *parser._with_jump_fixers})
        files[name] = lines, {way: size + n for n, way in enumerate(ways)}
        size += len(ways)
    return Index(files, size)


def _names() -> Iterator[str]:
    for package in _PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(_LEFT_OUT) and "/templates/" not in name:
                yield name


def _bundles() -> dict[tuple[str, int], list[tuple[int, int, str, int]]]:
    """Where statements of test files come from: first and last line, the file, and what to add to a line's number.

    Files are told apart by their number of lines, which stays the same where the values of settings are others.
    """
    sources = Sources(ROOT, ROOT / "otter_config.json")
    return {
        (name, text.count("\n")): list(_origins(text))
        for texts in (sources.all_tests, sources.public_tests)
        for name, text in texts.items()
    }


def _origins(text: str) -> Iterator[tuple[int, int, str, int]]:
    marks = {n: line[7:-5] for n, line in enumerate(text.splitlines(), 1) if line.startswith("# ---- ")}
    starts: dict[str, dict[str, int]] = {}
    for statement in ast.parse(text).body:
        name = marks.get(max((n for n in marks if n < statement.lineno), default=0), "")
        if not (ROOT / name).is_file() or not isinstance(statement, ast.FunctionDef | ast.ClassDef):
            continue
        if name not in starts:
            body = ast.parse((ROOT / name).read_text(encoding="utf-8")).body
            starts[name] = {s.name: s.lineno for s in body if isinstance(s, ast.FunctionDef | ast.ClassDef)}
        if statement.name in starts[name]:
            begin = min([statement.lineno, *(d.lineno for d in statement.decorator_list)])
            yield begin, statement.end_lineno or 0, name, starts[name][statement.name] - statement.lineno
