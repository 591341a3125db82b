"""``otter run`` makes no PDF and hands nothing in, although Otter would, before anything is graded."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.settings import PLUGIN
from tests.entry.stand_in import StandIn, running
from tests.support.corpus import ROOT
from tests.support.samples import config

KEYS = {"token": "zq7token", "course_id": 1, "assignment_id": 2, "pdf": True}


@pytest.mark.slow
@pytest.mark.parametrize("on", [False, True])
def test_otters_own_upload_is_off(on: bool, tmp_path: Path) -> None:
    """Our plugin turns it off in time; without the plugin Otter does it."""
    for name in ("submission", "source/files"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "submission" / "homework.ipynb").write_text("{}", encoding="utf-8")
    (tmp_path / "submission" / "homework.pdf").write_bytes(b"%PDF-1.7")
    users = {"users": [{"email": "ada@example.org"}]}
    (tmp_path / "submission_metadata.json").write_text(json.dumps(users), encoding="utf-8")
    with running(StandIn(tmp_path)) as server:
        done = subprocess.run(
            [sys.executable, "-m", "tests.entry.test_pdf_otter_run", str(tmp_path), "plugin" if on else "no plugin"],
            cwd=ROOT, env={**os.environ, **server.environment()}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.stdout.splitlines()[-1:] == [f"makes a PDF: {not on}"], done.stdout + done.stderr
        assert [request["owner"] for request in server.requests] == ([] if on else ["ada@example.org"])


def run_otter(folder: Path, plugin: bool) -> None:
    """Do what Otter does about a PDF, in this process. It is one of its own, since others have only parts of Otter."""
    from otter.run.run_autograder.autograder_config import AutograderConfig
    from otter.run.run_autograder.runners.python_runner import PythonRunner

    from autograder.entry.otter_plugin import AutograderPlugin

    path = folder / "submission" / "homework.ipynb"
    os.chdir(path.parent)
    otter = AutograderConfig(config() | KEYS)
    if plugin:
        AutograderPlugin(str(path), {}, config()["plugins"][0][PLUGIN]).before_grading(otter)
    runner = PythonRunner(otter)
    PythonRunner.write_pdf = lambda *_: "homework.pdf"
    if runner.pdf_enabled:
        runner.write_and_maybe_submit_pdf(str(path))
    print(f"makes a PDF: {runner.pdf_enabled}")


if __name__ == "__main__":
    run_otter(Path(sys.argv[1]), sys.argv[2] == "plugin")
