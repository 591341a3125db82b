"""Faults of ours in a container, in ``autograder run`` and under ``otter run``: no points, a reason, and status 1."""

import errno
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from autograder.cli import cli
from autograder.entry import container, terminal
from autograder.grading.files import write_json
from autograder.otter_keys import WRITTEN_LOCK
from autograder.sandbox import machine, parent
from autograder.sandbox import worker as sandbox_worker
from tests.batch.folders import Place, place
from tests.support.corpus import ROOT
from tests.support.samples import GOOD, config, notebook, write_cases

__all__ = ["place"]

pytestmark = pytest.mark.slow


@pytest.fixture
def gradescope(tmp_path: Path) -> Path:
    """A folder laid out as Gradescope lays it out, with results of another time."""
    folder = tmp_path / "autograder"
    for name in ("submission", "results", "source"):
        (folder / name).mkdir(parents=True)
    (folder / "submission" / "homework.ipynb").write_bytes(notebook(GOOD))
    write_cases(folder / "source" / "tests", one="init", hidden="init")
    (folder / "source" / "otter_config.json").write_text(json.dumps(config()), encoding="utf-8")
    (folder / "results" / "results.json").write_text('{"score": 2, "tests": []}', encoding="utf-8")
    (folder / "results" / "results.pkl").write_bytes(b"of another time")
    return folder


def no_space(*_: Any, **__: Any) -> Any:
    """What takes the place of a function when the disk is full."""
    raise OSError(errno.ENOSPC, "No space left on device", "/tmp/x")


def no_rights(*_: Any, **__: Any) -> Any:
    """What takes the place of a function when a folder is closed."""
    raise PermissionError(errno.EACCES, "Permission denied", "/autograder/results")


def broken(*_: Any, **__: Any) -> Any:
    """What takes the place of a function when it has an error."""
    raise KeyError("oops")


STEPS = {
    "warm parent's folder": (parent.tempfile, "mkdtemp", no_space, "MB are free in /tmp"),
    "folder": (sandbox_worker, "make_scratch", no_space, "MB are free in /tmp"),
    "settings": (container, "_config", no_rights, "Permission denied: /autograder/results"),
    "first file": (container, "write_file", no_space, "the disk is full"),
    "second file": (container, "write_json", no_rights, "give this user permission"),
    "form": (container, "_pickled", broken, "please report it"),
    "capabilities": (machine, "missing_capabilities", lambda: ["CAP_SETUID"], "--cap-add SETUID"),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_container_leaves_no_score(
    step: str, gradescope: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever fails: no results of this time or another, status 1, the reason in the log; the next start heals it."""
    if step == "capabilities" and os.geteuid() != 0:
        pytest.skip("an ordinary user needs none")
    target, name, fault, told = STEPS[step]
    with monkeypatch.context() as patch:
        patch.setattr(target, name, fault)
        with pytest.raises(SystemExit) as ended:
            container.main(gradescope)
    assert ended.value.code == 1
    check_nothing_is_left(gradescope)
    last = capsys.readouterr().out.strip().splitlines()[-1]
    assert last.startswith("not graded, our fault: ")
    assert told in last
    container.main(gradescope)
    results = json.loads((gradescope / "results" / "results.json").read_text(encoding="utf-8"))
    assert sum(test.get("score", 0) for test in results["tests"]) == 2
    assert (gradescope / "results" / "results.pkl").stat().st_size > 100


@pytest.mark.parametrize(("key", "flag"), [("pdf", "--pdfs"), ("debug", "--debug")])
def test_flags_of_otter_grade(key: str, flag: str, gradescope: Path) -> None:
    """What a flag asks for in vain is told in the table of ``otter grade``, in place of marks; zips it may ask for."""
    config_file = gradescope / "source" / "otter_config.json"
    config_file.write_text(json.dumps(config() | {"zips": True, "pdf": False, key: True}), encoding="utf-8")
    run = "import sys, pathlib, autograder.entry.container as c; c.main(pathlib.Path(sys.argv[1]))"
    read = "import dill, sys; print(dill.load(open(sys.argv[1], 'rb')).catastrophic_error)"
    command = [sys.executable, "-c", run, str(gradescope)]
    subprocess.run(command, check=True, cwd=ROOT)
    record = str(gradescope / "results" / "results.pkl")
    told = subprocess.run([sys.executable, "-c", read, record], check=True, capture_output=True, text=True, cwd="/")
    assert told.stdout.startswith(f"not graded, our fault: 'otter grade {flag}' cannot be used with this autograder")
    assert not (gradescope / "results" / "results.json").exists()
    config_file.write_text(json.dumps(config() | {"zips": True, key: False}), encoding="utf-8")
    subprocess.run(command, check=True, cwd=ROOT)
    assert (gradescope / "results" / "results.json").exists()


def check_nothing_is_left(gradescope: Path) -> None:
    """No results.json; what Otter takes along is empty, so that it cannot be read as results."""
    assert [path.name for path in (gradescope / "results").iterdir()] == ["results.pkl"]
    assert (gradescope / "results" / "results.pkl").read_bytes() == b""


def test_a_broken_test_file_in_a_container(gradescope: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The reason names the file."""
    (gradescope / "source" / "tests" / "q4.py").write_text("def broken(:", encoding="utf-8")
    with pytest.raises(SystemExit):
        container.main(gradescope)
    check_nothing_is_left(gradescope)
    assert "the test file q4.py cannot be loaded (SyntaxError" in capsys.readouterr().out


def test_results_that_cannot_be_written_once_more(
    gradescope: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """If only what happened to the PDF cannot be added to the results, they stay with all marks; the log says why."""
    (gradescope / "source" / WRITTEN_LOCK).touch()
    (gradescope / "source" / "otter_config.json").write_text(json.dumps(config() | {"pdf": True}), encoding="utf-8")
    writes = iter([write_json, no_space])
    monkeypatch.setattr(container, "write_json", lambda *what: next(writes)(*what))
    container.main(gradescope)
    results = json.loads((gradescope / "results" / "results.json").read_text(encoding="utf-8"))
    assert sum(test.get("score", 0) for test in results["tests"]) == 2
    assert (gradescope / "results" / "results.pkl").stat().st_size > 100
    assert capsys.readouterr().out.splitlines()[-1] == "PDF of the written answers: OSError"
    assert next(writes, None) is None


@pytest.mark.parametrize("step", ["folder", "broken test file", "result"])
def test_run(step: str, place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """``autograder run`` ends with the reason, without a table or points, and takes an old results.json away."""
    path, old = place.write("homework.ipynb"), place.folder / "results.json"
    old.write_text('{"score": 3}', encoding="utf-8")
    if step == "broken test file":
        with zipfile.ZipFile(place.zip, "a") as archive:
            archive.writestr("tests/q4.py", "1 / 0")
    elif step == "folder":
        monkeypatch.setattr(sandbox_worker, "make_scratch", no_space)
    else:
        monkeypatch.setattr(terminal, "write_json", no_rights)
    command = ["run", str(path), "-a", str(place.zip), "--json", str(old)]
    with pytest.raises(Exception, match=r"^not graded, our fault: ") as told:
        cli.main(command, standalone_mode=False)
    expected = {
        "folder": "256 MB",
        "broken test file": "q4.py cannot be loaded (ZeroDivisionError",
        "result": "Permission",
    }
    assert expected[step] in str(told.value)
    assert "points" not in capsys.readouterr().out
    assert not old.exists()


@pytest.mark.parametrize("fault", ["test file", "--debug"])
def test_otter_run(fault: str, place: Place) -> None:
    """``otter run`` ends with status 1 and the reason in place of a traceback, and writes no results."""
    path = place.write("homework.ipynb")
    with zipfile.ZipFile(place.zip, "a") as archive:
        if fault == "test file":
            archive.writestr("tests/q4.py", "1 / 0")
        for file in (ROOT / "autograder").rglob("*.py"):
            if file != ROOT / "autograder" / "__init__.py":
                archive.write(file, f"files/{file.relative_to(ROOT)}")
    command = [sys.executable, "-m", "otter", "run", "-a", str(place.zip), "-o", str(place.output), "--no-logo"]
    place.output.mkdir()
    command += [fault] if fault == "--debug" else []
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False, **place.options())
    assert done.returncode == 1
    reason = {
        "test file": "the test file q4.py cannot be loaded (ZeroDivisionError",
        "--debug": "the settings and the flags of 'otter run': 'debug' cannot be set at the top level: grading",
    }
    assert f"not graded, our fault: {reason[fault]}" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(place.output.iterdir())
