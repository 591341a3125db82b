"""``autograder merge``: folders of several people become one, and what contradicts itself is listed, not decided."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from autograder.batch.merging import merge
from autograder.cli import cli
from autograder.errors import AutograderError
from autograder.report import write_report
from tests.batch.folders import Place, place
from tests.batch.hands import JANA, LIN, LIN_TOO, OLAF, ZOE, record, row_of, table, write_folder, write_overrides

__all__ = ["place"]

ALL = ("shapes", "range", "example", "stable")


@pytest.fixture
def halves(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Two halves of a class, and the class as one run would leave it."""
    first = [record("jana.ipynb", JANA, passed=ALL), record("olaf.ipynb", OLAF, passed=("shapes",), note="a note")]
    second = [record("group.zip", ZOE, LIN, passed=("stable",)), record("aside.ipynb", LIN_TOO, passed=("range",))]
    a, b = write_folder(tmp_path / "a", first), write_folder(tmp_path / "b", second)
    return a, b, write_folder(tmp_path / "whole", [*first, *second])


def test_one_run(halves: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """Table, records and report are those of one run, to the byte, in either order and when merged again."""
    a, b, whole = halves
    expected = [path.read_text(encoding="utf-8").replace(str(whole), "") for path in write_report(whole)]
    for number, folders in enumerate([(a, b), (b, a), (a, b)]):
        output = tmp_path / f"c{number % 2}"
        merged = merge(folders, output)
        assert (merged.people, merged.problems, merged.edits) == (5, [], [])
        assert (output / "final_grades.csv").read_bytes() == (whole / "final_grades.csv").read_bytes()
        for path in (whole / "results").iterdir():
            assert (output / "results" / path.name).read_bytes() == path.read_bytes()
        told = [path.read_text(encoding="utf-8").replace(str(output), "") for path in write_report(output)]
        assert told == expected


def test_downloads_of_other_dates(halves: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """A person in both folders with the same marks has one row, whatever the file is called there."""
    a, b, _ = halves
    write_folder(b, [record("jana (1).ipynb", JANA, passed=ALL), record("group.zip", ZOE, LIN, passed=("stable",))])
    merged = merge([a, b], tmp_path / "c")
    assert merged.problems == []
    assert [row["student"] for row in table(tmp_path / "c")].count("Jana Beispiel") == 1
    assert row_of(tmp_path / "c", JANA)["total_points_earned"] == "15"


def test_conflict(halves: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same person with other marks has a row without points, is listed with both, and the exit status is 1."""
    a, b, _ = halves
    write_folder(b, [record("other.ipynb", JANA, passed=("stable",)), record("lin.ipynb", LIN, passed=ALL)])
    with pytest.raises(SystemExit) as ended:
        cli.main(["merge", str(a), str(b), "-o", str(tmp_path / "c")], standalone_mode=False)
    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert f"conflict: Jana Beispiel: 15 points in {a}, 6 points in {b}; move away the one that does not count" in told
    row = row_of(tmp_path / "c", JANA)
    assert (row["q3"], row["q4"], row["total_points_earned"]) == ("", "", "")
    assert row["grading_status"].startswith("not graded yet: two folders differ: 15 points in")
    assert row_of(tmp_path / "c", LIN)["total_points_earned"] == "15"
    (b / "results" / "other.ipynb.json").unlink()
    assert merge([a, b], tmp_path / "c").problems == []
    assert row_of(tmp_path / "c", JANA)["total_points_earned"] == "15"


def test_the_same_marks_by_other_cases(tmp_path: Path) -> None:
    """Sums that are the same by chance are a conflict, too; a fault of ours in one folder is none."""
    a = write_folder(tmp_path / "a", [record("j.ipynb", JANA, passed=("shapes", "example"))])
    b = write_folder(tmp_path / "b", [record("j.ipynb", JANA, passed=("stable",))])
    assert len(merge([a, b], tmp_path / "c").problems) == 1
    fault = record("j.ipynb", JANA, status="not graded, our fault: the disk is full", cases=[])
    c = write_folder(tmp_path / "d", [fault])
    assert merge([a, c], tmp_path / "e").problems == []
    assert row_of(tmp_path / "e", JANA)["total_points_earned"] == "6"


def test_people_of_one_name(tmp_path: Path) -> None:
    """Two people of one name are two, if their ids say so; one whose id only one download knows is one person."""
    a = write_folder(tmp_path / "a", [record("one.ipynb", LIN, passed=ALL)])
    b = write_folder(tmp_path / "b", [record("two.ipynb", LIN_TOO, passed=("shapes",))])
    assert merge([a, b], tmp_path / "c").people == 2
    nameless = type(JANA)("lin wu")
    write_folder(tmp_path / "d", [record("Lin Wu.ipynb", nameless, passed=ALL)])
    assert merge([a, tmp_path / "d"], tmp_path / "e").people == 1


def test_groups(tmp_path: Path) -> None:
    """Who is in a group in one folder only has a row, whether the marks are the same or not."""
    a = write_folder(tmp_path / "a", [record("jana.ipynb", JANA, passed=ALL)])
    for name, passed, points in (("b", ALL, "15"), ("c", ("shapes",), "")):
        b = write_folder(tmp_path / name, [record("group.ipynb", OLAF, JANA, passed=passed)])
        merged = merge([a, b], tmp_path / f"with-{name}")
        assert (merged.people, len(merged.problems)) == (2, int(not points))
        assert [row_of(tmp_path / f"with-{name}", one)["total_points_earned"] for one in (JANA, OLAF)] == [points] * 2


def test_files_of_one_name(tmp_path: Path) -> None:
    """Files of one name get the folders in front that they have in their downloads."""
    a = write_folder(tmp_path / "a", [record("hw.ipynb", JANA, passed=ALL, path="/x/Jana/hw.ipynb")])
    b = write_folder(tmp_path / "b", [record("hw.ipynb", OLAF, passed=ALL, path="/x/Olaf/hw.ipynb")])
    merge([a, b], tmp_path / "c")
    assert {row["file"] for row in table(tmp_path / "c")} == {"points-per-question", "Jana/hw.ipynb", "Olaf/hw.ipynb"}
    assert (tmp_path / "c" / "results" / "Jana" / "hw.ipynb.json").is_file()


def test_roster(halves: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """With a list of the class, who is in none of the folders has a row."""
    a, b, _ = halves
    roster = tmp_path / "roster.csv"
    roster.write_text("name,id\nJana Beispiel,007\nAnna Fehlt,099\n", encoding="utf-8")
    merge([a, b], tmp_path / "c", roster)
    (row,) = [row for row in table(tmp_path / "c") if row["id"] == "099"]
    assert row["grading_status"] == "nothing to grade: nothing was handed in"


def test_overrides_of_both(halves: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """The new folder has the rows of all overrides.csv, applied; two that contradict each other are listed."""
    a, b, _ = halves
    write_overrides(a, "Olaf Muster,q3,5,by hand,Ada")
    write_overrides(b, "013,stable,0,copied,Bob", "Jana Beispiel,q4,1,late,Bob")
    c = tmp_path / "c"
    assert merge([a, b], c).problems == []
    assert [row_of(c, one)["total_points_earned"] for one in (OLAF, ZOE, LIN, JANA)] == ["5", "0", "6", "6"]
    write_overrides(a, "olaf@example.org,q3,4,by hand,Ada", "Olaf Muster,q3,5,by hand,Ada")
    (problem,) = merge([a, b], c).problems
    assert "has different points for the same test case or question; none of them counts" in problem
    assert row_of(c, OLAF)["total_points_earned"] == "2"
    rows = list(csv.reader(io.StringIO((c / "overrides.csv").read_text(encoding="utf-8-sig"))))
    assert ["013", "stable", "0", "copied", "Bob"] in rows
    assert len(rows) == 5


def test_edited_tables(halves: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """A table that was edited by hand in one of the folders is copied beside the new one, and the edit is named."""
    a, b, _ = halves
    path = a / "final_grades.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("olaf.ipynb,2,0,2", "olaf.ipynb,2,9,11"), encoding="utf-8")
    merged = merge([a, b], tmp_path / "c")
    assert "    Olaf Muster, q4: 9 instead of 0" in merged.edits
    (kept,) = (tmp_path / "c").glob("final_grades.edited-*")
    assert kept.read_bytes() == path.read_bytes()
    assert row_of(tmp_path / "c", OLAF)["q4"] == "0"


def test_what_does_not_belong_together(halves: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """Another assignment, another version, one folder twice, and a folder in use for something else are refused."""
    a, b, whole = halves
    other = write_folder(tmp_path / "other", [record("x.ipynb", ZOE, grader="another")])
    third = write_folder(tmp_path / "third", [record("x.ipynb", ZOE)])
    run = json.loads((third / "run.json").read_text(encoding="utf-8")) | {"assignment": "another"}
    (third / "run.json").write_text(json.dumps(run), encoding="utf-8")
    for folders, output, reason in (
        ((a, other), "c", "different versions of the program or of autograder.zip"),
        ((a, third), "c", "the assignment 'rnn', .* 'another'"),
        ((a, a), "c", "two or more different folders"),
        ((a,), "c", "two or more different folders"),
        ((a, b), "a", "is one of the folders"),
        ((a, b), "whole", "holds results that are not from a merge"),
        ((a, tmp_path / "none"), "c", "holds no results"),
    ):
        with pytest.raises(AutograderError, match=reason):
            merge(folders, tmp_path / output)
    assert not (tmp_path / "c").exists()
    assert (whole / "results").is_dir()


@pytest.mark.slow
def test_graded_halves(place: Place) -> None:
    """Two halves that were really graded give the table of the class that was graded in one run."""
    place.write_many(6)
    for number, path in enumerate(sorted(place.submissions.iterdir())):
        half = place.folder / f"half{number % 2}"
        half.mkdir(exist_ok=True)
        (half / path.name).write_bytes(path.read_bytes())
    whole = place.output
    assert place.grade().returncode == 0
    parts = []
    for number in range(2):
        place.output = place.folder / f"graded{number}"
        parts.append(place.output)
        assert place.grade(paths=(place.folder / f"half{number}",)).returncode == 0
    done = place.run([sys.executable, "-m", "autograder", "merge", *map(str, parts), "-o", str(place.folder / "c")])
    assert (done.returncode, done.stderr) == (0, "")
    assert "6 people" in done.stdout
    for name in ("final_grades.csv", "skipped.csv"):
        assert (place.folder / "c" / name).read_bytes() == (whole / name).read_bytes()
    place.output = place.folder / "c"
    assert "0 new, 6 kept" in place.grade().stdout
