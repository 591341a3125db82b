"""What goes from the old folder to the new one: records that are safe to keep, and marks that were changed by hand."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from autograder.batch import command as batch_command
from autograder.batch.store import KEPT_ZIP
from autograder.batch.tasks import Task, grader_of, key_of
from autograder.comparing.anew import How, grade_anew
from autograder.comparing.carrying import Carrier, kept_overrides
from autograder.comparing.command import compare
from autograder.errors import AutograderError
from autograder.grading.results import CaseResult, Record
from autograder.version import digest_of_package
from autograder.zips.reading import parse_autograder_zip
from tests.batch.hands import JANA, OLAF, record, write_folder
from tests.support.packing import NB, zip_of


def graded(archive: bytes, grader: bytes = b"", case: str = "one", status: str = "Completed") -> Record:
    """Jana's record, as this zip and this version of the program wrote it."""
    grader = grader or grader_of(archive)
    cases = [CaseResult(question="q3", name=case, points=1, outcome="passed")]
    facts = {"grader": grader.hex(), "key": key_of(NB, "jana.ipynb", grader), "path": "/in/jana.ipynb"}
    return record("jana.ipynb", JANA, cases=cases, status=status, **facts)


TASK = Task("jana.ipynb", "/in/jana.ipynb", "jana.ipynb", NB, "", "new.zip")


def carrier(folder: Path, *records: Record, points: int = 2) -> Carrier:
    """What carries records of the first zip over to one with other points."""
    write_folder(folder / "old", records)
    (folder / "old" / KEPT_ZIP).write_bytes(zip_of(folder))
    archive = zip_of(folder / "new", points)
    return Carrier(folder / "old", archive, parse_autograder_zip(archive, "new.zip"))


def test_a_record_with_new_points(tmp_path: Path) -> None:
    """The same work keeps its outcome, and has the points of the new zip."""
    carry = carrier(tmp_path, graded(zip_of(tmp_path)))
    kept = carry(TASK)
    assert kept is not None
    assert [(case.outcome, case.points) for case in kept.ours.cases] == [("passed", 2)]
    assert (carry.carried, carry.other_work, carry.why) == (1, [], "")


@pytest.mark.parametrize(
    ("task", "other_work"),
    [
        (replace(TASK, path="/in/olaf.ipynb"), []),
        (replace(TASK, content=NB + b" "), ["jana.ipynb"]),
        (replace(TASK, content=b"", fault="the disk has an input/output error"), []),
    ],
    ids=["not graded before", "handed in again", "cannot be read now"],
)
def test_what_is_graded_again(task: Task, other_work: list[str], tmp_path: Path) -> None:
    """Only work that is the same keeps its record; only what was handed in again is called other work."""
    carry = carrier(tmp_path, graded(zip_of(tmp_path)))
    assert carry(task) is None
    assert (carry.carried, carry.other_work) == (0, other_work)


@pytest.mark.parametrize("facts", [{"case": "two"}, {"status": "not graded, our fault: the disk is full"}])
def test_a_record_that_does_not_fit(facts: dict[str, str], tmp_path: Path) -> None:
    """A record with other test cases than the zip, or without a mark, is no record to keep."""
    assert carrier(tmp_path, graded(zip_of(tmp_path), **facts))(TASK) is None


def test_another_program_or_zip(tmp_path: Path) -> None:
    """Everything is graded again, and the reason is told, unless all old results are of this program and one zip."""
    old = zip_of(tmp_path)
    other_program = graded(old, bytes(len(digest_of_package())) + grader_of(old)[len(digest_of_package()) :])
    olaf = record("olaf.ipynb", OLAF, grader=grader_of(b"another zip").hex())
    for number, (records, why) in enumerate([
        ([other_program], "another version of the program"),
        ([graded(old), olaf], "not all from the same program and zip"),
        ([olaf], "the zip of the old results is gone"),
    ]):  # fmt: skip
        carry = carrier(tmp_path / str(number), *records)
        assert why in carry.why
        assert carry(TASK) is None


@pytest.mark.parametrize(
    ("old", "new", "left", "told"),
    [
        ("a", None, "a", False),
        ("a", "a", "a", False),
        ("a", "b", "b", True),
        (None, "b", "b", False),
        (None, None, None, False),
    ],
    ids=["copied", "the same", "another", "only in the new folder", "none"],
)
def test_overrides(old: str | None, new: str | None, left: str | None, told: bool, tmp_path: Path) -> None:
    """A file of the new folder stays, and a difference is reported only if both folders have one."""
    paths = [tmp_path / name / "overrides.csv" for name in ("old", "new")]
    for path, content in zip(paths, (old, new), strict=True):
        path.parent.mkdir()
        if content is not None:
            path.write_text(content, encoding="utf-8")
    remark = kept_overrides(*(path.parent for path in paths), "overrides.csv")
    assert bool(remark) is told
    assert (paths[1].read_text(encoding="utf-8") if paths[1].exists() else None) == left


def test_overrides_that_cannot_be_copied(tmp_path: Path) -> None:
    """If the file cannot be read, nothing is compared without the marks in it: the error names both files."""
    (tmp_path / "old" / "overrides.csv").mkdir(parents=True)
    with pytest.raises(AutograderError, match=r"cannot copy .*old/overrides\.csv to .*new/overrides\.csv: Is a dir"):
        kept_overrides(tmp_path / "old", tmp_path / "new", "overrides.csv")


def test_ctrl_c(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while the class is graded with another zip ends the command: nobody is called the same or changed."""
    archive = tmp_path / "new.zip"
    archive.write_bytes(zip_of(tmp_path))
    write_folder(tmp_path / "old", [graded(archive.read_bytes())])
    run = tmp_path / "old" / "run.json"
    run.write_text(run.read_text(encoding="utf-8").replace("/home/ta/old", str(tmp_path)), encoding="utf-8")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(batch_command, "_grade", interrupted)
    done = compare(tmp_path / "old", archive, How(tmp_path / "out"))
    assert (done.interrupted, done.changed, done.told) == (True, False, [])


def test_a_zip_that_is_gone(tmp_path: Path) -> None:
    """The error names the zip, and nothing is written."""
    write_folder(tmp_path / "old", [graded(zip_of(tmp_path))])
    run = tmp_path / "old" / "run.json"
    run.write_text(run.read_text(encoding="utf-8").replace("/home/ta/old", str(tmp_path)), encoding="utf-8")
    archive = tmp_path / "new.zip"
    with pytest.raises(AutograderError, match=r"cannot read .*new\.zip: No such file"):
        grade_anew(tmp_path / "old", archive, How(tmp_path / "out"))
    assert not (tmp_path / "out").exists()
