"""``autograder grade`` with exports from Gradescope: folders or zips of submissions, with a file of students' names."""

import shlex
import shutil
from pathlib import Path

import pytest

from autograder.grading.quoting import harmless
from tests.batch.folders import Place, place
from tests.support.samples import GOOD, notebook, zipped

__all__ = ["place"]

pytestmark = pytest.mark.slow

METADATA = """---
submission_101:
  :submitters:
  - :name: Ada Lovelace
    :sid: 00123
    :email: ada@example.org
  :created_at: 2024-11-05 10:11:12.345678901 Z
  :score: 12.5
  :status: processed
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    tests: []
submission_102:
  :submitters:
  - :name: "=HYPERLINK(\\"http://example.org\\",\\"me\\")"
    :sid:
    :email: "+x@example.org"
  - :name: Zoë, jr.
    :sid: '77'
    :email: zoe@example.org
  :created_at: 2024-11-05 10:11:12.345678901 Z
submission_103:
  :submitters: nobody
"""


def write_export(folder: Path) -> Path:
    """Write an export of five submissions: from one student, two, an odd one, an unknown one, and an empty one."""
    folder.mkdir(parents=True)
    (folder / "submission_metadata.yml").write_text(METADATA, encoding="utf-8")
    contents = {
        "submission_101/homework.ipynb": notebook(GOOD, "def forward(): return 1"),
        "submission_102/homework.ipynb": notebook("from helper import init", "def forward(): return 5"),
        "submission_102/helper.py": GOOD.encode(),
        "submission_103/handed in.zip": zipped({"a/nb.ipynb": notebook(GOOD)}),
        "submission_104/homework.py": b"def forward(): return 2",
    }
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    (folder / "submission_105").mkdir()
    return folder


TOTALS = {"submission_101": 3, "submission_102": 1, "submission_103": 1, "submission_104": 2}


@pytest.mark.parametrize("form", ["folder", "folder around", "zip", "zip without folder"])
def test_export(form: str, place: Place) -> None:
    """Each student of an export has a row, each member of a group too. The cells are safe in a spreadsheet."""
    path = folder = write_export(place.submissions / "assignment_7_export")
    if form == "folder around":
        path = place.submissions
    elif form.startswith("zip"):
        inside = folder if form == "zip without folder" else folder.parent
        path = Path(shutil.make_archive(str(place.folder / "export"), "zip", inside))
    done = place.grade(paths=(path,))
    assert done.returncode == 0, done.stderr
    assert place.totals() == TOTALS
    people = {(row["student"], row["id"], row["email"], row["submitted"], row["file"]) for row in place.rows()}
    time = "2024-11-05 10:11:12 UTC"
    assert people == {
        ("", "", "", "", "points-per-question"),
        ("Ada Lovelace", "00123", "ada@example.org", time, "submission_101"),
        ('\'=HYPERLINK("http://example.org","me")', "", "'+x@example.org", time, "submission_102"),
        ("Zoë, jr.", "77", "zoe@example.org", time, "submission_102"),
        *((f"submission_{number}", "", "", "", f"submission_{number}") for number in (103, 104, 105)),
    }
    assert place.table()["submission_105"]["grading_status"] == "nothing to grade: no files"
    before = place.records()
    assert "0 new, 5 kept" in place.grade(paths=(path,)).stdout
    assert place.records() == before
    assert not place.leftovers()


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_one_of_an_export_again(form: str, place: Place) -> None:
    """The printed command for a failure in an export grades just that submission, with helpers, into the same row."""
    folder = write_export(place.submissions / "export")
    cell = "from helper import x\ndef init(): return 'always'"
    (folder / "submission_102" / "homework.ipynb").write_bytes(notebook(cell, "def forward(): return 1"))
    (folder / "submission_102" / "helper.py").write_bytes(b"x = 1")
    path = folder if form == "folder" else Path(shutil.make_archive(str(place.folder / "export"), "zip", folder))
    flag = place.flags / "always"
    flag.touch()
    done = place.grade(paths=(path,))
    assert done.returncode == 1
    flag.unlink()
    before = place.records()
    command = shlex.split(done.stderr.splitlines()[1].removeprefix("    again: "))
    assert command[2] == str(path / "submission_102")
    again = place.run([*place.command()[:2], *command])
    assert again.returncode == 0, again.stderr
    assert place.totals() == TOTALS | {"submission_102": 2}
    assert [row["id"] for row in place.rows() if row["file"] == "submission_102"] == ["", "77"]
    assert [name for name, record in place.records().items() if record != before[name]] == ["submission_102.json"]


def test_two_exports(place: Place) -> None:
    """A person of two exports counts once; others of the same folder's name stay apart, also when graded again."""
    paths = (write_export(place.submissions / "a"), write_export(place.submissions / "b"))
    place.grade(paths=paths)
    apart = {
        f"{folder}/{name}": points for folder in "ab" for name, points in TOTALS.items() if name != "submission_101"
    }
    assert place.totals() == apart | {"submission_101": TOTALS["submission_101"]}
    assert "9 kept" in place.grade(paths=paths).stdout


def test_added_later(place: Place) -> None:
    """A submission keeps its name in the tables when one of the same name is added from another place."""
    first, second = place.write("a/homework.ipynb"), place.write("b/homework.ipynb", forward=5)
    place.grade(paths=(first,))
    assert place.totals() == {"homework.ipynb": 3}
    place.grade(paths=(first, second))
    assert place.totals() == {"b/homework.ipynb": 1, "homework.ipynb": 3}


def test_damaged_exports(place: Place) -> None:
    """If an export cannot be read, the command ends with a message that says so."""
    folder = write_export(place.submissions / "export")
    (folder / "submission_metadata.yml").write_text("- [", encoding="utf-8")
    done = place.grade(paths=(folder,))
    assert done.returncode == 1
    assert "submission_metadata.yml" in done.stderr
    assert "download the export again" in done.stderr
    archive = Path(shutil.make_archive(str(place.folder / "export"), "zip", folder))
    content = bytearray(archive.read_bytes())
    content[content.index(b"homework.ipynb") + 40] ^= 0xFF
    archive.write_bytes(content)
    done = place.grade(paths=(archive,))
    assert done.returncode == 1
    assert "download" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1"])
def test_formulas_are_made_harmless(text: str) -> None:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front. Other texts stay as they are."""
    assert harmless(text) == f"'{text}"
    assert harmless("a=1") == "a=1"
