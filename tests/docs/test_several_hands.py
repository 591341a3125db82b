"""The commands of docs/several-hands.md, and what the page says of overrides and edited tables."""

import csv
import io
import re
import shutil
from pathlib import Path

import pytest

from autograder.grading.overrides import COLUMNS, apply, read_overrides
from autograder.grading.people import Entry
from tests.batch.hands import JANA, ZOE, write_overrides
from tests.docs.pages import text_of
from tests.docs.running import SUBMISSIONS, hand_in, run_page
from tests.support.corpus import ROOT

PAGE = "docs/several-hands.md"

#: Name and points of a test case in its file.
_CASE = r'name="([^"]+)", points=(\d+) \*'


@pytest.mark.slow
def test_the_commands(dist: Path, tmp_path: Path) -> None:
    """Two halves are graded and merged: the table has everybody once, and there is a report."""
    shutil.copytree(dist, tmp_path / "dist")
    hand_in(tmp_path)
    for folder, names in (("first-half", ("ada", "grace")), ("second-half", ("lin", "ada"))):
        (tmp_path / folder).mkdir()
        for name in names:
            shutil.copy(tmp_path / "submissions" / f"{name}.ipynb", tmp_path / folder)
    told = run_page(PAGE, tmp_path)
    assert f"{len(SUBMISSIONS)} people; see graded-class/final_grades.csv" in told
    text = (tmp_path / "graded-class" / "final_grades.csv").read_text(encoding="utf-8-sig")
    rows = {row["file"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert set(rows) == {"points-per-question", *(f"{name}.ipynb" for name in SUBMISSIONS)}
    assert float(rows["ada.ipynb"]["total_points_earned"]) == 75
    assert (tmp_path / "graded-class" / "report.html").is_file()


def test_the_example_of_overrides(tmp_path: Path) -> None:
    """The example is a file that is right for this assignment, and the second table names its columns."""
    lines = [line.strip("|").split("|") for line in text_of(PAGE).splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line] for line in lines]
    head, *examples = [row for row in cells if len(row) == len(COLUMNS)]
    assert tuple(head) == COLUMNS
    assert tuple(row[0].strip("`") for row in cells if len(row) == 2)[1:] == COLUMNS
    write_overrides(tmp_path, *[",".join(f'"{cell}"' for cell in row) for row in examples])
    questions = {
        path.stem: {name: float(points) for name, points in re.findall(_CASE, path.read_text(encoding="utf-8"))}
        for path in (ROOT / "tests" / "otter").glob("q*.py")
    }
    entries = [("jana.ipynb", Entry(students=[JANA])), ("zoe.ipynb", Entry(students=[ZOE]))]
    found = apply(read_overrides(tmp_path), entries, [], questions)
    assert (found.problems, set(found.of_file)) == ([], {"jana.ipynb", "zoe.ipynb"})


def test_the_page_quotes_the_program() -> None:
    """The message about an edited table is the program's."""
    source = (ROOT / "autograder" / "batch" / "edited.py").read_text(encoding="utf-8")
    assert "was edited by hand. It is kept as" in text_of(PAGE)
    assert "was edited by hand. It is kept as" in source
