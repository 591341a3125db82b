"""A whole run without a sandbox: what was graded before is kept, and the rest meets a fault of ours or of a student."""

import errno
import os
import tempfile
from pathlib import Path

import pytest

from autograder.batch import pool
from autograder.batch.command import grade_all
from autograder.batch.edited import set_aside
from autograder.batch.job import Batch
from autograder.batch.outcome import Outcome
from autograder.batch.tasks import Grader, Task, grader_of, key_of
from autograder.errors import AutograderError, OurFault
from autograder.grading.results import CaseResult, Record
from autograder.sandbox import Sandbox
from autograder.zips.reading import parse_autograder_zip
from tests.batch.hands import JANA, record, table, write_folder
from tests.support.classroom import write
from tests.support.packing import ASSIGNMENT, HW, NB, zip_of
from tests.support.samples import zipped


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    """A folder in which Jana's notebook was graded with the same zip, and a download that has it."""
    archive, folder = zip_of(tmp_path), write(tmp_path / "in", "jana.ipynb")
    (tmp_path / "autograder.zip").write_bytes(archive)
    grader = grader_of(archive)
    facts = {"grader": grader.hex(), "key": key_of(NB, "jana.ipynb", grader), "path": str(folder / "jana.ipynb")}
    cases = [CaseResult(question="q3", name="one", points=1, outcome="passed")]
    output = write_folder(tmp_path / "out", [record("jana.ipynb", JANA, cases=cases, **facts)])
    run = (output / "run.json").read_text(encoding="utf-8").replace('"rnn"', f'"{ASSIGNMENT}"')
    (output / "run.json").write_text(run.replace("/home/ta/out", str(folder)), encoding="utf-8")
    return Batch([folder], tmp_path / "autograder.zip", output, quiet=True, layout="files")


def statuses(batch: Batch) -> dict[str, str]:
    """The status of each submission in the table."""
    return {row["file"]: row["grading_status"] for row in table(batch.output) if row["file"] != "points-per-question"}


def test_a_fault_for_all(batch: Batch, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """If nothing can be graded, what was graded before stays, the rest has the reason, and no edited table is lost."""
    write(batch.paths[0], "olaf.ipynb")
    grades = batch.output / "final_grades.csv"
    grades.write_text(grades.read_text(encoding="utf-8-sig").replace("jana.ipynb,1", "jana.ipynb,5"), encoding="utf-8")

    def full(**_: object) -> str:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp/autograder-batch-x")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(OurFault, match="the disk is full"):
        grade_all(batch)
    found = statuses(batch)
    assert found["jana.ipynb"] == "graded"
    assert found["olaf.ipynb"].startswith("not graded yet: the disk is full")
    assert "Jana Beispiel, q3: 5 instead of 1" in capsys.readouterr().err
    assert len(list(batch.output.glob("final_grades.edited-*.csv"))) == 1


def test_ctrl_c_while_the_table_is_written(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table is still written, so that it fits the records, and the run counts as interrupted."""
    (batch.output / "final_grades.csv").unlink()
    plain, calls = Outcome.write, []

    def write_later(self: Outcome) -> None:
        calls.append(self)
        if len(calls) == 1:
            raise KeyboardInterrupt
        plain(self)

    monkeypatch.setattr(Outcome, "write", write_later)
    summary = grade_all(batch)
    assert (summary.interrupted, summary.kept) == (True, 1)
    assert statuses(batch) == {"jana.ipynb": "graded"}


def test_what_cannot_be_read(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    """A student's fault has a reason and nothing earned; a fault of the disk has a reason, and is graded next time."""
    folder = write(batch.paths[0], "eve.ipynb")
    (folder / "zoe.zip").write_bytes(zipped({f"{who}_{HW}": NB for who in ("ana_1_11", "bea_2_12")}))
    plain = Path.read_bytes

    def read(self: Path) -> bytes:
        if self.name == "eve.ipynb":
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(self))
        return plain(self)

    grader = Grader(parse_autograder_zip(batch.autograder.read_bytes(), "autograder.zip"), Sandbox())

    def graded(task: Task) -> Record | None:
        return grader.grade(task) if task.problem or task.fault else None

    monkeypatch.setattr(Path, "read_bytes", read)
    summary = grade_all(Batch(batch.paths, batch.autograder, batch.output, quiet=True, layout="files", carry=graded))
    found = statuses(batch)
    assert found["jana.ipynb"] == "graded"
    assert found["zoe.zip"].startswith("unreadable: zoe.zip looks like the download of a class")
    assert "eve.ipynb cannot be read: the disk has an input/output error" in found["eve.ipynb"]
    assert found["eve.ipynb"].startswith("not graded yet: ")
    assert [label for label, *_ in summary.failures] == ["eve.ipynb"]


def test_a_folder_with_a_damaged_note(batch: Batch) -> None:
    """If it is not known whose results a folder has, nothing is written into it."""
    (batch.output / "run.json").write_text("{", encoding="utf-8")
    with pytest.raises(AutograderError, match=r"another assignment, 'unknown \(run\.json is damaged\)'"):
        grade_all(batch)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"student,id,file,q3\nJana,1,jana.ipynb,5\n", "is from an older version, or was written by somebody else"),
        (b'"' + b"x" * 200_000, "cannot read .*final_grades.csv, which was edited by hand: .*correct it or move it"),
        (None, "cannot keep .*final_grades.csv, which was edited by hand: Is a directory"),
    ],
    ids=["of somebody else", "no table", "a folder"],
)
def test_tables_that_are_not_ours(content: bytes | None, told: str, batch: Batch) -> None:
    """A table in place of ours is kept if it can be read; otherwise the error says what to do, and it stays."""
    path = batch.output / "final_grades.csv"
    path.unlink()
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    if content and content.startswith(b"student"):
        for memory in (batch.output / ".written").iterdir():
            memory.unlink()
        assert told in set_aside(path)[0]
        assert (batch.output / "final_grades.edited-1.csv").read_bytes() == content
    else:
        with pytest.raises(AutograderError, match=told):
            set_aside(path)
        assert path.exists()


def test_a_submission_that_keeps_us_busy(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    """If our own work on a submission does not end, it is ended, tried no more, and the others are graded."""
    write(batch.paths[0], "olaf.ipynb", "petra.ipynb")
    monkeypatch.setattr(pool, "_LONGEST", 0.2)
    grade = Grader.grade

    def endless(grader: Grader, task: Task) -> Record:
        while task.label == "olaf.ipynb":
            pass
        return grade(grader, task)

    monkeypatch.setattr(Grader, "grade", endless)
    assert len(grade_all(batch).failures) == 1
    found = statuses(batch)
    assert found.pop("olaf.ipynb").startswith("not graded yet: reading or judging it took more than a minute")
    assert set(found.values()) == {"graded"}
