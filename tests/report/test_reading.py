"""The report with bad input: damaged files, wrong folders, a full disk. Messages say what to do; nothing is lost."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import AutograderError
from autograder.grading.results import VERSION
from autograder.report import write_report
from autograder.report.reading import read_records
from tests.report.class_of import data_of, one_result, write_class, write_result


def break_json(path: Path) -> None:
    path.write_text('{"tests": [', encoding="utf-8")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def other_kind(path: Path) -> None:
    path.write_text('{"tests": [], "score": 3}', encoding="utf-8")


def not_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00{}")


def other_version(path: Path) -> None:
    write_back(path, version=VERSION + 1)


def older_version(path: Path) -> None:
    write_back(path, version=1)


def odd_outcome(path: Path) -> None:
    result = json.loads(path.read_text(encoding="utf-8"))
    write_back(path, cases=[result["extra_data"]["autograder"]["cases"][0] | {"outcome": "fine"}])


def no_points(path: Path) -> None:
    result = json.loads(path.read_text(encoding="utf-8"))
    write_back(path, cases=[result["extra_data"]["autograder"]["cases"][0] | {"points": float("nan")}])


def deep(path: Path) -> None:
    path.write_text("[" * 200_000, encoding="utf-8")


def write_back(path: Path, **changes: Any) -> None:
    result = json.loads(path.read_text(encoding="utf-8"))
    result["extra_data"]["autograder"] |= changes
    path.write_text(json.dumps(result), encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (break_json, "not JSON"),
        (empty, "not JSON"),
        (not_text, "not JSON"),
        (deep, "not JSON"),
        (other_kind, "not written by 'autograder grade'"),
        (other_version, "another version"),
        (older_version, "an older version of 'autograder grade' (format 1)"),
        (odd_outcome, "outcome"),
        (no_points, "not finite"),
    ],
)
def test_a_damaged_file_is_named_and_nothing_is_lost(
    tmp_path: Path, damage: Callable[[Path], None], reason: str
) -> None:
    """A single unusable file stops the report. The message names it, and the old report stays."""
    write_class(tmp_path, 4)
    before = {path: path.read_bytes() for path in write_report(tmp_path)}
    bad = tmp_path / "results" / "student0002.ipynb.json"
    damage(bad)
    with pytest.raises(AutograderError) as caught:
        write_report(tmp_path)
    message = str(caught.value)
    assert f"1 of 4 files in {tmp_path / 'results'} cannot be used" in message
    assert str(bad) in message
    assert reason in message
    assert "Run the same 'autograder grade' again" in message
    assert "student0001" not in message
    assert {path: path.read_bytes() for path in before} == before


def test_wrong_folders_get_a_way_out(tmp_path: Path) -> None:
    """A missing folder, a file, a folder without results, and ``results`` itself each get their own message."""
    write_class(tmp_path / "class", 1)
    (tmp_path / "none" / "results").mkdir(parents=True)
    for folder, told in (
        (tmp_path / "missing", "there is no folder"),
        (tmp_path / "class" / "run.json", "is not a folder"),
        (tmp_path, "has no folder 'results'"),
        (tmp_path / "class" / "results", f"did you mean {tmp_path / 'class'}?"),
        (tmp_path / "none", "holds no results"),
    ):
        with pytest.raises(AutograderError, match=re.escape(told)) as caught:
            write_report(folder)
        assert str(folder) in str(caught.value)
    assert not list(tmp_path.rglob("report.html"))


def test_a_folder_that_the_machine_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the folder cannot be read, the message says so; it does not say that there is nothing in it."""
    write_class(tmp_path, 1)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rglob", refuse)
    with pytest.raises(AutograderError, match=r"cannot read .*: Permission denied; check its permissions"):
        write_report(tmp_path)


def test_a_report_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    """If a file cannot be put in place, the message names it, and no temporary file is left."""
    write_class(tmp_path, 1)
    (tmp_path / "report.html").mkdir()
    with pytest.raises(AutograderError, match=r"cannot write .*report\.html"):
        write_report(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"results", "run.json", "report.html"}


def test_what_may_be_missing_may_be_missing(tmp_path: Path) -> None:
    """Results in subfolders, without student, drawing, output or assignment, and of cases not run, all work."""
    result = one_result(entry={}, drawing=None, cells=[], cases=[], status="Boom: out of it")
    result["output"] = None
    path = write_result(tmp_path, result | {"tests": []})
    (tmp_path / "results" / "sub").mkdir()
    path.rename(tmp_path / "results" / "sub" / path.name)
    (tmp_path / "run.json").write_text("{", encoding="utf-8")
    page = write_report(tmp_path)[0]
    assert "Boom: out of it" in page.read_text(encoding="utf-8")
    assert data_of(page)["data"]["rows"][0][:3] == ["student0000.ipynb", "", ""]


def test_paths_are_kept_as_they_are(tmp_path: Path) -> None:
    """Cleaning texts for display does not change the path in the command."""
    write_result(tmp_path, one_result(path="/in/<b>.ipynb", file="<b>.ipynb"))
    [record] = read_records(tmp_path)
    assert (record.ours.path, record.ours.file) == ("/in/<b>.ipynb", "‹b>.ipynb")
