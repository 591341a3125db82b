"""Whole builds: both zips are built, tried out, and put in place together, or not at all."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.errors import AutograderError, BuildError, SettingsError
from autograder.grading.grade import grade
from autograder.zips.archive import read_zip
from autograder.zips.build import build
from autograder.zips.reading import read_autograder_zip
from autograder.zips.sources import Sources
from autograder.zips.validation import otter_run, validate
from tests.support import prepared
from tests.support.corpus import ROOT, project
from tests.support.samples import copy_project, messages, passed, settings, write_config

pytestmark = pytest.mark.sampled(2, by="file")


ZIPS = ("student.zip", "autograder.zip")
POINTS = {"q1": 5, "q2": 5, "q3": 12.5, "q4": 60, "q5": 30}
VARIANT = {"assignment_name": "rnn.v2", "title": "Four steps", "weight_range": 0.05, "steps": 4, "points": POINTS}


def run_cli(*arguments: str, cwd: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"COLUMNS": "1000", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "autograder", *arguments]
    return prepared.run(command, cwd, environment)


def old_zips(folder: Path) -> Path:
    folder.mkdir()
    for name in ZIPS:
        (folder / name).write_text(f"old {name}")
    return folder


def assert_old(folder: Path) -> None:
    """Both old zips are unchanged, and nothing else is in the folder."""
    assert {path.name: path.read_text() for path in folder.iterdir()} == {name: f"old {name}" for name in ZIPS}


@pytest.mark.slow
def test_build(dist: Path) -> None:
    """The command builds both zips, replaces the old ones, leaves nothing else, and prints their paths."""
    assert dist.with_suffix(".err").read_text(encoding="utf-8") == ""
    printed = dist.with_suffix(".out").read_text(encoding="utf-8")
    assert [name in printed for name in ZIPS] == [True, True]
    assert sorted(path.name for path in dist.iterdir()) == sorted(ZIPS)
    student, autograder = (read_zip(dist / name) for name in ZIPS)
    name = settings().assignment_name
    assert set(student) == {f"{name}.ipynb", "README.md", "requirements.txt", *(f"tests/q{n}.py" for n in (3, 4, 5))}
    assert {"setup.sh", "run_autograder", "otter_config.json", "requirements.txt"} < set(autograder)
    assert {f"tests/q{n}.py" for n in (3, 4, 5)} < set(autograder)
    assert not [path for path in autograder if "__pycache__" in path]


@pytest.mark.slow
def test_variant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With other settings, handout, stubs and cases change, and the changed reference solution gets 100 %."""
    sources = Sources(ROOT, write_config(tmp_path, **VARIANT))
    marks: dict[str, dict[str, tuple[float, float, str]]] = {}

    def listening(submission: Path, autograder_zip: Path) -> dict[str, tuple[float, float, str]]:
        marks[submission.name] = otter_run(submission, autograder_zip)
        return marks[submission.name]

    monkeypatch.setattr("autograder.zips.validation.otter_run", listening)
    paths = build(sources, tmp_path / "new" / "dist")
    assert [path.name for path in paths] == list(ZIPS)
    student = read_zip(paths[0])
    handout = nbformat.reads(student["rnn.v2.ipynb"].decode(), as_version=4)
    text = "\n".join(cell.source for cell in handout.cells)
    for words in ("# Four steps", "t = 1, 2, 3, 4$", "[-0.05, 0.05]", "(12.5 points)", "(60 points)", "rnn.v2.ipynb"):
        assert words in text
    assert "0.01" not in text
    assert handout.metadata["otter"]["assignment_name"] == "rnn.v2"
    assert "rnn.v2" in student["README.md"].decode()
    assert b"WEIGHT_RANGE = 0.05" in student["tests/q3.py"]
    assert b"STEPS = 4" in student["tests/q5.py"]

    solved = tmp_path / "solved.ipynb"
    solved.write_bytes(sources.notebook(solved=True))
    tests = read_autograder_zip(paths[1]).write_tests(tmp_path)
    results = grade(solved, tests, sources.settings)
    assert set(passed(results).values()) == {True}, messages(results)
    assert (results.total, sum(results.possible.values())) == (pytest.approx(102.5), pytest.approx(102.5))
    assert {question: mark[:2] for question, mark in marks["solved.ipynb"].items()} == {
        question: (pytest.approx(POINTS[question]), pytest.approx(POINTS[question])) for question in ("q3", "q4", "q5")
    }

    three_steps = tmp_path / "three.ipynb"
    three_steps.write_bytes(project().notebook(solved=True))
    failed = {name for name, good in passed(grade(three_steps, tests, sources.settings)).items() if not good}
    assert {"q3 uniform distribution", "q5 nodes", "q5 edges"} <= failed


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


NETWORK = "reference_solution/network.py"
BREAKS = {
    "public": (NETWORK, "size=(I, D)", "size=(D, I)", "the reference solution fails the public check q3"),
    "hidden": (NETWORK, "model.z = z", "model.z = z; model.V *= 0.5", r"solution gets \d+ of 35 points in q4"),
    "test case": (
        "tests/otter/q3.py", "check_unrelated(weights, every)", "check_unrelated(weights, every.values)",
        r"'q3 independence' failed .*no attribute 'values'\n    in test_independence: check_unrelated\(weights, every",
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("found_by", BREAKS)
def test_broken_reference(found_by: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong reference solution or test case is rejected, the message says which, and the old zips stay."""
    root, output = copy_project(tmp_path / "project"), old_zips(tmp_path / "dist")
    name, right, wrong, told = BREAKS[found_by]
    if found_by == "public":
        monkeypatch.setattr("autograder.zips.validation.otter_run", lambda *_: pytest.fail("Otter was started"))
    replace(root / name, right, wrong)
    with pytest.raises(AutograderError, match=told):
        build(Sources(root, root / "otter_config.json"), output)
    assert_old(output)


@pytest.mark.slow
def test_validation_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Points lost by the reference, points for the untouched handout, and other questions or points are errors."""
    sources = project()
    points = {question: sources.settings.points[question] for question in ("q3", "q4", "q5")}
    full = {question: (value, value, "words") for question, value in points.items()}
    none = {question: (0.0, value, "") for question, value in points.items()}
    monkeypatch.setattr("autograder.zips.validation.check_no_leaks", lambda *_: None)

    def validation(reference: dict[str, object], handout: dict[str, object]) -> None:
        monkeypatch.setattr("autograder.zips.validation._graded", lambda *_: (reference, handout))
        validate(tmp_path / "a", tmp_path / "b", sources)

    validation({**full}, {**none})
    with pytest.raises(BuildError, match=r"(?s)reference solution gets 34 of 35 points in q4.*why"):
        validation({**full, "q4": (34.0, 35.0, "why")}, {**none})
    with pytest.raises(BuildError, match="untouched handout gets points in q5"):
        validation({**full}, {**none, "q5": (1.0, 20.0, "")})
    with pytest.raises(BuildError, match=r"reference solution: q4 was not graded at all; q5 was not graded at all$"):
        validation({"q3": full["q3"]}, {**none})
    told = r"untouched handout: the test cases of q3 \(tests/otter/q3\.py\) add up to 19 points, but .* says 20$"
    with pytest.raises(BuildError, match=told):
        validation({**full}, {**none, "q3": (0.0, 19.0, "")})


def test_otter_fails(tmp_path: Path) -> None:
    """If Otter itself fails, the error contains its output."""
    (tmp_path / "a.zip").write_bytes(b"no zip")
    with pytest.raises(BuildError, match=r"(?s)otter run of hw\.ipynb failed:.*zip"):
        otter_run(tmp_path / "hw.ipynb", tmp_path / "a.zip")


@pytest.mark.parametrize("place", ["file/dist", "/proc/dist"])
def test_output_that_cannot_be_written(place: str, tmp_path: Path) -> None:
    """If a folder cannot be created or written to, the exit status is 1 and the message names it."""
    (tmp_path / "file").write_text("a file")
    output = tmp_path / place
    done = run_cli("build", "-o", str(output))
    assert done.returncode == 1
    assert f"cannot write to {output}" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_setting(tmp_path: Path) -> None:
    """A wrong setting gives exit status 1 and a message on stderr, without a traceback. The old zips stay."""
    output = old_zips(tmp_path / "dist")
    config = write_config(tmp_path, values={"wieght_range": 0.5})
    done = run_cli("build", "-o", str(output), "--config", str(config))
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert str(config) in done.stderr
    assert "did you mean 'weight_range'?" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert_old(output)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("build", "--root", str(ROOT), "--config", "absent.json"), "absent.json: No such file"),
        (("build", "--root", "."), "QUESTION.py in {}: run this in the folder of the assignment, or use --root"),
        (("run", "hw.ipynb", "-a", "hw.ipynb"), "build it with 'autograder build'"),
    ],
)
def test_errors_of_the_command_line(arguments: tuple[str, ...], words: str, tmp_path: Path) -> None:
    """A problem that a user can fix is one line, with exit status 1."""
    (tmp_path / "hw.ipynb").write_text("{}")
    done = run_cli(*arguments, cwd=tmp_path)
    assert done.returncode == 1
    assert words.format(tmp_path) in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("assignment/handout.py", "there is no assignment/handout.py in .*: add what is missing"),
        ("assignment", "there is no assignment/handout.py, no .*settings.py in .*: add what is missing"),
        ("reference_solution/unfolded.py", "there is no function graph, which the test cases of q5 call"),
        ("tests/otter", "there is no tests/otter/QUESTION.py in .*: add what is missing"),
    ],
)
def test_missing_part(name: str, words: str, tmp_path: Path) -> None:
    """If parts of the project are missing, the message names them all, and the old zips stay."""
    root, output = copy_project(tmp_path / "project"), old_zips(tmp_path / "dist")
    shutil.rmtree(root / name) if (root / name).is_dir() else (root / name).unlink()
    with pytest.raises(BuildError, match=words):
        build(Sources(root, root / "otter_config.json"), output)
    assert_old(output)


@pytest.mark.parametrize("name", ["tests/otter/q4.py", "reference_solution/network.py"])
def test_part_that_is_not_python(name: str, tmp_path: Path) -> None:
    """For a syntax error in a test file or the reference solution, the message names the file."""
    root, output = copy_project(tmp_path / "project"), old_zips(tmp_path / "dist")
    with (root / name).open("a", encoding="utf-8") as stream:
        stream.write("\ndef slip(:\n")
    with pytest.raises(AutograderError, match=Path(name).name):
        build(Sources(root, root / "otter_config.json"), output)
    assert_old(output)


BROKEN_SETTINGS = {
    "no Python": ("def slip(:", r"settings\.py cannot be loaded: SyntaxError"),
    "an error": ("1 / 0", r"settings\.py cannot be loaded: ZeroDivisionError"),
    "no values": ("", r"settings\.py: the class 'Values' is missing"),
}


@pytest.mark.parametrize(("text", "words"), BROKEN_SETTINGS.values(), ids=BROKEN_SETTINGS)
def test_broken_settings_of_the_assignment(text: str, words: str, tmp_path: Path) -> None:
    """If an assignment's settings.py cannot be used, the message names it and says why."""
    root = copy_project(tmp_path / "project")
    (root / "assignment" / "settings.py").write_text(text, encoding="utf-8")
    with pytest.raises(BuildError, match=words):
        build(Sources(root, root / "otter_config.json"), tmp_path / "dist")


def test_a_question_without_points(tmp_path: Path) -> None:
    """If a question with test cases has no points, the message names it."""
    config = write_config(tmp_path, points={"q3": 1, "q4": 2})
    with pytest.raises(BuildError, match=r"'points' has nothing for q5, which tests/otter/q5\.py"):
        build(Sources(ROOT, config), tmp_path / "dist")


def test_own_libraries(tmp_path: Path) -> None:
    """An assignment's own lock file replaces the engine's."""
    root = copy_project(tmp_path / "project")
    (root / "requirements").mkdir()
    (root / "requirements" / "grading.txt").write_text("numpy==2.0.0\n", encoding="utf-8")
    files = Sources(root, root / "otter_config.json").autograder_files()
    assert files["requirements.txt"] == b"numpy==2.0.0\n"


def test_wrong_setting_in_the_api(tmp_path: Path) -> None:
    """Called from Python, a wrong setting raises before anything is written."""
    with pytest.raises(SettingsError, match="'steps'"):
        build(Sources(ROOT, write_config(tmp_path, steps=99)), tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


@pytest.mark.slow
def test_otter_generate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stock ``otter generate`` makes a zip that gives the reference full marks if the folder can be imported."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    command = [sys.executable, "-m", "otter", "generate", "-t", "tests/otter", "-o", str(tmp_path / "otter.zip")]
    done = subprocess.run([*command, "--no-environment"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    solved = tmp_path / "solved.ipynb"
    solved.write_bytes(project().notebook(solved=True))
    marks = otter_run(solved, tmp_path / "otter.zip")
    assert {question: mark[0] for question, mark in marks.items()} == {
        question: pytest.approx(settings().points[question]) for question in ("q3", "q4", "q5")
    }


def test_compiled_templates_are_no_templates(sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Templates that pip has compiled stay out of the zip."""
    before = sources.autograder_files()
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "autograder" / "zips" / "templates", templates)
    (templates / "__pycache__").mkdir(exist_ok=True)
    (templates / "__pycache__" / "template.cpython-311.pyc").write_bytes(b"compiled")
    monkeypatch.setattr("autograder.zips.sources._TEMPLATES", templates)
    assert sources.autograder_files() == before
