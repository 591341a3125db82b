"""``otter run`` makes no PDF and hands nothing in, although Otter would, before anything is graded."""

import json
from pathlib import Path

import pytest

from autograder.entry.otter_plugin import AutograderPlugin
from autograder.settings import PLUGIN
from tests.entry.stand_in import StandIn, running
from tests.support.samples import config

KEYS = {"token": "zq7token", "course_id": 1, "assignment_id": 2, "pdf": True}


@pytest.mark.parametrize("on", [False, True])
def test_otters_own_upload_is_off(on: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our plugin turns it off in time; without the plugin Otter does it."""
    from otter.run.run_autograder.autograder_config import AutograderConfig
    from otter.run.run_autograder.runners.python_runner import PythonRunner

    for name in ("submission", "source/files"):
        (tmp_path / name).mkdir(parents=True)
    path = tmp_path / "submission" / "homework.ipynb"
    path.write_text("{}", encoding="utf-8")
    (tmp_path / "submission" / "homework.pdf").write_bytes(b"%PDF-1.7")
    users = {"users": [{"email": "ada@example.org"}]}
    (tmp_path / "submission_metadata.json").write_text(json.dumps(users), encoding="utf-8")
    otter = AutograderConfig(config() | KEYS)
    monkeypatch.chdir(tmp_path / "submission")
    if on:
        AutograderPlugin(str(path), {}, config()["plugins"][0][PLUGIN]).before_grading(otter)
    runner = PythonRunner(otter)
    assert runner.pdf_enabled is not on
    with running(StandIn(tmp_path)) as server:
        for name, value in server.environment().items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(PythonRunner, "write_pdf", lambda *_: "homework.pdf")
        if runner.pdf_enabled:
            assert runner.write_and_maybe_submit_pdf(str(path)) is None
        assert [request["owner"] for request in server.requests] == ([] if on else ["ada@example.org"])
