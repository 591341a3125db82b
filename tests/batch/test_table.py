"""The table of a class that is graded: who is in it, who leaves it, and what is said at the end."""

import csv
import shutil
import zipfile
from pathlib import Path

import pytest

from autograder.batch.roster import Roster, read_roster
from autograder.batch.store import Store
from autograder.batch.tables import Row, missing, write_grades
from autograder.errors import AutograderError
from autograder.grading.people import Entry, Student
from tests.batch.folders import Place, place
from tests.support.packing import HW, PDF, Sample
from tests.support.samples import GOOD, notebook

__all__ = ["place"]

FULL = notebook(GOOD, "def forward(): return 1")
HALF = notebook(GOOD, "def forward(): return 5")
NONE = notebook("def init(): return 7", "def forward(): return 5")


def rows(place: Place) -> dict[str, tuple[str, ...]]:
    """Points and status of each person in the table."""
    return {
        row["student"]: (row["total_points_earned"], row["grading_status"]) for row in place.rows() if row["student"]
    }


def skipped(place: Place) -> dict[str, str]:
    """The reason for each file that was not graded."""
    with (place.output / "skipped.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["file"]: row["reason"] for row in csv.DictReader(stream)}


@pytest.mark.slow
def test_every_status(place: Place) -> None:
    """Each status is in the table with its reason, and only what was graded has points."""
    files = {
        f"ana_1_11_{HW}": FULL, f"bea_2_12_{HW}": notebook(GOOD, "1 / 0", "def forward(): return 1"),
        f"cleo_3_13_{HW}": b"{", "dora_4_14_essay.pdf": PDF, "ed_LATE_5_text.html": b"<p>",
        f"fay_6_16_{HW}": notebook(GOOD, "def forward(): return 1", "exit()"), "notes.txt": b"of staff",
    }  # fmt: skip
    path = Sample(files, []).write_zip(place.folder / "canvas.zip")
    done = place.grade(paths=(path,))
    assert (done.returncode, done.stderr) == (0, "")
    found = rows(place)
    assert found.pop("cleo")[0] == ""
    assert place.table()[f"cleo_3_13_{HW}"]["grading_status"].startswith(f"unreadable: {HW} is not a notebook: ")
    assert found == {
        "ana": ("3", "graded"),
        "bea": ("3", "partly run: cell 2 failed"),
        "dora": ("", "nothing to grade: essay.pdf (a PDF document)"),
        "ed": ("", "nothing to grade: text.html"),
        "fay": ("3", "partly run: cell 3 ended the run with exit()"),
    }  # fmt: skip
    assert {row["student"]: row["late"] for row in place.rows()}["ed"] == "yes"
    assert set(skipped(place)) == {f"cleo_3_13_{HW}", "dora_4_14_essay.pdf", "ed_LATE_5_text.html", "notes.txt"}
    assert "6 people: 1 graded, 2 partly run, 1 unreadable, 2 nothing to grade" in done.stdout
    assert "4 files were not graded; see skipped.csv:" in done.stdout
    assert "    notes.txt: it is not a submission" in done.stdout


@pytest.mark.slow
def test_who_leaves_the_table(place: Place) -> None:
    """Work that was replaced, renamed or withdrawn leaves the table. Its record stays, and is named."""
    folder = place.submissions
    for name in ("jana/hw.ipynb", "olaf/hw.ipynb", "zoe/hw.ipynb"):
        place.write(name)
    assert "3 new, 0 kept" in place.grade().stdout
    shutil.rmtree(folder / "jana")
    (folder / "olaf").rename(folder / "Olaf Muster")
    place.write("zoe/hw.ipynb", forward=5)
    done = place.grade()
    assert "2 new, 0 kept" in done.stdout
    assert rows(place) == {"Olaf Muster": ("3", "graded"), "zoe": ("1", "graded")}
    assert "2 records are for work that is no longer in this class. Left out of the table:" in done.stdout
    assert {"jana.json", "olaf.json"} <= set(place.records())
    assert place.run([*place.command()[:3], "report", str(place.output)]).returncode == 0
    page = (place.output / "report.html").read_text(encoding="utf-8")
    assert "Olaf Muster" in page
    assert "jana" not in page


@pytest.mark.slow
def test_zip_and_folder_are_the_same_class(place: Place) -> None:
    """A zip that was unpacked is the same people, and nothing is graded again; with another zip, all are."""
    sample = Sample({f"Jana B_7_assignsubmission_file/{HW}": FULL, f"Zoë P_8_assignsubmission_file/a/{HW}": HALF}, [])
    archive, folder = sample.write_zip(place.folder / "m.zip"), sample.write_folder(place.folder / "m")
    assert "2 new, 0 kept" in place.grade(paths=(archive,)).stdout
    before = place.rows()
    done = place.grade(paths=(folder,))
    assert "0 new, 2 kept" in done.stdout
    assert "left out" not in done.stdout
    assert place.rows() == before
    place.write_zip(seed=12345)
    done = place.grade(paths=(archive,))
    assert "2 new, 0 kept" in done.stdout
    assert "place of other work" not in done.stdout


@pytest.mark.slow
def test_work_that_takes_the_place_of_other_work(place: Place) -> None:
    """If another download has other work by the same people, it counts, and this is told at the end."""
    first = Sample({f"Jana B_7_assignsubmission_file/{HW}": FULL, f"Zoë P_8_assignsubmission_file/{HW}": FULL}, [])
    second = Sample({f"Jana B_7_assignsubmission_file/{HW}": HALF, f"Zoë P_8_assignsubmission_file/{HW}": FULL}, [])
    for sample, name, told in ((first, "a", False), (second, "b", True), (second, "c", False)):
        done = place.grade(paths=(sample.write_zip(place.folder / f"{name}.zip"),))
        assert ("1 submission replaces work by the same people" in done.stdout) is told
        assert ("    Jana B_7_assignsubmission_file\n" in done.stdout) is told
    assert rows(place) == {"Jana B": ("1", "graded"), "Zoë P": ("3", "graded")}


@pytest.mark.slow
def test_a_part_of_the_class(place: Place) -> None:
    """If a part is named, only that is graded, and the rest stays in the table as it is."""
    for name in ("jana", "olaf", "zoe"):
        place.write(f"{name}/hw.ipynb")
    place.grade()
    place.write("jana/hw.ipynb", forward=5)
    place.write("olaf/hw.ipynb", forward=5)
    assert "1 new, 0 kept" in place.grade(paths=(place.submissions / "jana",)).stdout
    told = "not graded yet: run the same command again"
    assert rows(place) == {"jana": ("1", "graded"), "olaf": ("", told), "zoe": ("3", "graded")}
    assert "1 new, 2 kept" in place.grade().stdout
    assert rows(place)["olaf"] == ("1", "graded")


@pytest.mark.slow
def test_the_best_attempt(place: Place) -> None:
    """The latest attempt counts, or the first, or the best; the others are listed."""
    contents = {"Nov 20, 2026 800 AM": HALF, "Nov 21, 2026 800 AM": FULL, "Nov 22, 2026 800 AM": NONE}
    sample = Sample({f"12-3 - Jana B - {time}/{HW}": content for time, content in contents.items()}, [])
    path = sample.write_zip(place.folder / "b.zip")
    for options, points in (([], "0"), (["--attempt", "first"], "1"), (["--attempt", "best"], "3")):
        assert place.grade(*options, paths=(path,)).returncode == 0
        assert [row["total_points_earned"] for row in place.rows()] == ["3", points]
        assert len(skipped(place)) == 2
    assert len(Store(place.output).run().files or ()) == 1


@pytest.mark.slow
def test_a_roster(place: Place) -> None:
    """Who is missing has a row, who is not on the list is named, and ids and emails are filled in."""
    sample = Sample({f"beispieljana_1_11_{HW}": FULL, f"probezoë_2_12_{HW}": HALF, f"gast_3_13_{HW}": FULL}, [])
    roster = place.folder / "list.csv"
    lines = ["Student;SIS User ID;Email", "Beispiel, Jana;00123;j@x", "Probe, Zoë;00124;z@x", "Muster, Olaf;00125;=o"]
    roster.write_text("\n".join(lines), encoding="utf-8-sig")
    done = place.grade("--roster", roster, paths=(sample.write_zip(place.folder / "c.zip"),))
    assert done.returncode == 0, done.stderr
    people = {
        row["student"]: (row["id"], row["email"], row["grading_status"]) for row in place.rows() if row["student"]
    }
    assert people == {
        "beispieljana": ("1", "j@x", "graded"), "probezoë": ("2", "z@x", "graded"), "gast": ("3", "", "graded"),
        "Muster, Olaf": ("00125", "'=o", "nothing to grade: nothing was handed in"),
    }  # fmt: skip
    assert "not on the roster: gast" in done.stdout


@pytest.mark.slow
def test_what_cannot_be_told_ends_with_2(place: Place) -> None:
    """Where it cannot be told what a download is, nothing is graded, and the exit status is 2."""
    place.write("jana/hw.ipynb")
    place.write("olaf.ipynb")
    done = place.grade()
    assert done.returncode == 2
    assert "Write --layout folders" in done.stderr
    assert not (place.output / "final_grades.csv").exists()
    assert place.grade("--layout", "folders").returncode == 0
    assert sorted(rows(place)) == ["jana", "olaf"]
    assert place.grade("--pattern", "(").returncode == 2


ROSTERS = {
    "canvas": "Student,ID,SIS User ID,SIS Login ID,Section\n\"Beispiel, Jana\",1001,s77,jb12,A\n"
    "    Points Possible,,,,\n\"Student, Test\",9,,6f1a,A\n",
    "moodle": "First name,Surname,ID number,Email address\nJana,Beispiel,s77,jana@uni.example\n",
    "gradescope": "Full Name,SID,Email\nJana Beispiel,00077,jana@uni.example\n",
    "Excel": "sep=;\nName;ID\nJana Beispiel;00077\n",
    "an office": "Nachname;Vorname;Matrikelnummer\nBeispiel;Jana;00077\n",
    "ids": "id\njb12\n",
}  # fmt: skip


@pytest.mark.parametrize("kind", ROSTERS)
def test_rosters_of_many_kinds(kind: str, tmp_path: Path) -> None:
    """A list is read in whatever columns, and people are found by id, login, email, or name in any order."""
    path = tmp_path / "list.csv"
    path.write_text(ROSTERS[kind], encoding="utf-16" if kind == "an office" else "utf-8")
    student = Student("jb12", "jb12") if kind in {"ids", "canvas"} else Student("beispieljana", "5")
    roster = Roster(read_roster(path))
    assert list(roster.complete([student, Student("Olaf Muster")])) == [student]
    assert (list(roster.missing()), roster.strangers) == ([], [Student("Olaf Muster")])


def test_zeros_that_a_spreadsheet_dropped(tmp_path: Path) -> None:
    """An id without the zeros at its start counts, unless it may be that of two people."""
    path = tmp_path / "list.csv"
    path.write_text("id,name\n77,\n5,Ann\n05,Bea\n6,\n", encoding="utf-8")
    roster = Roster(read_roster(path))
    known, unclear = Student("Jana Beispiel", "00077"), Student("Somebody", "005")
    rivals = [Student("One", "006"), Student("Other", "0006")]
    assert list(roster.complete([known, unclear, *rivals])) == [known]
    assert (len(list(roster.missing())), roster.strangers) == (3, [unclear, *rivals])


def test_a_roster_that_is_no_csv(tmp_path: Path) -> None:
    """A workbook is named as such, and so is the way out."""
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("xl/workbook.xml", "")
    with pytest.raises(AutograderError, match=r"list\.xlsx: it is an Excel workbook, not a CSV file; save it as CSV"):
        read_roster(path)


@pytest.mark.parametrize("told", ["Is a directory", "field larger than"])
def test_a_roster_that_cannot_be_read(told: str, tmp_path: Path) -> None:
    """A folder, and a quotation mark that is never closed in a long file, are named with the reason."""
    path = tmp_path / "list.csv"
    if told == "Is a directory":
        path.mkdir()
    else:
        path.write_text(f'name,id\n"Jana,{"x" * 200_000}\n', encoding="utf-8")
    with pytest.raises(AutograderError, match=rf"cannot read the roster .*list\.csv: .*{told}"):
        read_roster(path)


def test_two_of_one_name_on_a_roster(tmp_path: Path) -> None:
    """Two people of one name are two, on the list and in the class."""
    path = tmp_path / "list.csv"
    path.write_text("name,id\nJana Beispiel,1\nJana Beispiel,2\nJana Beispiel,3\n", encoding="utf-8")
    roster = Roster(read_roster(path))
    assert len(roster.complete([Student("Jana Beispiel", "2"), Student("Jana Beispiel", "99")])) == 2
    assert [student.id for student in roster.missing()] == ["3"]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n"])
def test_what_is_no_roster(text: str, tmp_path: Path) -> None:
    """A file without a column of people is refused with what is needed."""
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AutograderError, match="needs a first line that names its columns"):
        read_roster(path)


def test_the_table_is_safe_in_a_spreadsheet(tmp_path: Path) -> None:
    """It begins with a byte order mark, ids are texts as they are, and what a spreadsheet would run is defused."""
    students = [Student("Zoë", "007", "=1+2"), Student("@x", "+1")]
    row = Row("-a.ipynb", "graded", Entry(students=students, late="no"), {"one": 1}, {"one": 2})
    content = write_grades(tmp_path, [missing(Student("Olaf")), row]).read_bytes()
    assert content.startswith(b"\xef\xbb\xbfstudent,id,email,submitted,attempt,late,file,one,")
    assert content.decode("utf-8-sig").splitlines()[2:] == [
        "Zoë,007,'=1+2,,,no,'-a.ipynb,1,1,0.5,graded",
        "'@x,'+1,,,,no,'-a.ipynb,1,1,0.5,graded",
        "Olaf,,,,,,,,,,nothing to grade: nothing was handed in",
    ]
