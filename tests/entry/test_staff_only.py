"""What only staff may read is nowhere where a student could ever see it, whatever the settings publish."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from autograder.grading.grade import grade, load_test_files
from autograder.grading.gradescope import FOR_STAFF, gradescope_results, shown_by, with_staff_part
from autograder.grading.results import Graded
from autograder.settings import PLUGIN
from autograder.zips.sources import Sources
from tests.entry.telltale import TELLTALES, marks_in
from tests.support.samples import config, notebook, settings, shared_sandbox

pytestmark = pytest.mark.slow

#: Everything that the settings can publish.
PUBLISH: dict[str, Any] = {"show_hidden": True, "show_stdout": True, "show_all_public": True}
VISIBILITIES = ({}, PUBLISH, PUBLISH | {"force_public_test_summary": False})


@pytest.fixture(scope="module")
def public_files(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the test files of the student's zip."""
    folder = tmp_path_factory.mktemp("public")
    for name, text in sources.public_tests.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def graded_of(cells: tuple[str, ...], tests: Path, folder: Path) -> Graded:
    path = folder / "homework.ipynb"
    path.write_bytes(notebook(*cells))
    return grade(path, tests, settings(), shared_sandbox())


def visible(results: dict[str, Any]) -> str:
    """What of a results.json a student may see now or later."""
    shown = [test for test in results["tests"] if test["visibility"] != "hidden"]
    rest = {key: value for key, value in results.items() if key not in {"tests", "extra_data"}}
    return json.dumps([shown, rest], ensure_ascii=False)


@pytest.fixture(scope="module")
def public_marks(public_files: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What each submission tells of public inputs, which students know."""
    folder = tmp_path_factory.mktemp("telltales")
    return {
        name: marks_in(json.dumps([repr(case) for case in graded.cases]) + graded.told + graded.staff_report)
        for name, cells in TELLTALES.items()
        for graded in [graded_of(cells, public_files, folder)]
    }


def from_pickle(path: Path, what: str) -> str:
    """Something of Otter's record of our own results, read in a process of its own as Otter's commands do."""
    read = f"import dill, sys; print(dill.load(open(sys.argv[1], 'rb')).{what})"
    command = [sys.executable, "-c", read, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("name", TELLTALES)
def test_results(name: str, case_files: Path, public_marks: dict[str, set[str]], tmp_path: Path) -> None:
    """No results.json shows a hidden input in any visibility, nor does what Otter makes of it; staff read them."""
    graded = graded_of(TELLTALES[name], case_files, tmp_path)
    assert len(marks_in(graded.staff_report) - public_marks[name]) >= 5
    for changes in VISIBILITIES:
        shown = shown_by(settings(), config() | changes, load_test_files(case_files))
        results = with_staff_part(gradescope_results(graded, shown), graded)
        told = visible(json.loads(json.dumps(_plain(results))))
        assert marks_in(told) <= public_marks[name]
        assert FOR_STAFF not in told


def _plain(results: Any) -> Any:
    import msgspec

    return msgspec.to_builtins(results)


@pytest.mark.parametrize("name", ["errors", "values"])
def test_container(name: str, case_files: Path, public_marks: dict[str, set[str]], tmp_path: Path) -> None:
    """What a container prints can be published by ``show_stdout``, so it holds nothing of hidden inputs."""
    folder = tmp_path / "autograder"
    for part in ("submission", "results", "source/tests"):
        (folder / part).mkdir(parents=True)
    for path in case_files.iterdir():
        (folder / "source" / "tests" / path.name).write_bytes(path.read_bytes())
    (folder / "submission" / "homework.ipynb").write_bytes(notebook(*TELLTALES[name]))
    (folder / "source" / "otter_config.json").write_text(json.dumps(config() | PUBLISH), encoding="utf-8")
    run = "import sys, pathlib, autograder.entry.container as c; c.main(pathlib.Path(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", run, str(folder)], capture_output=True, text=True, check=True)
    results = json.loads((folder / "results" / "results.json").read_text(encoding="utf-8"))
    assert results["stdout_visibility"] == "after_published"
    assert "GRADING SUMMARY" in done.stdout
    assert marks_in(done.stdout + done.stderr + visible(results)) <= public_marks[name]
    (staff,) = [test for test in results["tests"] if test["name"] == FOR_STAFF]
    assert staff["visibility"] == "hidden"
    assert marks_in(staff["output"]) - public_marks[name]
    summary = from_pickle(folder / "results" / "results.pkl", "summary()")  # of otter grade --summaries
    assert "failed" in summary
    assert marks_in(summary) <= public_marks[name]


def test_otter_run(dist: Path, public_marks: dict[str, set[str]], tmp_path: Path) -> None:
    """``otter run`` shows no hidden input either; its record has the notes for staff."""
    path = tmp_path / "homework.ipynb"
    path.write_bytes(notebook(*TELLTALES["errors"]))
    command = [sys.executable, "-m", "otter", "run", "-a", str(dist / "autograder.zip"), "-p", str(path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    shown = done.stdout + done.stderr + (tmp_path / "results.json").read_text(encoding="utf-8")
    assert marks_in(shown) <= public_marks["errors"]
    assert "'autograder run' prints them" in done.stdout
    staff = from_pickle(tmp_path / "results.pkl", f"get_plugin_data({PLUGIN!r})['staff']")
    assert marks_in(staff) - public_marks["errors"]
