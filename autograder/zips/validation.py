"""Try out the new zips with Otter itself before they replace the old ones."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ..errors import BuildError
from ..grading.grade import grade
from ..sandbox import Sandbox
from ..settings import FILE_NAME
from .archive import read_zip
from .handout import notebook_name
from .leaks import check_no_leaks
from .sources import Sources
from .trial import Marks, try_out

#: What has not been validated if nothing can confine code.
_NOT_VALIDATED = (
    "not validated on {system}: grading with confined code, as 'otter run' and Gradescope do it; to validate that as "
    "well, build once on Linux, where the zips are the same"
)


def validate(student_zip: Path, autograder_zip: Path, sources: Sources) -> str:
    """Check both zips by using them.

    Returns:
        What could not be validated on this system, in one line; empty on Linux.

    Raises:
        BuildError: the student's zip contains something secret, the reference solution loses points or fails a public
            case, or the untouched handout gets points or cannot be graded.
        OurFault: a test case raises an error of its own on the reference solution.
    """
    check_no_leaks(student_zip, sources)
    here = sys.platform == "linux"
    reference, handout = (_graded if here else _tried)(student_zip, autograder_zip, sources)
    for question, (score, possible, output) in reference.items():
        if score < possible:
            raise BuildError(f"the reference solution gets {score:g} of {possible:g} points in {question}:\n{output}")
    if _problem := [question for question, (score, _, _) in handout.items() if score > 0]:
        raise BuildError(f"the untouched handout gets points in {', '.join(_problem)}: a test case accepts the stub")
    points = {question: sources.settings.points[question] for question in sources.questions}
    for what, results in (("reference solution", reference), ("untouched handout", handout)):
        if {question: round(possible, 4) for question, (_, possible, _) in results.items()} != points:
            raise BuildError(_differing(what, results, points))
    return "" if here else _NOT_VALIDATED.format(system=sys.platform)


def _differing(what: str, results: Marks, points: Mapping[str, float]) -> str:
    """Which questions or points differ from the settings."""
    found = {question: round(possible, 4) for question, (_, possible, _) in results.items()}
    told = [
        f"the test cases of {question} (tests/otter/{question}.py) add up to {found[question]:g} points, but "
        f"{FILE_NAME} says {points[question]:g}"
        if question in found
        else f"{question} was not graded at all"
        for question in points
        if found.get(question) != points[question]
    ]
    told += [
        f"there are results for {question}, which has no test file" for question in found if question not in points
    ]
    return f"grading the {what}: {'; '.join(told)}"


def _graded(student_zip: Path, autograder_zip: Path, sources: Sources) -> tuple[Marks, Marks]:
    """Marks of the reference solution by ``otter run``, and of the untouched handout by our own grading.

    The public cases come first: a reference solution that fails one is refused before Otter, which takes seconds.
    """
    student = read_zip(student_zip)
    with tempfile.TemporaryDirectory(prefix="validate-") as name, Sandbox(secrets=[Path(name)]) as sandbox:
        folder = Path(name)
        solved, untouched = folder / "solved.ipynb", folder / notebook_name(sources.settings)
        solved.write_bytes(sources.notebook(solved=True))
        untouched.write_bytes(student[notebook_name(sources.settings)])
        public = _write_tests(student, folder / "public")
        graded = grade(solved, public, sources.settings, sandbox, ours=True)
        if failed := [case for case in graded.cases if not case.passed]:
            raise BuildError(f"the reference solution fails the public check {failed[0].name}: {failed[0].message}")
        with ThreadPoolExecutor(1) as pool:
            run = pool.submit(otter_run, solved, autograder_zip)
            tests = _write_tests(read_zip(autograder_zip), folder / "tests")
            handout = grade(untouched, tests, sources.settings, sandbox)
            reference = run.result()
            if any(score < possible for score, possible, _ in reference.values()):
                grade(solved, tests, sources.settings, sandbox, ours=True)  # tells an error of a hidden test case
            return reference, {q: (handout.points[q], possible, "") for q, possible in handout.possible.items()}


def _write_tests(files: dict[str, bytes], folder: Path) -> Path:
    """Write the test files of a zip into a new folder, and return it."""
    folder.mkdir()
    for name, content in _tests_of(files).items():
        (folder / name).write_bytes(content)
    return folder


def _tests_of(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name.removeprefix("tests/"): content for name, content in files.items() if name.startswith("tests/")}


def _tried(student_zip: Path, autograder_zip: Path, sources: Sources) -> tuple[Marks, Marks]:
    """The same marks from a plain process, after the public cases, which the reference solution must pass."""
    student = read_zip(student_zip)
    solved, untouched = sources.notebook(solved=True), student[notebook_name(sources.settings)]
    public, every = _tests_of(student), _tests_of(read_zip(autograder_zip))
    for earned, possible, problems in try_out(solved, public).values():
        if earned < possible:
            raise BuildError(f"the reference solution fails the public check {problems}")
    with ThreadPoolExecutor(2) as pool:
        reference, handout = pool.map(try_out, (solved, untouched), (every, every))
    return reference, handout


def otter_run(submission: Path, autograder_zip: Path) -> Marks:
    """Grade with ``otter run``, and return score, possible points and output of each question.

    Raises:
        BuildError: Otter fails. The message contains its output.
    """
    with tempfile.TemporaryDirectory(prefix="otter-run-") as output:
        command = [sys.executable, "-m", "otter", "run", "-a", str(autograder_zip.resolve()), "-o", output]
        done = subprocess.run([*command, "--no-logo", str(submission)], capture_output=True, text=True, check=False)
        path = Path(output, "results.json")
        if done.returncode != 0 or not path.is_file():
            raise BuildError(f"otter run of {submission.name} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
        results: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    scored = [test for test in results["tests"] if "max_score" in test]
    return {test["name"]: (test["score"], test["max_score"], test.get("output", "")) for test in scored}
