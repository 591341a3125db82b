"""``autograder merge`` with folders that cannot be merged, odd names, and what earlier runs left."""

import fcntl
import json
from pathlib import Path

import pytest

from autograder.batch import command
from autograder.batch.graded import read_class
from autograder.batch.merging import merge
from autograder.batch.store import Store
from autograder.batch.tables import SKIPPED_FILE, Row, Skipped, write_skipped
from autograder.errors import AutograderError
from autograder.grading.results import CaseResult
from tests.batch.hands import JANA, OLAF, record, table, write_folder


@pytest.fixture
def halves(tmp_path: Path) -> list[Path]:
    """Two folders with a person each."""
    a = write_folder(tmp_path / "a", [record("jana.ipynb", JANA)])
    return [a, write_folder(tmp_path / "b", [record("olaf.ipynb", OLAF)])]


@pytest.mark.parametrize(
    ("version", "told"),
    [
        (1, "b has records of an older version: rerun the 'autograder grade' command that made it"),
        (None, "b holds no results that can"),
    ],
    ids=["older", "damaged"],
)
def test_records_that_cannot_be_used(version: int | None, told: str, halves: list[Path], tmp_path: Path) -> None:
    """A folder of an older version, or with nothing but damaged records, is refused, and nothing is written."""
    path = halves[1] / "results" / "olaf.ipynb.json"
    content = json.loads(path.read_bytes())
    content["extra_data"]["autograder"]["version"] = version
    path.write_text(json.dumps(content) if version else "{", encoding="utf-8")
    with pytest.raises(AutograderError, match=told):
        merge(halves, tmp_path / "c")
    assert not (tmp_path / "c").exists()


def test_another_run_uses_the_folder(halves: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another command writes to the new folder, nothing is merged into it."""
    monkeypatch.setattr(command, "_PATIENCE", 0)
    output = tmp_path / "c"
    output.mkdir()
    with (output / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(AutograderError, match=r"another run is using .*/c: wait until it is done"):
            merge(halves, output)
    assert merge(halves, output).people == 2


def test_a_folder_that_cannot_be_written_to(halves: list[Path], tmp_path: Path) -> None:
    """A file where the new folder should be is named, and stays."""
    (tmp_path / "c").write_text("mine", encoding="utf-8")
    with pytest.raises(AutograderError, match=r"cannot write to .*/c: "):
        merge(halves, tmp_path / "c")
    assert (tmp_path / "c").read_text(encoding="utf-8") == "mine"


def test_skipped_files(halves: list[Path], tmp_path: Path) -> None:
    """What was skipped in the folders is listed in the new one, each file once."""
    same, mine = Skipped("notes.txt", "neither a notebook nor a script"), Skipped("b.pdf", "earlier", "Jana")
    write_skipped(halves[0], [same, mine])
    write_skipped(halves[1], [same])
    merge(halves, tmp_path / "c")
    lines = (tmp_path / "c" / SKIPPED_FILE).read_text(encoding="utf-8-sig").splitlines()
    assert lines[1:] == ["b.pdf,Jana,earlier", f"notes.txt,,{same.reason}"]


def test_who_left_after_an_earlier_merge(halves: list[Path], tmp_path: Path) -> None:
    """A record that is gone from the folders is gone from the new one when it is merged again."""
    merge(halves, tmp_path / "c")
    (halves[0] / "results" / "jana.ipynb.json").unlink()
    write_folder(halves[0], [record("other.ipynb", JANA)])
    merge(halves, tmp_path / "c")
    assert sorted(path.name for path in (tmp_path / "c" / "results").iterdir()) == [
        "olaf.ipynb.json", "other.ipynb.json",
    ]  # fmt: skip


def test_the_same_path_on_two_machines(tmp_path: Path) -> None:
    """Work of two people under one path, as two TAs may have it, and work of nobody: each has a row of its own."""
    one = [record("hw.ipynb", JANA, path="/home/ta/in/hw.ipynb"), record("x.ipynb", path="/home/ta/in/x.ipynb")]
    a = write_folder(tmp_path / "a", one)
    b = write_folder(tmp_path / "b", [record("hw.ipynb", OLAF, path="/home/ta/in/hw.ipynb")])
    assert merge([a, b], tmp_path / "c").problems == []
    found = {row["file"]: row["student"] for row in table(tmp_path / "c") if row["file"].endswith("ipynb")}
    assert found == {"in-2/hw.ipynb": "Jana Beispiel", "in-3/hw.ipynb": "Olaf Muster", "x.ipynb": ""}


def test_the_roster_of_a_class(halves: list[Path], tmp_path: Path) -> None:
    """Who is on the roster that a folder was graded with, but handed in nothing, is in its class without a mark."""
    roster = tmp_path / "roster.csv"
    roster.write_text("name,id\nJana Beispiel,007\nEve Else,099\n", encoding="utf-8")
    folder = write_folder(tmp_path / "c", [record("jana.ipynb", JANA)], roster=str(roster))
    marks = {mark.name: mark.points for mark in read_class(folder).marks}
    assert marks == {"Jana Beispiel": {"q3": 0, "q4": 0}, "Eve Else": None}


def test_a_copy_of_a_record(halves: list[Path]) -> None:
    """A copy of a record beside it is nobody else's work."""
    path = halves[0] / "results" / "jana.ipynb.json"
    path.with_name("jana (copy).ipynb.json").write_bytes(path.read_bytes())
    assert len(list(Store(halves[0]).read_all())) == 1


def test_cells_that_did_not_finish() -> None:
    """The table says so if no test case could be run, though no cell failed."""
    cases = [CaseResult(question="q3", name="shapes", points=2, outcome="not run")]
    assert Row.of(record("jana.ipynb", JANA, cases=cases)).status == "partly run: the code cells did not finish"
