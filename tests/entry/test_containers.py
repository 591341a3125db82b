"""``otter grade`` and ``run_autograder`` in real containers of a Docker engine that the tests start."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.zips.archive import write_zip
from autograder.zips.sources import Sources
from tests.support.corpus import QUESTIONS, ROOT
from tests.support.docker_engine import Engine
from tests.support.selection import SCRIPT, ZIP, Marks, own_marks, unpack, write_entry
from tests.support.set_up import ASSIGNMENT

pytestmark = [pytest.mark.slow, pytest.mark.docker]


def otter_grade(base_image: str, dist: Path, output: Path, *arguments: str) -> dict[str, dict[str, str]]:
    """Run ``otter grade`` as a TA does, and return the rows of final_grades.csv by file."""
    output.mkdir()
    command = [sys.executable, "-m", "otter", "grade", "-n", ASSIGNMENT, "-a", str(dist / "autograder.zip")]
    command += ["--image", base_image, "--containers", str(os.cpu_count() or 2), "-o", str(output), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    with (output / "final_grades.csv").open(encoding="utf-8", newline="") as stream:
        return {row["file"]: row for row in csv.DictReader(stream)}


def marks_of_row(row: dict[str, str]) -> Marks:
    """The points per question of one row."""
    assert row["grading_status"] == "Completed", row
    return {question: round(float(row[question]), 4) for question in QUESTIONS}


@pytest.fixture(scope="module")
def grades(
    docker_engine: Engine,
    base_image: str,
    dist: Path,
    selection: dict[str, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, dict[str, str]]:
    """The rows that ``otter grade`` gives for the selection."""
    folder = next(iter(selection.values())).parent
    return otter_grade(base_image, dist, tmp_path_factory.mktemp("grade") / "out", str(folder))


def test_otter_grade_gives_the_same_marks(
    grades: dict[str, dict[str, str]], selection: dict[str, Path], marks: dict[str, Marks]
) -> None:
    """``otter grade`` gives every submission of the selection the same marks as our own grading."""
    assert {name: marks_of_row(grades[path.name]) for name, path in selection.items()} == marks


def test_the_image_is_small(grades: dict[str, dict[str, str]], docker_engine: Engine, base_image: str) -> None:
    """What grading needs takes at most 450 MB above the base."""
    command = ("image", "inspect", "--format", "{{.Size}}", f"otter-grade:{ASSIGNMENT}", base_image)
    size, base = map(int, docker_engine.docker(*command).stdout.split())
    assert size - base <= 450e6


@pytest.mark.parametrize(("name", "extension"), [(SCRIPT, "py"), (ZIP, "zip")])
def test_otter_grade_takes_scripts_and_zips(
    grades: dict[str, dict[str, str]],
    name: str,
    extension: str,
    base_image: str,
    dist: Path,
    tmp_path: Path,
    case_files: Path,
    sources: Sources,
) -> None:
    """A script, and a zip with helper files, get full marks in a container, too."""
    path = write_entry(name, tmp_path / "submissions")
    rows = otter_grade(base_image, dist, tmp_path / "out", "--ext", extension, str(path.parent))
    assert marks_of_row(rows[path.name]) == own_marks(path, case_files, sources) == {"q3": 20, "q4": 35, "q5": 20}


class Gradescope:
    """An image with Gradescope's layout, and its containers, one for each submission."""

    def __init__(self, engine: Engine, image: str) -> None:
        self.engine, self.image = engine, image

    def grade(self, submission: Path, folder: Path, *options: str) -> dict[str, Any]:
        """Run ``/autograder/run_autograder`` on the files of a folder, and return the results.json."""
        container = self.engine.docker("create", *options, self.image, "/autograder/run_autograder").stdout.strip()
        try:
            self.engine.docker("cp", f"{submission}/.", f"{container}:/autograder/submission")
            done = self.engine.docker("start", "--attach", container, check=False)
            self.engine.docker("cp", f"{container}:/autograder/results/results.json", str(folder / "results.json"))
        finally:
            self.engine.docker("rm", "--force", container)
        assert done.returncode == 0, done.stdout + done.stderr
        results: dict[str, Any] = json.loads((folder / "results.json").read_text(encoding="utf-8"))
        return results


@pytest.fixture(scope="module")
def gradescope(
    grades: dict[str, dict[str, str]], docker_engine: Engine, dist: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gradescope]:
    """Gradescope's image: the whole zip is in source/, and run_autograder is above it.

    It starts from the image that ``otter grade`` built, where setup.sh has run already.
    """
    context = tmp_path_factory.mktemp("gradescope")
    unpack(dist, context / "source")
    dockerfile = f"""\
FROM otter-grade:{ASSIGNMENT}
RUN rm -rf /autograder && mkdir -p /autograder/submission /autograder/results
COPY source /autograder/source
RUN cp /autograder/source/run_autograder /autograder/run_autograder && chmod +x /autograder/run_autograder \\
    && echo '{{"id": 1, "users": [], "assignment": {{}}}}' > /autograder/submission_metadata.json
WORKDIR /autograder
"""
    (context / "Dockerfile").write_text(dockerfile, encoding="utf-8")
    docker_engine.docker("build", "--tag", "gradescope-like", str(context))
    yield Gradescope(docker_engine, "gradescope-like")
    docker_engine.docker("rmi", "--force", "gradescope-like", check=False)


def test_run_autograder_gives_the_same_marks(
    gradescope: Gradescope, selection: dict[str, Path], marks: dict[str, Marks], tmp_path: Path
) -> None:
    """``run_autograder`` leaves a valid results.json with the same marks as our own grading.

    The rest of the selection is graded by ``otter grade``, which starts the same program.
    """
    got = {}
    for name in ("reference", "untouched", "nb_quit_after_init", "magics_of_every_kind"):
        folder = tmp_path / name
        (folder / "submission").mkdir(parents=True)
        shutil.copy(selection[name], folder / "submission")
        results = gradescope.grade(folder / "submission", folder)
        got[name] = points_of(results, QUESTIONS)
        check_gradescope_format(results)
    assert got == {name: marks[name] for name in got}


def points_of(results: dict[str, Any], questions: Iterable[str]) -> dict[str, float]:
    """The points of each question. There is a row for each test case, whose name begins with its question."""
    rows = [(test["name"].split()[0], test.get("score", 0)) for test in results["tests"]]
    return {question: round(sum(score for name, score in rows if name == question), 4) for question in questions}


def check_gradescope_format(results: dict[str, Any]) -> None:
    """results.json has the form that Gradescope documents."""
    assert isinstance(results["tests"], list)
    for test in results["tests"]:
        assert test.get("visibility") in {"visible", "hidden", "after_due_date", "after_published"}
        assert isinstance(test.get("output", ""), str)
        if "score" in test:
            assert 0 <= test["score"] <= test["max_score"]
    assert isinstance(results.get("output", ""), str)


def test_another_assignment(gradescope: Gradescope, docker_engine: Engine, tmp_path: Path) -> None:
    """The zip of the second assignment grades in the same image, with no other change."""
    root = ROOT / "tests" / "second_assignment"
    write_zip(tmp_path / "autograder.zip", Sources(root, root / "otter_config.json").autograder_files())
    shutil.unpack_archive(tmp_path / "autograder.zip", tmp_path / "source")
    dockerfile = "FROM gradescope-like\nRUN rm -rf /autograder/source\nCOPY source /autograder/source\n"
    (tmp_path / "Dockerfile").write_text(dockerfile, encoding="utf-8")
    docker_engine.docker("build", "--tag", "second", str(tmp_path))
    got = {}
    for name in ("right/loop.py", "wrong/other_window.py"):
        folder = tmp_path / name
        (folder / "submission").mkdir(parents=True)
        shutil.copy(root / "submissions" / name, folder / "submission")
        results = Gradescope(docker_engine, "second").grade(folder / "submission", folder)
        got[name] = points_of(results, ["smooth", "draw"])
        check_gradescope_format(results)
    docker_engine.docker("rmi", "--force", "second", check=False)
    assert got == {"right/loop.py": {"smooth": 6, "draw": 5}, "wrong/other_window.py": {"smooth": 6, "draw": 3}}


def test_gradescope_small_container_and_bad_input(gradescope: Gradescope, tmp_path: Path) -> None:
    """With half a processor, 768 MB and no network, a submission of two notebooks gets 0 points and a clear message."""
    submission = tmp_path / "submission"
    submission.mkdir()
    for name in ("first.ipynb", "second.ipynb"):
        (submission / name).write_text("{}", encoding="utf-8")
    results = gradescope.grade(submission, tmp_path, "--cpus", "0.5", "--memory", "768m", "--network", "none")
    assert sum(test.get("score", 0) for test in results["tests"]) == 0
    assert "more than one notebook: first.ipynb, second.ipynb" in results["output"]


def test_a_container_without_capabilities(gradescope: Gradescope, docker_engine: Engine, tmp_path: Path) -> None:
    """It ends with status 1, without results, and the log names the capabilities and the options that give them."""
    options = ("--cap-drop", "ALL", "--network", "none")
    image = gradescope.image
    container = docker_engine.docker("create", *options, image, "/autograder/run_autograder").stdout.strip()
    try:
        done = docker_engine.docker("start", "--attach", container, check=False)
        results = docker_engine.docker("cp", f"{container}:/autograder/results/.", str(tmp_path / "results"))
    finally:
        docker_engine.docker("rm", "--force", container)
    assert results.returncode == 0
    assert done.returncode == 1
    assert not list((tmp_path / "results").iterdir())
    last = done.stdout.strip().splitlines()[-1]
    assert last.startswith("not graded, our fault: root lacks CAP_CHOWN")
    assert "--cap-add SETUID" in last
