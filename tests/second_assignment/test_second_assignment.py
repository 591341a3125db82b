"""Another assignment, of another field, in its own folder: the engine builds and grades it, and knows nothing of it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.zips.archive import read_zip
from autograder.zips.validation import otter_run
from tests.support.corpus import ROOT

HERE = Path(__file__).parent
SUBMISSIONS = sorted((HERE / "submissions").glob("*/*.py"))

pytestmark = pytest.mark.slow


def expected(path: Path) -> set[str]:
    """The cases that a submission must lose, by its header."""
    (fails,) = (line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# fails: "))
    return set(fails.removeprefix("# fails: ").split("; ")) - {"nothing"}


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the engine, and nothing else of the project."""
    folder = tmp_path_factory.mktemp("alone")
    shutil.copytree(ROOT / "autograder", folder / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def autograder(alone: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """A command of the engine that lies alone."""
    environment = os.environ | {"PYTHONPATH": str(alone), "COLUMNS": "200"}
    command = [sys.executable, "-P", "-m", "autograder", *arguments]
    done = subprocess.run(command, cwd=alone, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    return done


@pytest.fixture(scope="module")
def zips(alone: Path) -> Path:
    """The zips of the second assignment, built by the engine alone."""
    autograder(alone, "build", "--root", str(HERE), "-o", str(alone / "dist"))
    return alone / "dist"


def test_zips(zips: Path) -> None:
    """Both are there; the student's shows the stubs and the public cases, and nothing of the first assignment."""
    student, grader = (read_zip(zips / name) for name in ("student.zip", "autograder.zip"))
    assert set(student) == {"smoothing.ipynb", "README.md", "requirements.txt", "tests/draw.py", "tests/smooth.py"}
    notebook = json.loads(student["smoothing.ipynb"])
    text = "".join("".join(cell["source"]) for cell in notebook["cells"])
    assert 'raise NotImplementedError("draw")' in text
    for words in ("def smooth(series", "def chart(series", "(4 points)", "over 5 numbers"):
        assert words in text
    assert "np.convolve" not in text
    assert b"SEED" not in student["tests/smooth.py"]
    assert not [name for name in grader if "rnn" in name or b"def forward(" in grader[name]]


@pytest.fixture(scope="module")
def graded(alone: Path, zips: Path) -> dict[str, dict[str, str]]:
    """The outcome of each case of each submission by ``autograder grade``."""
    output = alone / "graded"
    asked = ("grade", str(HERE / "submissions"), "--layout", "files", "-a", str(zips / "autograder.zip"))
    autograder(alone, *asked, "-o", str(output))
    autograder(alone, "report", str(output))
    found = {}
    for path in SUBMISSIONS:
        (record_file,) = (output / "results").rglob(f"{path.name}.json")
        record = json.loads(record_file.read_text(encoding="utf-8"))
        found[path.name] = {case["name"]: case["outcome"] for case in record["extra_data"]["autograder"]["cases"]}
    return found


@pytest.mark.parametrize("path", SUBMISSIONS, ids=lambda path: path.stem)
def test_grade(path: Path, graded: dict[str, dict[str, str]]) -> None:
    """Every right submission gets every point, and every wrong one loses exactly the cases in its header."""
    assert {name for name, outcome in graded[path.name].items() if outcome != "passed"} == expected(path)


def test_there_are_enough() -> None:
    """There are at least five right and ten wrong submissions."""
    assert len([path for path in SUBMISSIONS if not expected(path)]) >= 5
    assert len([path for path in SUBMISSIONS if expected(path)]) >= 10


def test_otter_run(zips: Path) -> None:
    """``otter run`` gives the same marks: part of the points in one question, and all of them in the other."""
    found = otter_run(HERE / "submissions" / "wrong" / "changes_the_series.py", zips / "autograder.zip")
    assert {question: round(score, 4) for question, (score, _, _) in found.items()} == {"smooth": 4, "draw": 5}


def test_public_cases_in_a_notebook(zips: Path, tmp_path: Path) -> None:
    """The public checks run where a student works, without any wall, and speak of what is wrong."""
    shutil.unpack_archive(zips / "student.zip", tmp_path)
    script = """
import sys, numpy as np, matplotlib.pyplot as plt, otter
grader = otter.Notebook("smoothing.ipynb")
for path in sys.argv[1:]:
    exec(open(path).read())
    for question in ("smooth", "draw"): print(grader.check(question))
    print("----")
"""
    names = ("right/loop.py", "wrong/one_label.py", "wrong/past_only.py")
    command = [sys.executable, "-c", script, *(str(HERE / "submissions" / name) for name in names)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told = dict(zip(names, done.stdout.split("----\n"), strict=False))
    assert told["right/loop.py"].count("All test cases passed!") + told["right/loop.py"].count("passed") >= 2
    assert "failed" not in told["right/loop.py"]
    assert "The vertical axis has no label" in told["wrong/one_label.py"]
    assert "smooth is wrong" in told["wrong/past_only.py"] or "not at the ends" in told["wrong/past_only.py"]
