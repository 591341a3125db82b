"""The table of marks: what is wrong is told by row and column, and nothing is guessed."""

import zipfile
from pathlib import Path

import pytest

from autograder.errors import AutograderError
from autograder.written.agreement import agreement_of, kappa
from autograder.written.rubric import Rubric, RubricItem, WrittenQuestion, read_rubric
from autograder.written.sheet import FILE, read_sheet, write_sheet
from autograder.zips.sources import Sources
from tests.support.corpus import ROOT

ITEMS = [RubricItem(name="1a", text="x", points=4), RubricItem(name="1b", text="y", points=1)]
RUBRIC = Rubric(assignment="a", questions=[WrittenQuestion(name="q1", title="One", items=ITEMS)])
HEAD = "code,1a,1b,comment q1"


def table(folder: Path, text: str, name: str = FILE) -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("A001,5,1,", "written.csv, row 2 (A001), column 1a: '5' does not fit; expected a number from 0 to 4"),
        ("A001,four,1,", "row 2 (A001), column 1a: 'four' does not fit"),
        ("A001,-1,1,", "row 2 (A001), column 1a: '-1'"),
        ("A001,nan,1,", "row 2 (A001), column 1a: 'nan'"),
        ("A009,1,1,", "row 2 (A009), column code: unknown code"),
        (",1,1,", "row 2 (no code), column code"),
        ("A001,1,1,\nA001,2,1,", "row 3 (A001): it differs from written.csv, row 2 (A001)"),
    ],
)
def test_what_does_not_fit_is_told(tmp_path: Path, row: str, told: str) -> None:
    sheet = read_sheet(table(tmp_path, f"{HEAD}\n{row}\n"), RUBRIC, ["A001", "A002"])
    assert len(sheet.problems) == 1
    assert told in sheet.problems[0]


@pytest.mark.parametrize("head", ["code,1a,comment q1", "code,1a,1a,1b,comment q1", "code,1a,1b,1c,comment q1"])
def test_columns_that_do_not_fit_are_told(tmp_path: Path, head: str) -> None:
    sheet = read_sheet(table(tmp_path, f"{head}\n"), RUBRIC, [])
    assert len(sheet.problems) == 1
    assert "row 1" in sheet.problems[0]


@pytest.mark.parametrize("head", ["1a,1b,comment q1", ""])
def test_a_table_that_does_not_say_whose_marks_it_has(tmp_path: Path, head: str) -> None:
    """It is another file, so it is refused before anything is written."""
    with pytest.raises(AutograderError, match=r"written\.csv is not a table of marks: .* no column 'code'"):
        read_sheet(table(tmp_path, f"{head}\n"), RUBRIC, [])


def test_a_workbook_is_named_as_such(tmp_path: Path) -> None:
    """A grader who saved the table as a workbook is told to save it as CSV."""
    path = tmp_path / "written.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "")
    with pytest.raises(
        AutograderError, match=r"written\.ods: it is an OpenDocument .*, not a CSV file; save it as CSV"
    ):
        read_sheet(path, RUBRIC, [])


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\nA001,3.5,1,good\n",
        f"{HEAD}\nA001,3.5,1,good\nA001,3.5,1,good\n",
        "code;1a;1b;comment q1\r\nA001;3,5;1;good\r\n",
        "\ufeffcode\t1a\t1b\tcomment q1\nA001\t3.5\t1\tgood\n",
        "code,comment q1,1b,1a\npoints,,1,4\n,,,\nA001,good,1,3.5\n",
    ],
)
def test_any_spreadsheet(tmp_path: Path, text: str) -> None:
    """Commas, semicolons and tabs, decimal commas, moved columns, empty rows, a row that is there twice."""
    sheet = read_sheet(table(tmp_path, text), RUBRIC, ["A001"])
    assert sheet.problems == []
    assert sheet.marks["A001"].points == {"1a": 3.5, "1b": 1.0}
    assert sheet.marks["A001"].comments == {"q1": "good"}


def test_an_empty_cell_is_no_mark(tmp_path: Path) -> None:
    sheet = read_sheet(table(tmp_path, f"{HEAD}\nA001,,0,\n"), RUBRIC, ["A001"])
    assert (sheet.problems, sheet.marks["A001"].points) == ([], {"1b": 0.0})


def test_a_table_that_is_there_is_left(tmp_path: Path) -> None:
    """Rows of those who came later go into a table of their own."""
    write_sheet(tmp_path, RUBRIC, ["A001"], {})
    before = (tmp_path / FILE).read_bytes()
    assert before.decode("utf-8-sig").splitlines() == [HEAD, "points,4,1,", "A001,,,"]
    write_sheet(tmp_path, RUBRIC, ["A001", "A002"], {})
    write_sheet(tmp_path, RUBRIC, ["A001", "A002"], {})
    assert (tmp_path / FILE).read_bytes() == before
    assert (tmp_path / "written-2.csv").read_text("utf-8-sig").splitlines()[2:] == ["A002,,,"]
    assert not (tmp_path / "written-3.csv").exists()


def test_agreement(tmp_path: Path) -> None:
    """Cohen's own example: 20 and 15 of 50 pairs agree, by chance half would; kappa is 0.4."""
    pairs = [(1.0, 1.0)] * 20 + [(1.0, 0.0)] * 5 + [(0.0, 1.0)] * 10 + [(0.0, 0.0)] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([(1.0, 1.0)] * 3) is None
    assert kappa([(0.0, 1.0), (1.0, 0.0)]) == pytest.approx(-1)
    codes = ["A001", "A002", "A003"]
    one = read_sheet(table(tmp_path, f"{HEAD}\nA001,4,1,\nA002,0,0,\nA003,2,,\n", "one.csv"), RUBRIC, codes)
    two = read_sheet(table(tmp_path, f"{HEAD}\nA001,4,0,\nA002,0,0,\nA003,2,1,\n", "two.csv"), RUBRIC, codes)
    found = agreement_of([one, two], RUBRIC)
    assert [(a.item, a.answers, a.same, a.kappa) for a in found.items] == [("1a", 3, 3, 1.0), ("1b", 2, 1, 0.0)]
    assert found.differences == [("A001", "1b", "one.csv", 1.0, "two.csv", 0.0)]


def test_the_rubric_fits_the_settings(sources: Sources) -> None:
    """Every level that the rubric describes has a sample."""
    titles = {question: question for question in sources.written}
    rubric = read_rubric(ROOT / "reference_solution" / "rubric.md", "a", titles, sources.settings.points)
    assert [question.points for question in rubric.questions] == [15, 10]
    assert [(item.name, level.points) for item in rubric.items for level in item.levels if not level.sample] == []
