"""The wheel alone: installed in a fresh environment, it builds, grades and reports, with no checkout in sight."""

import csv
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.version import digest_of_package, shown
from tests.support.corpus import ROOT

pytestmark = pytest.mark.slow

SECOND = ROOT / "tests" / "second_assignment"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what it is made of, without network."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT / "autograder", source / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    command = [
        sys.executable,
        "-m",
        "uv",
        "build",
        "--wheel",
        "--no-build-isolation",
        "--offline",
        "--out-dir",
        str(out),
    ]
    done = subprocess.run(
        [*command, "--python", sys.executable, str(source)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert {path.name for path in source.iterdir()} == {"autograder", "pyproject.toml", "README.md", "LICENSE"}
    (path,) = out.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def place(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the second assignment, and a fresh environment with the wheel and this environment's libraries."""
    place = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(SECOND, place / "course", ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place / ".venv")], check=True)
    python = str(place / ".venv" / "bin" / "python")
    command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--offline", "--no-deps", "--python", python]
    subprocess.run([*command, str(wheel)], check=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(place / ".venv")}))
    # Its .pth files, one of which leads to this checkout, do not count there.
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("PYTHONPATH", raising=False)  # coverage sets it, to this checkout
        yield place


def autograder(place: Path, *arguments: str) -> str:
    """Run the installed command in the folder; return what it printed."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    command = [str(place / ".venv" / "bin" / "autograder"), *arguments]
    done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    return done.stdout


def test_nothing_is_left_out(wheel: Path) -> None:
    """All files of the package are in the wheel, with the license; nothing of the assignment or the tests is."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    (notes,) = {name.split("/")[0] for name in names} - {"autograder"}
    paths = [path.relative_to(ROOT) for path in (ROOT / "autograder").rglob("*") if path.is_file()]
    assert {str(path) for path in paths if "__pycache__" not in path.parts} == {
        name for name in names if name.startswith("autograder/")
    }
    assert f"{notes}/licenses/LICENSE" in names


def test_build_grade_and_report(place: Path) -> None:
    """The second assignment is built, graded and reported on; its version has the same digest as here."""
    script = "import autograder; print(autograder.__file__)"
    found = subprocess.run(
        [str(place / ".venv" / "bin" / "python"), "-c", script], cwd=place, capture_output=True, text=True, check=True
    )
    assert found.stdout.startswith(str(place / ".venv"))
    autograder(place, "build", "--root", "course")
    told = autograder(place, "--version").splitlines()
    assert shown(digest_of_package()) in told[0]
    assert told[1].startswith("dist/autograder.zip (")
    autograder(place, "grade", "course/submissions", "--layout", "files", "-o", "graded")
    with (place / "graded" / "final_grades.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["file"]: row for row in csv.DictReader(stream)}
    assert (float(rows["right/lists.py"]["smooth"]), float(rows["right/lists.py"]["draw"])) == (6, 5)
    assert (
        float(rows["wrong/changes_the_series.py"]["smooth"]),
        float(rows["wrong/changes_the_series.py"]["draw"]),
    ) == (4, 5)
    assert len(rows) == 1 + len(list(SECOND.glob("submissions/*/*.py")))
    autograder(place, "report", "graded")
    assert (place / "graded" / "report.html").is_file()
