"""``autograder compare`` of two folders: who changes, by which case, with which messages, and what by hand stands."""

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from autograder.batch.graded import read_class
from autograder.cli import cli
from autograder.comparing.classes import Comparison, compare_classes
from autograder.comparing.grouping import by_case, distribution, sums
from autograder.errors import Undecided
from autograder.grading.people import Student
from autograder.grading.results import Record
from tests.batch.hands import JANA, LIN, LIN_TOO, OLAF, ZOE, record, write_folder, write_overrides

BEFORE = [
    record("jana.ipynb", JANA, passed=("shapes", "stable")),
    record("olaf.ipynb", OLAF, passed=("shapes", "range", "example", "stable")),
    record("group.zip", ZOE, LIN, passed=("range",)),
    record("lin2.ipynb", LIN_TOO, passed=()),
]


def told(one: Record, **messages: str) -> Record:
    """A record whose cases of these names have these messages."""
    cases = [replace(case, message=messages.get(case.name, case.message)) for case in one.ours.cases]
    return replace(one, extra_data=replace(one.extra_data, autograder=replace(one.ours, cases=cases)))


#: "example" is milder now: Jana and the group pass it; Olaf lost "range"; Lin's message is another one.
NOW = [
    record("jana.ipynb", JANA, passed=("shapes", "stable", "example")),
    record("olaf.ipynb", OLAF, passed=("shapes", "example", "stable")),
    record("group.zip", ZOE, LIN, passed=("range", "example")),
    told(record("lin2.ipynb", LIN_TOO, passed=()), range="it is too wide"),
]


def compared(folder: Path, before: list[Record] = BEFORE, now: list[Record] = NOW) -> Comparison:
    """Two folders with these records."""
    write_folder(folder / "old", before)
    write_folder(folder / "new", now)
    return compare_classes(read_class(folder / "old"), read_class(folder / "new"))


def command(folder: Path, *options: str) -> Result:
    """Run ``autograder compare old new``."""
    return CliRunner().invoke(cli, ["compare", str(folder / "old"), str(folder / "new"), *options])


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of the table."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_who_changes_and_by_what(tmp_path: Path) -> None:
    """Each person whose marks change is found, a group's members each, with the case and the points."""
    comparison = compared(tmp_path)
    changes = {one.name: (one.before.total, one.now.total, one.gain) for one in comparison.changed}
    assert changes == {
        "Jana Beispiel": (8, 12, 4), "Olaf Muster": (15, 12, -3), "Zoë Ångström": (3, 7, 4), "Lin Wu": (3, 7, 4),
    }  # fmt: skip
    range_, example = by_case(comparison.people)
    assert (example.name, example.gain, example.lose, example.moved) == ("example", 3, 0, 12)
    (reason,) = example.reasons
    assert (reason.before.outcome, reason.now.outcome, reason.now.points) == ("failed", "passed", 4)
    assert (range_.name, range_.gain, range_.lose, range_.moved) == ("range", 0, 1, -3)
    assert [one.now.message for one in range_.messages] == ["it is too wide"]


def test_sums_and_distribution(tmp_path: Path) -> None:
    """The sums are those of the table; the distribution counts people by what they gain."""
    comparison = compared(tmp_path)
    assert sums(comparison) == {"q3": (2 + 5 + 3 + 3, 2 + 2 + 3 + 3), "q4": (6 + 10, 10 + 10 + 4 + 4)}
    assert distribution(comparison) == [(4, 3), (0, 1), (-3, 1)]


def test_the_page_and_the_table(tmp_path: Path) -> None:
    """The page names people, cases and both messages within 80 columns, and the table has a row a change."""
    before = [told(BEFORE[0], example="=2+3 is not 6"), *BEFORE[1:]]
    compared(tmp_path, before)
    done = command(tmp_path, "--csv", str(tmp_path / "changes.csv"))
    assert done.exit_code == 1
    for part in ("5 people: 3 gain points, 1 loses points, 1 keeps theirs.", "=2+3 is not 6", "4 of 4 points, passed"):
        assert part in done.stdout
    assert "example (q4): 3 gain, 0 lose, +12 points in total" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "\x1b" not in done.stdout
    found = {(row["student"], row["case"]): row for row in rows(tmp_path / "changes.csv")}
    assert set(found) == {
        ("Jana Beispiel", "example"), ("Olaf Muster", "range"), ("Zoë Ångström", "example"), ("Lin Wu", "example"),
        ("Lin Wu", "range"),
    }  # fmt: skip
    jana = found["Jana Beispiel", "example"]
    assert jana["message before"] == "'=2+3 is not 6"
    assert (jana["points before"], jana["points now"], jana["total before"], jana["total now"]) == ("0", "4", "8", "12")


def test_nothing_changes(tmp_path: Path) -> None:
    """The same results twice: a line that says so, and exit status 0."""
    compared(tmp_path, BEFORE, BEFORE)
    done = command(tmp_path)
    assert (done.exit_code, done.stdout) == (0, "5 people: nothing changes.\n")


def test_only_a_message_changes(tmp_path: Path) -> None:
    """Another message is a change: it is shown, with those who read it, and the exit status says so."""
    compared(tmp_path, BEFORE, [told(BEFORE[0], range="look at the bounds"), *BEFORE[1:]])
    done = command(tmp_path)
    assert done.exit_code == 1
    assert "0 gain points, 0 lose points, 5 keep theirs" in done.stdout
    assert "range (q3): the same outcomes, but a different message for 1 person" in done.stdout
    assert "look at the bounds" in done.stdout


def test_a_mark_by_hand_stands(tmp_path: Path) -> None:
    """A case that somebody marked by hand keeps its points; that its outcome changed is said, to be looked at."""
    write_overrides(write_folder(tmp_path / "old", BEFORE), "007,example,1,almost,Ada", "013,q4,9,on paper,Grace")
    write_overrides(write_folder(tmp_path / "new", NOW), "007,example,1,almost,Ada", "013,q4,9,on paper,Grace")
    comparison = compare_classes(read_class(tmp_path / "old"), read_class(tmp_path / "new"))
    assert [one.name for one in comparison.changed] == ["Lin Wu", "Olaf Muster"]
    done = command(tmp_path)
    assert "Marks changed by hand are kept" in done.stdout
    text = " ".join(done.stdout.split())
    assert "Jana Beispiel: example: 1 point instead of 4, almost (Ada). example: failed before, passed now" in text
    assert "Zoë Ångström: q4 for Zoë Ångström: 9 points instead of 4, on paper (Grace). example: failed" in text


def test_a_mark_by_hand_that_is_new(tmp_path: Path) -> None:
    """A mark that somebody changed by hand is a change, with its reason and name."""
    write_folder(tmp_path / "old", BEFORE)
    write_overrides(write_folder(tmp_path / "new", BEFORE), "007,q3,5,solved on paper,Ada")
    done = command(tmp_path)
    assert done.exit_code == 1
    assert "now: 5 of 5 points, by hand: solved on paper (Ada)" in done.stdout


def test_who_is_only_in_one(tmp_path: Path) -> None:
    """Those who are in one folder only are named, and two people of one name are not taken for one."""
    comparison = compared(tmp_path, BEFORE[:3], [*BEFORE[:2], BEFORE[3]])
    assert [mark.student for mark in comparison.gone] == [ZOE, LIN]
    assert [mark.student for mark in comparison.new] == [LIN_TOO]
    done = command(tmp_path, "--csv", str(tmp_path / "changes.csv"))
    assert done.exit_code == 1
    assert f"Only in {tmp_path / 'new'}: Lin Wu" in " ".join(done.stdout.split())
    found = {
        row["id"]: (row["total before"], row["total now"], row["remark"]) for row in rows(tmp_path / "changes.csv")
    }
    assert found["021"] == ("3", "", f"only in {tmp_path / 'old'}")
    assert found["022"] == ("", "0", f"only in {tmp_path / 'new'}")


def test_unreadable_before(tmp_path: Path) -> None:
    """Work that was unreadable and is not any more has a mark on one side only: no gain is made up."""
    comparison = compared(tmp_path, [record("jana.ipynb", JANA, unread="unreadable: it is a PDF")], [BEFORE[0]])
    (one,) = comparison.changed
    assert (one.before.total, one.now.total, one.gain) == (None, 8, None)
    assert "unreadable: it is a PDF" in command(tmp_path, "--csv", str(tmp_path / "changes.csv")).stdout
    first = rows(tmp_path / "changes.csv")[0]
    assert (first["outcome before"], first["outcome now"]) == ("unreadable: it is a PDF", "graded")
    assert (first["total before"], first["total now"]) == ("", "8")


def test_a_table_that_cannot_be_written(tmp_path: Path) -> None:
    """If the table cannot be written, the error names it; the page has been printed."""
    compared(tmp_path)
    (tmp_path / "file").write_bytes(b"")
    done = command(tmp_path, "--csv", str(tmp_path / "file" / "changes.csv"))
    assert "5 people: 3 gain points" in done.stdout
    assert isinstance(done.exception, Undecided)
    assert f"cannot write {tmp_path / 'file' / 'changes.csv'}: " in str(done.exception)


def test_a_large_class_fits_on_a_page(tmp_path: Path) -> None:
    """Of many different gains and messages only the first are shown; the table has them all."""
    worth = {"shapes": 2, "range": 3, "example": 4}
    sets = [[case for bit, case in enumerate(worth) if number >> bit & 1] for number in range(8)]
    ways = list(
        {sum(map(worth.get, new)) - sum(map(worth.get, old)): (old, new) for old in sets for new in sets}.values()
    )
    people = [Student(f"Person {number}", str(number)) for number in range(len(ways))]
    before = [told(record(f"{one.id}.ipynb", one, passed=old), stable=f"look at line {one.id}")
              for one, (old, _) in zip(people, ways, strict=True)]  # fmt: skip
    now = [record(f"{one.id}.ipynb", one, passed=[*new, "stable"]) for one, (_, new) in zip(people, ways, strict=True)]
    gains = distribution(compared(tmp_path, before, now))
    done = command(tmp_path, "--csv", str(tmp_path / "changes.csv"))
    assert len(gains) == len(people) == 17
    assert "... and 2 more values" in done.stdout
    assert "... and 5 people in other ways; --csv writes them all" in " ".join(done.stdout.split())
    messages = {row["message before"] for row in rows(tmp_path / "changes.csv") if row["case"] == "stable"}
    assert messages == {f"look at line {one.id}" for one in people}


@pytest.mark.parametrize("case", ["no results", "other assignment"])
def test_what_cannot_be_compared(case: str, tmp_path: Path) -> None:
    """A folder without results, or of another assignment, is an error, which ``main`` ends with status 2."""
    write_folder(tmp_path / "old", BEFORE)
    if case == "no results":
        (tmp_path / "new").mkdir()
    else:
        run = write_folder(tmp_path / "new", BEFORE) / "run.json"
        run.write_text(run.read_text(encoding="utf-8").replace('"rnn"', '"other"'), encoding="utf-8")
    assert isinstance(command(tmp_path).exception, Undecided)
