"""overrides.csv and a final_grades.csv that was edited by hand: nothing that a person decided is lost."""

import csv
import json
from pathlib import Path

import pytest

from autograder.batch.edited import remember, set_aside
from autograder.batch.tables import Row, write_grades
from autograder.errors import AutograderError
from autograder.grading.overrides import Applied, apply, changed, questions_of, read_overrides
from autograder.grading.results import Record, Shown
from autograder.grading.seen import PrintedText
from autograder.report import write_report
from tests.batch.folders import Place, place
from tests.batch.hands import JANA, LIN, LIN_TOO, OLAF, ZOE, record, row_of, write_folder, write_overrides

__all__ = ["place"]

CLASS = [
    record("jana.ipynb", JANA, passed=("shapes", "stable"), printed=[PrintedText("Cell 1", "hello")]),
    record("olaf.ipynb", OLAF, unread="unreadable: it is a PDF", passed=()),
    record("group.zip", ZOE, LIN, passed=("range",)),
    record("lin2.ipynb", LIN_TOO, passed=()),
]


def applied(folder: Path, *rows: str, **how: str) -> Applied:
    """What these rows mean for the class."""
    write_overrides(folder, *rows, **how)
    entries = [(one.ours.file, one.ours.entry) for one in CLASS]
    return apply(read_overrides(folder), entries, [], questions_of(CLASS))


def after(folder: Path, *rows: str, **how: str) -> dict[str, Record]:
    """The records of the class with these rows, which are all right."""
    found = applied(folder, *rows, **how)
    assert found.problems == []
    return {one.ours.file: changed(one, found.of_file.get(one.ours.file, ())) for one in CLASS}


@pytest.mark.parametrize(
    "person", ["Jana Beispiel", "  jana  beispiel ", '"Beispiel, Jana"', "007", "7", "jana@example.org", "jana.ipynb"]
)
def test_a_person_by_any_name(person: str, tmp_path: Path) -> None:
    """A person may be written as name, id, email or file."""
    assert after(tmp_path, f"{person},q3,5,why,who")["jana.ipynb"].ours.points == {"q3": 5, "q4": 6}


def test_a_case_and_a_question(tmp_path: Path) -> None:
    """Points for a case change the sum of its question; those for a question take its place."""
    assert after(tmp_path, "007,range,1.5,,", "007,stable,0,,")["jana.ipynb"].ours.points == {"q3": 3.5, "q4": 0}
    assert after(tmp_path, '007,q4,"7,5",half,')["jana.ipynb"].ours.points == {"q3": 2, "q4": 7.5}


def test_all_or_nothing(tmp_path: Path) -> None:
    """A question that gives points only if all of its cases do gives them if a person passes the last one."""
    one = record("jana.ipynb", JANA, passed=("shapes",), whole=["q3"])
    assert one.ours.points["q3"] == 0
    for points, total in (("3", 5), ("2", 0)):
        write_overrides(tmp_path, f"007,range,{points},,")
        found = apply(read_overrides(tmp_path), [("jana.ipynb", one.ours.entry)], [], questions_of([one]))
        assert changed(one, found.of_file["jana.ipynb"]).ours.points["q3"] == total


def test_a_member_of_a_group(tmp_path: Path) -> None:
    """A row on a member of a group changes the marks of this member alone; one on the file those of all."""
    write_folder(tmp_path, list(after(tmp_path, "013,range,0,copied,Ada", "group.zip,example,4,,").values()))
    assert [row_of(tmp_path, one)["total_points_earned"] for one in (ZOE, LIN)] == ["4", "7"]
    assert row_of(tmp_path, ZOE)["overrides"] == (
        "range for Zoë Ångström: 0 points instead of 3, copied (Ada); example: 4 points instead of 0"
    )
    assert row_of(tmp_path, LIN)["overrides"] == "example: 4 points instead of 0"


def test_work_that_could_not_be_read(tmp_path: Path) -> None:
    """Unreadable work that a person has graded has these points and no others; its status still says what it was."""
    write_folder(tmp_path, list(after(tmp_path, "012,q3,4,on paper,Ada").values()))
    row = row_of(tmp_path, OLAF)
    assert (row["q3"], row["q4"], row["total_points_earned"]) == ("4", "", "4")
    assert row["grading_status"] == "unreadable: it is a PDF"
    assert row["overrides"] == "q3: 4 points, on paper (Ada)"


def test_what_a_student_reads(tmp_path: Path) -> None:
    """The record in Gradescope's format has the new points, the change stands above the note; taken back, it goes."""
    before = CLASS[0]
    one = after(tmp_path, "007,range,3,the range was right,Ada")["jana.ipynb"]
    assert [(test.score, test.status) for test in one.tests if test.name == "range"] == [(3, "passed")]
    assert one.output is not None
    assert one.output.startswith("<p>Changed by hand:<br>range: 3 points instead of 0, the range was right (Ada)</p>")
    assert one.output.endswith("<p>Cell 1 printed:</p><pre>hello</pre>")
    assert changed(one, one.ours.changes) is one
    assert changed(one, []) == before


def test_scaled_scores(tmp_path: Path) -> None:
    """Where the settings scale the total, it follows."""
    one = record("jana.ipynb", JANA, passed=("stable",), shown=Shown(scale={"points_possible": 30.0}))
    write_overrides(tmp_path, "007,q3,5,,")
    found = apply(read_overrides(tmp_path), [("jana.ipynb", one.ours.entry)], [], questions_of([one]))
    assert changed(one, found.of_file["jana.ipynb"]).score == pytest.approx(22)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Nobody,q3,1,,", "line 2: nobody in this class is called 'Nobody'"),
        ("Lin Wu,q3,1,,", "'Lin Wu' may be one of 2 people: write the id or the email"),
        ("007,q9,1,,", "there is no question or test case 'q9'; questions are q3, q4"),
        ("007,ranges,1,,", "there is no question or test case 'ranges' (did you mean 'range'?); questions are q3, q4"),
        ("007,q3,six,,", "'six' is not a number of points"),
        ("007,q3,6,,", "q3 is worth 5 points, so it cannot get 6"),
        ("007,q3,-1,,", "q3 is worth 5 points, so it cannot get -1"),
        ("007,range,nan,,", "range is worth 3 points, so it cannot get nan"),
    ],
)
def test_problems(row: str, reason: str, tmp_path: Path) -> None:
    """A row on somebody or something that does not exist is named with its line, and the other rows count."""
    found = applied(tmp_path, row, "022,q4,2,,")
    (problem,) = found.problems
    assert reason in problem
    assert list(found.of_file) == ["lin2.ipynb"]


def test_a_name_of_two_test_cases(tmp_path: Path) -> None:
    """A row on a test case is refused if two questions have one of that name. The message names both."""
    write_overrides(tmp_path, "007,range,1,,")
    questions = {"q3": {"range": 3.0}, "q4": {"range": 6.0}}
    found = apply(read_overrides(tmp_path), [("jana.ipynb", CLASS[0].ours.entry)], [], questions)
    assert [problem for problem in found.problems if "'range' in q3 and in q4" in problem] == found.problems != []


def test_rows_without_anything_in_them(tmp_path: Path) -> None:
    """Empty rows, as spreadsheets leave them, do not count, and keep the numbers of the lines; nor do empty files."""
    write_overrides(tmp_path, ",,,,", "007,q3,5,,", "", "nobody,q3,5,,")
    assert [row.line for row in read_overrides(tmp_path)] == [3, 5]
    (tmp_path / "overrides.csv").write_text(",,\n\n", encoding="utf-8")
    assert read_overrides(tmp_path) == []


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A folder in place of the file is named with the reason."""
    (tmp_path / "overrides.csv").mkdir()
    with pytest.raises(AutograderError, match=r"cannot read .*overrides\.csv: Is a directory"):
        read_overrides(tmp_path)


def test_contradictions(tmp_path: Path) -> None:
    """Two rows that contradict each other are named, and none of them counts; the same row twice is no harm."""
    found = applied(tmp_path, "007,q3,1,,", "Jana Beispiel,q3,2,,")
    assert found.problems == [
        "overrides.csv, lines 2, 3: 007 has different points for the same test case or question; none of them counts"
    ]
    assert "and for its test cases" in applied(tmp_path, "007,q3,1,,", "007,range,2,,").problems[0]
    assert not applied(tmp_path, "007,q3,1,,", "007,q3,1,,").problems


@pytest.mark.parametrize(
    ("content", "points"),
    [
        ("person;case;points;comment;by\r\n007;q4;7,5;x;y\r\n", 7.5),
        ("\ufeffStudent,Question,Points\n007,q4,7.5\n", 7.5),
        ("by whom,comment,points,test case or question,id\n,,1,Q4,007\n", 1),
        ("student,id,case,points\nLin Wu,007,q4,2\n", 2),
    ],
)
def test_as_spreadsheets_save_it(content: str, points: float, tmp_path: Path) -> None:
    """Semicolons, decimal commas, a byte order mark, other headings and another order of columns are understood."""
    (tmp_path / "overrides.csv").write_text(content, encoding="utf-8")
    found = apply(read_overrides(tmp_path), [("j", CLASS[0].ours.entry)], [], questions_of(CLASS))
    assert [change.points for change in found.of_file["j"]] == [points]


def test_a_file_without_columns(tmp_path: Path) -> None:
    """A file without a column that is needed is refused with the row that it should begin with."""
    write_overrides(tmp_path, "007,q3", head="person,case")
    with pytest.raises(AutograderError, match=r"no column 'points'.*person,case,points,comment,by"):
        read_overrides(tmp_path)


def test_a_quotation_mark_that_is_never_closed(tmp_path: Path) -> None:
    """Rows that cannot be told apart are an error that names the file."""
    (tmp_path / "overrides.csv").write_text('person,case,points\njana,one,"' + "x" * 200_000, encoding="utf-8")
    with pytest.raises(AutograderError, match=r"overrides\.csv: .*is a quotation mark missing"):
        read_overrides(tmp_path)


def test_report(tmp_path: Path) -> None:
    """The report has the points of overrides.csv as it is now, and says that they are changed by hand."""
    write_folder(tmp_path, CLASS)
    (tmp_path / "run.json").write_text(json.dumps({"assignment": "rnn"}), encoding="utf-8")
    write_overrides(tmp_path, "007,range,3,the range was right,Ada Lovelace")
    page = write_report(tmp_path)[0].read_text(encoding="utf-8")
    assert "range: 3 points instead of 0, the range was right (Ada Lovelace)" in page
    anonymous = write_report(tmp_path, anonymous=True)[0].read_text(encoding="utf-8")
    assert "range: 3 points instead of 0" in anonymous
    assert "Lovelace" not in anonymous


# ---- a table that was edited by hand


def edit(path: Path, old: str, new: str) -> bytes:
    """Edit a table as a person does."""
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path.read_bytes()


def test_edited_by_hand(tmp_path: Path) -> None:
    """An edited table is kept under a name of its own, each time, and the differences are named."""
    path = write_grades(tmp_path, map(Row.of, CLASS))
    assert set_aside(path) == []
    for number in (1, 2):
        edited = edit(path, "jana.ipynb,2,6,8", f"jana.ipynb,5,6,{10 + number}")
        told = set_aside(path)
        assert told == [
            f"final_grades.csv was edited by hand. It is kept as final_grades.edited-{number}.csv; put what should "
            "count into overrides.csv:",
            "    Jana Beispiel, q3: 5 instead of 2",
            f"    Jana Beispiel, total_points_earned: {10 + number} instead of 8",
        ]
        assert (tmp_path / f"final_grades.edited-{number}.csv").read_bytes() == edited
        write_grades(tmp_path, map(Row.of, CLASS))
        assert set_aside(path) == []


def test_whole_points_of_an_edited_table(tmp_path: Path) -> None:
    """Points are told as people write them, without the zero behind the point."""
    path = tmp_path / "final_grades.csv"
    remember(path, b"student,file,q3\nJana,jana.ipynb,9.0\n")
    path.write_bytes(b"student,file,q3\nJana,jana.ipynb,12\n")
    assert set_aside(path)[1:] == ["    Jana, q3: 12 instead of 9"]


def test_rows_added_and_removed(tmp_path: Path) -> None:
    """Rows that somebody added or removed are named."""
    path = write_grades(tmp_path, map(Row.of, CLASS))
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    kept = [line for line in lines if "Jana" not in line]
    path.write_text("\n".join([*kept, "New One,1,,,,,new.ipynb,1,1,2,0.1,graded"]), encoding="utf-8")
    assert set_aside(path)[1:] == ["    Jana Beispiel: the row was removed", "    New One: the row was added"]
    path.write_text("\n".join([*lines, lines[-1]]), encoding="utf-8")
    assert set_aside(path)[1:] == ["    Olaf Muster: the row was added"]


def test_saved_by_a_spreadsheet(tmp_path: Path) -> None:
    """A table that a spreadsheet has only saved in its own way was not edited."""
    path = write_grades(tmp_path, map(Row.of, CLASS))
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    cells = [
        [cell.replace(".", ",") if cell[:2] == "0." else cell.removeprefix("0") or cell for cell in row] for row in rows
    ]
    path.write_text("\r\n".join(";".join(row) for row in cells), encoding="cp1252", newline="")
    assert set_aside(path) == []


def test_killed_between_two_steps(tmp_path: Path) -> None:
    """A command that was killed after it noted what it would write has edited nothing."""
    path = write_grades(tmp_path, map(Row.of, CLASS))
    old = path.read_bytes()
    write_grades(tmp_path, map(Row.of, CLASS[:2]))
    path.write_bytes(old)
    assert set_aside(path) == []


# ---- in a run


@pytest.mark.slow
def test_a_run(place: Place) -> None:
    """A run applies overrides.csv each time, keeps the file, names what is wrong in it, and keeps an edited table."""
    place.write("ada.ipynb", forward=5)
    place.write("bob.ipynb", forward=1)
    assert place.grade().returncode == 0
    rows = write_overrides(place.output, "ada,two,2,the case was unfair,Grace", "nobody,two,1,,Grace")
    content = rows.read_bytes()
    for options in ((), ("--force",)):
        done = place.grade(*options)
        assert done.returncode == 1
        assert "overrides.csv, line 3: nobody in this class is called 'nobody'" in done.stderr
        assert place.table()["ada.ipynb"]["total_points_earned"] == "3"
        assert "instead of 0, the case was unfair (Grace)" in place.table()["ada.ipynb"]["overrides"]
        record = json.loads((place.output / "results" / "ada.ipynb.json").read_text(encoding="utf-8"))
        assert record["output"].startswith("<p>Changed by hand:<br>two: 2 points instead of 0")
        assert rows.read_bytes() == content
    edit(place.output / "final_grades.csv", "bob.ipynb,3", "bob.ipynb,1")
    rows.unlink()
    done = place.grade()
    assert (done.returncode, "0 new, 2 kept" in done.stdout) == (0, True)
    assert "bob, q3: 1 instead of 3" in done.stderr
    assert (place.output / "final_grades.edited-1.csv").is_file()
    assert [place.table()[file]["total_points_earned"] for file in ("ada.ipynb", "bob.ipynb")] == ["1", "3"]
