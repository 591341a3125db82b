"""Hints are packed in a student's copy of a test file, and work there."""

from pathlib import Path

import pytest

from autograder.zips.bundle import bundle
from autograder.zips.modules import Library
from autograder.zips.packing import packed, unpacked

HINTS = '''"""Hints."""

from dataclasses import dataclass

from ..checks.sums import total

NOTE = "Did you begin with one?"


@dataclass(frozen=True)
class Guess:
    """A guess."""

    words: str


def guess(numbers, answer):
    """Say what the mistake may be."""
    return Guess(NOTE if answer == 1 + total(numbers) else "")
'''
CHECKS = '''"""Checks."""


def total(numbers):
    """The sum."""
    return sum(numbers)
'''
CASE = '''"""A test file."""

from otter.test_files import test_case

from assignment.checks.sums import total
from assignment.hints.adding import guess

name = "q1"


@test_case(name="q1 sum", points=1)
def test_sum(add):
    """A sum."""
    assert add([1, 2]) == total([1, 2]), guess([1, 2], add([1, 2])).words
'''


@pytest.fixture
def test_file(tmp_path: Path) -> Path:
    """A test file that uses a check and a hint."""
    files = {"assignment/checks/sums.py": CHECKS, "assignment/hints/adding.py": HINTS, "tests/otter/q1.py": CASE}
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "tests" / "otter" / "q1.py"


def test_only_a_students_copy_is_packed(test_file: Path) -> None:
    """Students see the checks and the cases; the grader's copy is plain."""
    root = test_file.parents[2]
    ours, theirs = (bundle(test_file, Library(root), {}, public_only) for public_only in (False, True))
    assert "Did you begin with one?" in ours
    assert unpacked(ours) == []
    assert "Did you begin" not in theirs
    assert "class Guess" not in theirs
    assert "def total(numbers):" in theirs
    (text,) = unpacked(theirs)
    assert "class Guess" in text
    assert "Did you begin with one?" in text


def test_packed_hints_work(test_file: Path) -> None:
    """What is packed runs as if it stood there."""
    source = bundle(test_file, Library(test_file.parents[2]), {}, True)
    space: dict[str, object] = {"__name__": __name__}
    exec(source, space)
    case = space["test_sum"]
    case.call_func({"add": sum})  # type: ignore[attr-defined]
    with pytest.raises(AssertionError, match="Did you begin with one"):
        case.call_func({"add": lambda numbers: 1 + sum(numbers)})  # type: ignore[attr-defined]


def test_any_text_can_be_packed() -> None:
    """Whatever is packed comes out as it was."""
    text = "a = '''\"\"\"\\n é'''\n" * 500
    source = packed(text)
    assert unpacked(f"import x\n{source}\nend = 1\n") == [text]
    assert max(map(len, source.splitlines())) <= 120
