"""Typed results: they come back from disk as they were written, and a bad file gives the right error."""

import json
import os
from pathlib import Path

import pytest

from autograder.grading.files import RecordError, from_json, to_json, write_json
from autograder.grading.people import Entry, Student
from autograder.grading.results import (
    OUTCOMES,
    VERSION,
    CaseResult,
    Extra,
    Graded,
    OlderRecord,
    OurPart,
    Record,
    read_record,
)
from autograder.grading.results_json import About, GradescopeTest
from autograder.grading.seen import CellRun, PrintedText, RunFacts, Thumbnail

CASES = [
    CaseResult(
        question="a",
        name=outcome,
        points=points,
        hidden=points > 2,
        outcome=outcome,
        staff=f"{outcome} it is",
    )
    for points, outcome in enumerate(OUTCOMES, 1)
]
OURS = OurPart(
    cases=CASES,
    cells=[CellRun(1, "printed\n"), CellRun(2, error="NameError: x", line=3), CellRun(4, ended=True)],
    note="a note",
    printed=[PrintedText("Cell 1", "printed")],
    staff="confined",
    run=RunFacts(digest="ab", confined=["a layer"], limits=["it ran out of time"], processor_seconds=0.5),
    drawing=Thumbnail([(0, 1, 2.5, 3, True)], [("s(1)", 0, 0, 1, 1)], [(True, [(0, 0), (1, 1.5)])]),
    file="odd \udcff name.ipynb",
    entry=Entry(students=[Student("Ada", "7", "ada@example.org")], late="no", earlier=["hw.ipynb"]),
)
RECORD = Record(
    tests=[GradescopeTest(name="a", visibility="hidden", output="told", score=1, max_score=15)],
    output="a note",
    extra_data=Extra(OURS, About(program="1.0", key="k", seconds=0.5)),
)


def test_a_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """All fields survive, even odd file names, and no temporary file is left."""
    path = tmp_path / "odd.ipynb.json"
    write_json(path, RECORD)
    assert read_record(path) == RECORD
    assert os.listdir(tmp_path) == [path.name]
    raw = json.loads(path.read_bytes())
    assert raw["tests"] == [{"name": "a", "visibility": "hidden", "output": "told", "score": 1, "max_score": 15}]
    assert set(raw) == {"tests", "output", "extra_data"}
    graded = Graded(cases=CASES, note="a note")
    assert from_json(to_json(graded), Graded) == graded


def test_marks_follow_from_the_cases() -> None:
    """Only passed cases give points. Staff read about those that did not pass."""
    assert (OURS.points, OURS.possible, OURS.total) == ({"a": 1}, {"a": 15}, 1)
    assert "failed it is" in OURS.staff_report
    assert "timed out it is" in OURS.staff_report
    assert "passed it is" not in OURS.staff_report
    assert "not run it is" not in OURS.staff_report


@pytest.mark.parametrize("version", [0, 3])
def test_an_older_record_is_known_as_such(tmp_path: Path, version: int) -> None:
    """An older record is recognised whatever else it contains, and the error gives its format, file and path."""
    path = tmp_path / "a.json"
    ours = {"version": version, "file": "a.ipynb", "path": "/in/a.ipynb", "points": {}}
    path.write_text(json.dumps({"extra_data": {"autograder": ours}}), encoding="utf-8")
    with pytest.raises(OlderRecord, match=rf"older version .*\(format {version}\)") as caught:
        read_record(path)
    assert (caught.value.file, caught.value.path) == ("a.ipynb", "/in/a.ipynb")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "not written by"),
        ('{"extra_data": {"autograder": {"version": 1000}}}', "another version"),
        (f'{{"extra_data": {{"autograder": {{"version": {VERSION}}}}}}}', "damaged"),
    ],
)
def test_what_is_no_record_is_told_why(tmp_path: Path, content: str, reason: str) -> None:
    """Damaged files and other files are rejected with a reason, and are not taken for older records."""
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RecordError, match=reason) as caught:
        read_record(path)
    assert not isinstance(caught.value, OlderRecord)
