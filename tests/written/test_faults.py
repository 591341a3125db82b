"""Files of a class that are damaged, missing or cannot be written: which file it is, and what to do, is told."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.batch.store import Store
from autograder.errors import AutograderError
from autograder.grading.files import short_name, write_json
from autograder.written import packets
from autograder.written.codes import CODES_FILE, read_codes, with_codes, write_codes
from autograder.written.rubric import Rubric, RubricItem, WrittenQuestion, as_markdown, read_rubric
from autograder.written.sheet import FILE, read_sheet, write_sheet
from autograder.written.store import MadePages, WrittenStore
from autograder.written.totals import total
from tests.batch.hands import record

HEAD = "code,student,id,email,file\n"
ITEMS = [RubricItem(name="1a", text="x", points=4), RubricItem(name="1b", text="y", points=1)]
RUBRIC = Rubric(assignment="a", questions=[WrittenQuestion(name="q1", title="One", items=ITEMS)])


def classroom(
    folder: Path, codes: str = "A001,,,,a.ipynb\n", table: str = "code,1a,1b,comment q1\nA001,4,1,\n"
) -> Path:
    """A folder as ``autograder written`` leaves it, for one submission."""
    path = WrittenStore(folder).rubric
    path.parent.mkdir(parents=True)
    write_json(path, RUBRIC)
    (folder / CODES_FILE).write_text(f"{HEAD}A001,,,,a.ipynb\n")
    (folder / FILE).write_text("code,1a,1b,comment q1\nA001,4,1,\n")
    return folder


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("code,mark\nA001,5\n", "is not the table of codes: its first line must be code,student,id,email,file"),
        ("", "is not the table of codes"),
        (f"{HEAD}A001,,,,a.ipynb\nA001,,,,b.ipynb\n", "has the same code in two rows: restore an earlier copy"),
        (f"{HEAD}A001,,,,{'a' * 200_000}\n", "cannot read .*written-codes.csv: field larger than field limit"),
    ],
)
def test_codes_that_are_damaged(tmp_path: Path, text: str, told: str) -> None:
    """Nobody gets another one's code: the table must be as it was written."""
    (tmp_path / CODES_FILE).write_text(text)
    with pytest.raises(AutograderError, match=told):
        read_codes(tmp_path)


def test_codes_that_cannot_be_written(tmp_path: Path) -> None:
    """The file is named, with the reason."""
    with pytest.raises(AutograderError, match=r"cannot write .*written-codes\.csv: No such file"):
        write_codes(tmp_path / "none", {"a": "A001"}, {})


def test_codes_stay(tmp_path: Path) -> None:
    """Who has a code keeps it, and who comes later gets one that nobody has."""
    codes = with_codes(["a", "b"], {}, "0")
    write_codes(tmp_path, codes, {})
    later = with_codes(["c", "a"], read_codes(tmp_path), "0")
    assert later == codes | {"c": "A003"}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("", "below '<!-- question: q1 -->' there is no table with items and points"),
        ("| 1a | x | 4 | all | 2: half |\n| 1a | y | 1 | all | |\n", "has an item twice: 1a"),
        ("| 1a | x | 4 | all | 2: half |\n", "the items of q1 add up to 4 points, but the settings give it 5"),
        ("| 1a | x | 5 | all | |\n\n| sample of | points | answer |\n|---|---|---|\n| 1a | 3 | so |\n",
         "there is a sample of 1a with 3 points, but no such level"),
    ],
)  # fmt: skip
def test_a_rubric_that_does_not_fit(tmp_path: Path, rows: str, told: str) -> None:
    """What does not fit together is told."""
    path = tmp_path / "rubric.md"
    head = "| | item | points | full credit | partial credit |\n|---|---|---|---|---|\n"
    path.write_text(f"<!-- question: q1 -->\n{head}{rows}")
    with pytest.raises(AutograderError, match=re.escape(told)):
        read_rubric(path, "a", {"q1": "One"}, {"q1": 5})


def test_a_rubric_without_a_question(tmp_path: Path) -> None:
    """A question that the rubric does not have, and a rubric that is not there, are named."""
    path = tmp_path / "rubric.md"
    with pytest.raises(AutograderError, match=r"cannot read the rubric .*rubric\.md"):
        read_rubric(path, "a", {"q1": "One"}, {"q1": 5})
    path.write_text("# Rubric\n")
    with pytest.raises(AutograderError, match="has no '<!-- question: q1 -->' above the rubric of q1"):
        read_rubric(path, "a", {"q1": "One"}, {"q1": 5})


def test_a_level_that_nothing_describes() -> None:
    """The pages for graders say of an item without a text that it has none."""
    item = RubricItem(name="1a", text="x", points=4, levels=[])
    assert as_markdown(WrittenQuestion(name="q1", title="One", items=[item])) == [("1a  x", "")]


def test_a_table_that_cannot_be_written_or_read(tmp_path: Path) -> None:
    """The table of marks is named, with the reason."""
    with pytest.raises(AutograderError, match=r"cannot write .*written\.csv: No such file"):
        write_sheet(tmp_path / "none", RUBRIC, ["A001"], {})
    (tmp_path / FILE).write_text(f"code,1a\nA001,{'4' * 200_000}\n")
    with pytest.raises(AutograderError, match=r"cannot read .*written\.csv: field larger"):
        read_sheet(tmp_path / FILE, RUBRIC, ["A001"])


def test_a_table_with_names(tmp_path: Path) -> None:
    """If graders see names, they stand beside the codes, and are no formulas for a spreadsheet."""
    write_sheet(tmp_path, RUBRIC, ["A001", "A002"], {"A001": "=cmd()"})
    rows = (tmp_path / FILE).read_text("utf-8-sig").splitlines()
    assert rows == ["code,student,1a,1b,comment q1", "points,,4,1,", "A001,'=cmd(),,,", "A002,,,,"]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda folder: WrittenStore(folder).rubric.unlink(), "is not a folder made by 'autograder written'"),
        (lambda folder: WrittenStore(folder).rubric.write_text("{"), "was made without a rubric"),
        (lambda folder: (folder / CODES_FILE).unlink(), "there is no written-codes.csv in"),
        (lambda folder: (folder / FILE).unlink(), "there is no table of marks in"),
        (lambda folder: (folder / "total.csv").mkdir(), "cannot write to .*: Is a directory"),
    ],
)
def test_totals_of_a_folder_that_lacks_something(tmp_path: Path, spoil: Callable[[Path], object], told: str) -> None:
    """What is missing is told, with the command that makes it."""
    spoil(classroom(tmp_path / "class"))
    with pytest.raises(AutograderError, match=told):
        total(tmp_path / "class")


def test_totals_without_marks_of_test_cases(tmp_path: Path) -> None:
    """Nobody has a total if the folder has no marks of test cases, and how to name another folder is told."""
    found = total(classroom(tmp_path / "class"))
    assert "there are no marks from test cases in" in found.problems[0]
    assert "name the folder with --graded" in found.problems[0]
    assert found.problems[1:] == ["A001 (a.ipynb): no marks from the test cases"]
    assert (found.people, found.complete) == (1, 0)


def test_graders_with_the_same_marks(tmp_path: Path) -> None:
    """Items that only one of two graders has marked are not compared, and comments of both are kept."""
    folder = classroom(tmp_path / "class")
    one, two = folder / "one.csv", folder / "two.csv"
    one.write_text("code,1a,1b,comment q1\nA001,4,,good\n")
    two.write_text("code,1a,1b,comment q1\nA001,4,1,well done\n")
    found = total(folder, [one, two])
    assert [line.strip() for line in found.told if "the same" in line] == [
        "1a: 1 of 1 the same, kappa not defined: all have the same points"
    ]
    assert "good / well done" in (folder / "feedback" / "a.ipynb.html").read_text()


def test_marks_of_test_cases_without_a_code(tmp_path: Path) -> None:
    """Who was graded, but has no code, is named: nobody has marked their written answers."""
    folder = classroom(tmp_path / "class")
    Store(folder).write(record("a.ipynb", passed=["shapes"]))
    assert total(folder).problems == []
    Store(folder).write(record("late.ipynb"))
    told = (
        "late.ipynb: there are marks from the test cases, but no code: include it in the paths of 'autograder written'"
    )
    assert total(folder).problems == [f"{told}, and run it again"]


def test_marks_of_a_submission_that_was_not_graded(tmp_path: Path) -> None:
    """If grading failed, there is no total, and the page of feedback says nothing of test cases."""
    folder = classroom(tmp_path / "class")
    Store(folder).write(record("a.ipynb", status="not graded: the disk is full", cases=[]))
    assert total(folder).problems == ["A001 (a.ipynb): no marks from the test cases"]
    assert "shapes" not in (folder / "feedback" / "a.ipynb.html").read_text()


def test_marks_of_an_older_version(tmp_path: Path) -> None:
    """Marks of test cases that an older version gave are not read, and that is told."""
    folder = classroom(tmp_path / "class")
    path = Store(folder).path("a.ipynb")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_json(path, {"extra_data": {"autograder": {"version": 1, "file": "a.ipynb", "path": "a.ipynb"}}})
    assert "they are from an older version; grade again" in total(folder).problems[0]


def test_packets_that_cannot_be_written(tmp_path: Path) -> None:
    """If a packet or the rubric cannot be written, the folder and the reason are told."""
    (tmp_path / "packets").touch()
    store = WrittenStore(tmp_path)
    with pytest.raises(AutograderError, match=r"cannot write to .*: Not a directory"):
        packets.write_packets(store, tmp_path, {"q1": "One"}, {}, {}, {})
    with pytest.raises(AutograderError, match=r"cannot write to .*packets: Not a directory"):
        packets.write_rubric(store, RUBRIC)


def test_files_that_were_left_half_written(tmp_path: Path) -> None:
    """What a killed command left half-written is removed, and what is whole stays."""
    store = WrittenStore(tmp_path)
    store.write(MadePages(label="a.ipynb", key="k"), b"pdf", {"q1": b"part"})
    half = store.folder / "b.ipynb.pdf.123.part"
    half.touch()
    store.tidy()
    assert not half.exists()
    assert store.kept("a.ipynb") is not None
    store.pdf("a.ipynb").unlink()
    assert store.kept("a.ipynb") is None


def test_a_long_label_has_a_short_file() -> None:
    """A label that is too long for a file name is cut, and no two labels get the same file."""
    one, two = short_name("x" * 300), short_name("x" * 299 + "y")
    assert len(one) < 100
    assert one != two
