"""``autograder export``: lists, columns and questions that do not fit, and pages as files of each kind."""

import io
import zipfile
from pathlib import Path

import pytest

from autograder.batch.store import KEPT_ZIP
from autograder.grading.people import Student
from tests.batch.hands import JANA, record
from tests.exporting.test_tables import ALL, CANVAS, MOODLE, export, table

#: A gradebook of Canvas without a column of an assignment, and without the row with the points possible.
BARE = """Student,ID,SIS User ID,SIS Login ID,Section
"Beispiel, Jana",501,007,jana@example.org,Tutorial A
"""
ONE_COLUMN = BARE.replace("Section", "Section,Sheet 1 (88)").replace("Tutorial A", "Tutorial A,excellent")


def test_a_list_that_is_not_canvas_s(tmp_path: Path) -> None:
    """Another system's list is refused, because Canvas could not read the table."""
    error = export(tmp_path, "canvas", MOODLE).exception
    assert "the roster is not Canvas's gradebook (Student, ID, ..., Section): export it from Canvas" in str(error)
    assert not (tmp_path / "export").exists()


def test_a_new_column(tmp_path: Path) -> None:
    """Without a column of an assignment a new one must be named; it has our maximum."""
    assert "name the new one with --column NAME" in str(export(tmp_path, "canvas", BARE).exception)
    export(tmp_path, "canvas", BARE, "--column", "Sheet 3")
    assert table(tmp_path, "canvas") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Sheet 3"],
        ["    Points Possible", "", "", "", "", "15"],
        ["Beispiel, Jana", "501", "007", "jana@example.org", "Tutorial A", "15"],
    ]


def test_the_only_column(tmp_path: Path) -> None:
    """A single column needs no name; a mark in words that is replaced is told like any other."""
    done = export(tmp_path, "canvas", ONE_COLUMN)
    assert table(tmp_path, "canvas")[-1][-1] == "15"
    assert "1 with a different mark in the list, which is replaced: Beispiel, Jana" in done.stdout


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--questions", "q9"), "there is no question 'q9'; there are q3, q4"),
        (("--questions", "q3", "--bonus", "q4"), "q4 cannot be a bonus: it is not among the questions that count"),
    ],
)
def test_questions_that_do_not_fit(options: tuple[str, ...], told: str, tmp_path: Path) -> None:
    """A question that does not exist, and a bonus that does not count, are errors; nothing is written."""
    assert told in str(export(tmp_path, "csv", "", *options).exception)
    assert not (tmp_path / "export").exists()


def test_points_that_are_no_numbers(tmp_path: Path) -> None:
    """A word among the points of a person is named; an empty cell, or one that is missing, just has no points."""
    by_hand = tmp_path / "by_hand.csv"
    by_hand.write_text("id,q4\n007,good\n013,\n021\n022,3\n", encoding="utf-8")
    done = export(tmp_path, "csv", "", "--add", str(by_hand))
    assert {row[1]: row[4] for row in table(tmp_path, "csv")[1:]} == {
        "007": "10", "012": "", "013": "0", "021": "0", "022": "3",
    }  # fmt: skip
    assert "Jana Beispiel, column q4: 'good' does not count: a number from 0 to 10 was expected" in done.stderr
    assert done.stderr.count("does not count") == 1


def test_points_without_a_question(tmp_path: Path) -> None:
    """A table of points must name a question; the error says which there are."""
    by_hand = tmp_path / "by_hand.csv"
    by_hand.write_text("id,points\n007,3\n", encoding="utf-8")
    error = export(tmp_path, "csv", "", "--add", str(by_hand)).exception
    assert "by_hand.csv has no column for a question; the questions are q3, q4" in str(error)


def test_a_damaged_zip_of_the_class(tmp_path: Path) -> None:
    """Without the zip that graded the class, the questions with test cases are still exported."""
    export(tmp_path, "csv")
    before = table(tmp_path, "csv")
    (tmp_path / KEPT_ZIP).write_bytes(b"no zip")
    done = export(tmp_path, "csv")
    assert "4 marks, out of 15 points (q3, q4)" in done.stdout
    assert table(tmp_path, "csv") == before


@pytest.mark.parametrize("blocked", ["csv.csv", "csv-feedback.zip"])
def test_what_cannot_be_written(blocked: str, tmp_path: Path) -> None:
    """If the table or the zip cannot be written, the error names it."""
    (tmp_path / "export" / blocked).mkdir(parents=True)
    assert f"cannot write {tmp_path / 'export' / blocked}: " in str(export(tmp_path, "csv").exception)


def page(content: bytes, ending: str) -> str:
    """What a student reads who opens the file that came back."""
    if ending == "zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read("feedback.html").decode()
    if ending == "py":
        compile(content, "hw.py", "exec")
        assert all(line.startswith("#") for line in content.decode().splitlines())
    return content.decode()


@pytest.mark.parametrize("ending", ["zip", "py", "html", "pdf"])
def test_kinds_of_files_for_canvas(ending: str, tmp_path: Path) -> None:
    """A page can be opened as what its name says. What cannot be such a page, as a PDF, is left out and told."""
    file = f"beispieljana_501_9001_hw.{ending}"
    work = [
        record(file, Student("beispieljana", "501"), passed=ALL),
        record("olaf_502_9002_hw.py", Student("olaf", "502")),
    ]
    done = export(tmp_path, "canvas", CANVAS, "--column", "88", records=work)
    with zipfile.ZipFile(tmp_path / "export" / "canvas-feedback.zip") as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    assert (file in found) is (ending != "pdf")
    assert ("no page for 1" in done.stdout) is (ending == "pdf")
    if ending != "pdf":
        assert "15" in page(found[file], ending)
        assert "shapes" in page(found[file], ending)
    assert "0 of 15 points" in page(found["olaf_502_9002_hw.py"], "py")


def test_a_name_with_a_line_break(tmp_path: Path) -> None:
    """What is told about somebody whose folder has a line break in its name stays one line."""
    forged = Student("eve\nerror: results are damaged", "8")
    records = [record("eve.ipynb", forged, status="not graded: the disk is full", cases=[])]
    done = export(tmp_path, "csv", records=[*records, record("jana.ipynb", JANA)])
    assert "eve error: results are damaged" in done.output
    assert [line for line in done.output.splitlines() if line.startswith("error")] == []
