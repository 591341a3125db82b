"""``autograder export``: the tables of course systems, with rosters in the systems' own forms, and the pages."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from autograder.batch.graded import read_class
from autograder.cli import cli
from autograder.grading.people import Student
from autograder.grading.results import CaseResult, Record, Shown
from autograder.report.page import environment
from autograder.report.views import StudentView, published_view
from tests.batch.hands import JANA, LIN, LIN_TOO, OLAF, ZOE, record, write_folder, write_overrides

ALL = ("shapes", "range", "example", "stable")
CLASS = [
    record("jana.ipynb", JANA, passed=ALL),
    record("olaf.ipynb", OLAF, unread="unreadable: it is a PDF"),
    record("group.zip", ZOE, LIN, passed=("range",)),
    record("lin2.ipynb", LIN_TOO, passed=()),
]

#: Canvas: "Export Entire Gradebook". The last row is that of Canvas's test student.
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Sheet 1 (88),Sheet 2 (89),Current Score,Final Score
,,,,,Manual Posting,,,
    Points Possible,,,,,15.00,10.00,(read only),(read only)
"Beispiel, Jana",501,007,jana@example.org,Tutorial A,,9.00,90.00,90.00
"Muster, Olaf",502,012,olaf@example.org,Tutorial A and Tutorial B,,,,
"Ångström, Zoë",503,013,zoe@example.org,Tutorial B,EX,,,
"Wu, Lin",504,021,lin@example.org,Tutorial B,5.00,,,
"Wu, Lin",505,022,lin2@example.org,Tutorial B,,,,
"=cmd(), Eve",506,099,eve@example.org,Tutorial B,,,,
"Student, Test",507,,,Tutorial B,,,,
"""

#: Moodle: "Download grading worksheet" of an assignment, in English and in German.
MOODLE = """Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,{more}
Participant 2001,Jana Beispiel,jana@example.org,Submitted for grading,,15.00,Yes,"Friday, 20 November 2026",-,"Well
done"
Participant 2002,Olaf Muster,olaf@example.org,Submitted for grading,,15.00,Yes,-,-,
Participant 2003,Eve Else,eve@example.org,No submission,3.00,15.00,Yes,-,-,
""".format(more="Last modified (submission),Last modified (grade),Feedback comments")
GERMAN = """ID,Vollständiger Name,Status,Bewertung,Maximalbewertung,Bewertung kann geändert werden,Zuletzt geändert
Teilnehmer/in2001,Jana Beispiel,Zur Bewertung abgegeben,,"15,00",Ja,-
"""

#: Moodle: the participants of a course.
PARTICIPANTS = """First name,Last name,ID number,Email address,Groups
Jana,Beispiel,007,jana@example.org,A
Lin,Wu,022,lin2@example.org,
"""

#: Gradescope: the roster of a course.
GRADESCOPE = """First Name,Last Name,SID,Email,Role,Sections
Jana,Beispiel,007,jana@example.org,Student,A
Olaf,Muster,012,olaf@example.org,Student,A
Eve,Else,099,eve@example.org,Student,A
"""


def export(folder: Path, system: str, roster: str = "", *options: str, records: list[Record] = CLASS) -> Result:
    """Export a class with a roster of this text."""
    if not (folder / "results").exists():
        write_folder(folder, records)
    path = folder / "roster.csv"
    path.write_text(roster, encoding="utf-8-sig")
    given = ["--roster", str(path)] if roster else []
    return CliRunner().invoke(cli, ["export", str(folder), "--for", system, *given, *options])


def table(folder: Path, system: str) -> list[list[str]]:
    """The rows of the table."""
    text = (folder / "export" / f"{system}.csv").read_text(encoding="utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


def pages(folder: Path, system: str) -> dict[str, str]:
    """The pages by the names of their files."""
    with zipfile.ZipFile(folder / "export" / f"{system}-feedback.zip") as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_canvas(tmp_path: Path) -> None:
    """Canvas's columns, its own points possible, only those who have a mark, and nobody who is excused."""
    done = export(tmp_path, "canvas", CANVAS, "--column", "sheet 1")
    assert table(tmp_path, "canvas") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Sheet 1 (88)"],
        ["    Points Possible", "", "", "", "", "15.00"],
        ["Beispiel, Jana", "501", "007", "jana@example.org", "Tutorial A", "15"],
        ["Wu, Lin", "504", "021", "lin@example.org", "Tutorial B", "3"],
        ["Wu, Lin", "505", "022", "lin2@example.org", "Tutorial B", "0"],
    ]
    assert done.exit_code == 1
    assert "1 excused in Canvas, left unchanged: Ångström, Zoë" in done.stdout
    assert "1 with a different mark in the list, which is replaced: Wu, Lin" in done.stdout
    assert "1 on the roster, but handed in nothing: =cmd(), Eve (506)" in done.stderr
    assert "no mark: Muster, Olaf: unreadable: it is a PDF" in done.stderr


def test_which_column(tmp_path: Path) -> None:
    """Where several columns could get the marks, none is guessed; a wrong name lists them."""
    for options in ((), ("--column", "Sheet 3")):
        error = export(tmp_path, "canvas", CANVAS, *options).exception
        assert "Sheet 1 (88); Sheet 2 (89)" in str(error)
    assert "15 points" not in export(tmp_path, "canvas", CANVAS, "--column", "88").stderr


def test_another_maximum(tmp_path: Path) -> None:
    """Marks out of another maximum than the system's are not written; what counts on top can be said."""
    error = export(tmp_path, "canvas", CANVAS, "--column", "89").exception
    assert "the points possible of 'Sheet 2 (89)' says 10.00, but these marks are out of 15" in str(error)
    assert not (tmp_path / "export").exists()
    export(tmp_path, "canvas", CANVAS, "--column", "89", "--bonus", "q3")
    assert [row[-1] for row in table(tmp_path, "canvas")] == ["Sheet 2 (89)", "10.00", "15", "3", "3", "0"]
    export(tmp_path, "canvas", CANVAS, "--column", "89", "--questions", "q4")
    assert [row[-1] for row in table(tmp_path, "canvas")][2:] == ["10", "0", "0", "0"]


def test_moodle_worksheet(tmp_path: Path) -> None:
    """The worksheet comes back with grades and all its other cells; a grade of somebody without a mark stays."""
    done = export(tmp_path, "moodle", MOODLE)
    before = list(csv.reader(io.StringIO(MOODLE, newline="")))
    before[1][4] = "15"
    assert table(tmp_path, "moodle") == before
    assert "Eve Else (eve@example.org)" in done.stderr


def test_moodle_in_german(tmp_path: Path) -> None:
    """A worksheet in another language, of a download whose numbers are those of its participants."""
    mine = record("Jana Beispiel_2001_assignsubmission_file", Student("Someone", "2001"), passed=ALL)
    done = export(tmp_path, "moodle", GERMAN, records=[mine])
    assert done.exit_code == 0, done.output
    assert table(tmp_path, "moodle")[1][3] == "15"
    assert list(pages(tmp_path, "moodle")) == ["Jana Beispiel_2001_assignsubmission_file/feedback.html"]


def test_moodle_grade_import(tmp_path: Path) -> None:
    """For a list of participants, the table has who it is and a column with the grades."""
    done = export(tmp_path, "moodle", PARTICIPANTS)
    assert table(tmp_path, "moodle") == [
        ["First name", "Last name", "ID number", "Email address", "rnn"],
        ["Jana", "Beispiel", "007", "jana@example.org", "15"],
        ["Lin", "Wu", "022", "lin2@example.org", "0"],
    ]
    assert "3 in the class but not on the roster: Zoë Ångström (013), Lin Wu (021), Olaf Muster (012)" in done.stderr


def test_gradescope(tmp_path: Path) -> None:
    """The form in which Gradescope downloads grades: graded, not graded, missing."""
    export(tmp_path, "gradescope", GRADESCOPE)
    head, *rows = table(tmp_path, "gradescope")
    assert head[:6] == ["First Name", "Last Name", "SID", "Email", "Sections", "Total Score"]
    assert head[-2:] == ["1: q3 (5.0 pts)", "2: q4 (10.0 pts)"]
    assert [(row[0], row[5], row[7], *row[-2:]) for row in rows] == [
        ("Jana", "15", "Graded", "5", "10"), ("Olaf", "", "Ungraded", "", ""), ("Eve", "", "Missing", "", ""),
    ]  # fmt: skip


def test_ids_without_the_zeros_at_their_start(tmp_path: Path) -> None:
    """A list that went through a spreadsheet has lost them; where no name helps, the number does."""
    export(tmp_path, "csv", "id,note\n7,a\n99,b\n")
    assert {row[1]: row[5] for row in table(tmp_path, "csv")[1:] if row[5]} == {"7": "15"}


def test_a_table_without_a_roster(tmp_path: Path) -> None:
    """Without a list, everybody of the class is in the table; a cell that would be a formula is none."""
    odd = record("odd.ipynb", Student("=1+1"), passed=ALL)
    export(tmp_path, "csv", records=[*CLASS, odd])
    assert {row[0]: row[5] for row in table(tmp_path, "csv")[1:]} == {
        "Jana Beispiel": "15", "Olaf Muster": "", "Zoë Ångström": "3", "Lin Wu": "0", "'=1+1": "15",
    }  # fmt: skip
    assert export(tmp_path, "canvas").exit_code == 2


def test_marks_by_hand(tmp_path: Path) -> None:
    """Marks by hand go out: of one member of a group, and of somebody absent; a part alone is no mark."""
    write_overrides(write_folder(tmp_path, CLASS), "013,q4,9,on paper,Ada", "012,q3,4,on paper,Ada", "506,q3,1,,Ada",
                    "506,q4,2,,Ada")  # fmt: skip
    done = export(tmp_path, "csv", CANVAS)
    totals = {row[1]: row[5] for row in table(tmp_path, "csv")[1:]}
    assert (totals["503"], totals["504"], totals["502"], totals["506"]) == ("12", "3", "", "3")
    assert "no mark: Muster, Olaf: no points in q4" in done.stderr


def test_parts_that_a_person_grades(tmp_path: Path) -> None:
    """Points from another table are added; who lacks one has no mark, and a wrong cell is named."""
    write_folder(tmp_path, CLASS)
    by_hand = tmp_path / "by_hand.csv"
    by_hand.write_text("id;name;q4\n007;Jana Beispiel;7,5\n022;;99\n555;Nobody;1\n", encoding="utf-8")
    done = export(tmp_path, "csv", "", "--add", str(by_hand))
    totals = {row[1]: row[5] for row in table(tmp_path, "csv")[1:]}
    assert totals == {"007": "12.5", "012": "", "013": "3", "021": "3", "022": "0"}
    assert "Lin Wu, column q4: '99' does not count: a number from 0 to 10 was expected" in done.stderr
    assert "Nobody is not in the class" in done.stderr


@pytest.mark.parametrize(
    ("student", "fits"),
    [
        (Student("Somebody", "007"), "Beispiel, Jana"),
        (Student("Somebody", "", "LIN2@example.org"), "Wu, Lin"),
        (Student("zoe angstrom"), "Ångström, Zoë"),
        (Student("beispieljana", "501"), "Beispiel, Jana"),
        (Student("Lin Wu"), None),
        (Student("Olaf Muster", "501"), "Muster, Olaf"),  # the number is another system's, in which it is not Jana's
        (Student("Olaf", "5020"), None),
    ],
)
def test_who_is_who(student: Student, fits: str | None, tmp_path: Path) -> None:
    """By id, email, then name; somebody who may be two people of one name is nobody."""
    export(tmp_path, "csv", CANVAS, records=[record("one.ipynb", student, passed=ALL)])
    found = [row[0] for row in table(tmp_path, "csv")[1:] if row[6] and row[5]]
    assert found == ([fits] if fits else [])


def student(view: StudentView) -> object:
    """The part of a page that the preview has, too."""
    return environment().from_string('{% from "views.html" import student %}{{ student(view) }}').render(view=view)


def with_messages(one: Record, visible: bool) -> Record:
    """A record with a public and a hidden case, whose question the settings show or not."""
    cases = [
        CaseResult(question="q3", name="shapes", points=2, outcome="failed", message="is it <b>transposed</b>?"),
        CaseResult(question="q3", name="range", points=3, outcome="failed", message="too wide", hidden=True,
                   staff="for staff"),
    ]  # fmt: skip
    ours = replace(one.ours, cases=cases, note="Cell 1 failed", staff="for staff")
    ours = replace(ours, shown=Shown(hidden_results="after_published" if visible else "hidden"))
    return replace(one, extra_data=replace(one.extra_data, autograder=ours))


@pytest.mark.parametrize("visible", [True, False])
def test_pages_for_canvas(visible: bool, tmp_path: Path) -> None:
    """A page goes back as the file that it is about, with what this student may read, and nothing for staff."""
    file = "beispieljana_LATE_501_9001_hw.ipynb"
    mine = with_messages(record(file, Student("beispieljana", "501"), passed=()), visible)
    other = record("musterolaf_502_text.html", Student("musterolaf", "502"), passed=ALL)
    done = export(tmp_path, "canvas", CANVAS, "--column", "88", records=[mine, other])
    told = "no page for 1, because what they handed in is not named like a notebook, script, zip or page from Canvas"
    assert f"{told}: musterolaf" in done.stdout
    (name, page), *more = pages(tmp_path, "canvas").items()
    assert (name, more) == (file, [])
    (cell,) = json.loads(page)["cells"]
    assert "shapes: failed\nis it ‹b>transposed‹/b>?" in cell["source"]
    assert ("too wide" in page) is visible
    assert "for staff" not in page
    assert "Cell 1 failed" in page


@pytest.mark.parametrize("visible", [True, False])
def test_pages_are_those_of_the_preview(visible: bool, tmp_path: Path) -> None:
    """A page in HTML has the rows of the preview, with numbers, marks and messages, and nothing hidden."""
    mine = with_messages(record("one.ipynb", JANA, passed=()), visible)
    export(tmp_path, "csv", records=[mine])
    (page,) = pages(tmp_path, "csv").values()
    (mark,) = read_class(tmp_path).marks
    assert mark.record is not None
    assert str(student(published_view(mark.record.ours, ()))) in page
    assert "transposed" in page
    assert ("too wide" in page) is visible
    assert "for staff" not in page
    assert "once the marks are published" not in page  # they are
    assert ("1 hidden test case as well" in page) is not visible


def test_pages_of_a_group(tmp_path: Path) -> None:
    """Each member has a page with this member's marks, and reads nothing of the others'."""
    write_overrides(write_folder(tmp_path, CLASS), "013,q4,9,only on paper,Ada")
    export(tmp_path, "csv")
    found = pages(tmp_path, "csv")
    zoe, lin = found["Zoë_Ångström_013.html"], found["Lin_Wu_021.html"]
    assert "12 / 15 points" in zoe
    assert "only on paper" in zoe
    assert "3 / 15 points" in lin
    assert "only on paper" not in lin
