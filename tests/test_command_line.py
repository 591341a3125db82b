"""The command line itself: warnings, statuses and streams, whatever a command does."""

import io
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from autograder.cli import cli, main
from autograder.errors import AutograderError
from tests.support.corpus import ROOT
from tests.support.samples import GOOD, notebook


def status(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    """The exit status of a command."""
    monkeypatch.setattr(sys, "argv", ["autograder", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code


@pytest.mark.parametrize("command", ["run", "preview", "compare"])
def test_a_warning_comes_before_anything_is_run_unconfined(command: str, tmp_path: Path) -> None:
    """Whoever asks for it is told what the code can do; here the zip or the folders cannot be read."""
    (tmp_path / "homework.ipynb").write_bytes(notebook(GOOD))
    (tmp_path / "autograder.zip").write_bytes(b"no zip")
    paths = [tmp_path] * 2 if command == "compare" else [tmp_path / "homework.ipynb", "-a", tmp_path / "autograder.zip"]
    done = CliRunner().invoke(cli, [command, *map(str, paths), "--unconfined"])
    assert "code is not confined; it can do anything that you can do" in done.stderr
    assert isinstance(done.exception, AutograderError)


def test_a_wrong_option_shows_the_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A mistake on the command line has the status 2, and the message says how the command is used."""
    assert status(monkeypatch, "run", str(tmp_path), "--unconfind") == 2
    told = capsys.readouterr().err
    assert "Usage: autograder run" in told
    assert "--unconfined" in told


def test_output_may_go_to_any_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream that has no encoding, as some notebooks and tests put in place, is written to as it is."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    assert status(monkeypatch, "--version") in {0, None}
    assert "autograder" in stream.getvalue()


def test_a_comparison_that_is_interrupted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """If Ctrl-C ended grading in the middle, nothing is compared, and the status is that of other commands."""
    outcome = SimpleNamespace(interrupted=True, told=["a comparison"], problems=[], changed=True)
    monkeypatch.setattr("autograder.comparing.command.compare", lambda *_: outcome)
    assert status(monkeypatch, "compare", str(tmp_path), str(tmp_path)) == 130


def test_the_current_folder_is_no_place_for_libraries(tmp_path: Path) -> None:
    """A student's file with the name of a library is not run where its folder is the current one."""
    (tmp_path / "msgspec.py").write_text("raise SystemExit(9)", encoding="utf-8")
    variables = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "autograder", "--version"]
    done = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
