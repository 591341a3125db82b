"""The commands of docs/changes.md and docs/export.md, for a class that has been graded."""

import shutil
from pathlib import Path

import pytest

from tests.docs.running import SUBMISSIONS, hand_in, run_page

pytestmark = pytest.mark.slow

NAMES = list(SUBMISSIONS)
LISTS = {
    "gradebook.csv": "Student,ID,SIS User ID,SIS Login ID,Section,Sheet 1 (7),Sheet 2 (8)\n"
    + "    Points Possible,,,,,75,10\n" + "".join(f"{name},{n},,,A,,\n" for n, name in enumerate(NAMES, 50)),
    "worksheet.csv": "Identifier,Full name,Status,Grade,Maximum Grade,Last modified (grade)\n"
    + "".join(f"Participant {n},{name},Submitted,,75.00,-\n" for n, name in enumerate(NAMES, 70)),
    "roster.csv": "Name,SID,Email,Role\n" + "".join(f"{name},{n},,Student\n" for n, name in enumerate(NAMES, 90)),
}  # fmt: skip


@pytest.fixture(scope="module")
def graded(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with zips, submissions, and the results of docs/changes.md."""
    folder = tmp_path_factory.mktemp("after")
    shutil.copytree(dist, folder / "dist")
    hand_in(folder)
    first = {"autograder compare graded dist": f"{_GRADE}compare graded dist"}
    told = run_page("docs/changes.md", folder, replaced=first)
    assert told.count("3 people: nothing changes.") == 2
    return folder


#: What the reader has done before.
_GRADE = "autograder grade submissions -a dist/autograder.zip -o graded\nautograder "


def test_changes(graded: Path) -> None:
    """The page's commands leave a table of changes, and a folder beside the old one."""
    assert (graded / "changes.csv").is_file()
    assert (graded / "graded-anew" / "final_grades.csv").is_file()


def test_export(graded: Path) -> None:
    """Each of the page's commands writes its table, for lists that have everybody."""
    for name, text in LISTS.items():
        (graded / name).write_text(text, encoding="utf-8")
    told = run_page("docs/export.md", graded)
    assert told.count("3 marks, out of 75 points (q3, q4, q5)") == 4
    files = {path.name for path in (graded / "graded" / "export").iterdir()}
    assert {"canvas.csv", "moodle.csv", "gradescope.csv", "csv.csv", "moodle-feedback.zip"} <= files
    assert ",75\n" in (graded / "graded" / "export" / "canvas.csv").read_text(encoding="utf-8")
