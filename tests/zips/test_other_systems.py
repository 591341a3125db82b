"""Building on macOS and Windows, as far as these can be simulated: zips of the same bytes, from any checkout."""

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from autograder.version import digest_of_package
from autograder.zips.archive import read_zip
from autograder.zips.sources import Sources
from tests.batch.hands import JANA, ZOE, record, table, write_folder, write_overrides
from tests.support.corpus import ROOT
from tests.support.other_systems import SYSTEMS, command, environment
from tests.support.samples import copy_project

pytestmark = pytest.mark.slow

ZIPS = ("student.zip", "autograder.zip")

#: The system that lacks most.
SMALLEST = "win32"


def checked_out_on_windows(folder: Path) -> Path:
    """A copy of what a build reads, with the engine, in which every line ends as on Windows."""
    copy_project(folder)
    shutil.copytree(ROOT / "autograder", folder / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    return folder


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_same_bytes(system: str, dist: Path, tmp_path: Path) -> None:
    """The zips are those of Linux to the byte, and one line says what could not be validated."""
    root = checked_out_on_windows(tmp_path / "project")
    variables = environment(system, tmp_path / "site")
    variables["PYTHONPATH"] = variables["PYTHONPATH"].replace(str(ROOT), str(root))
    done = subprocess.run(
        command("build", "-o", str(tmp_path / "dist")), cwd=root, env=variables, capture_output=True, check=False
    )
    errors = done.stderr.decode("cp1252")
    assert done.returncode == 0, errors
    assert errors.count("\n") == 1
    assert f"not validated on {system}: grading with confined code" in errors
    for name in ZIPS:
        assert (tmp_path / "dist" / name).read_bytes() == (dist / name).read_bytes()
    assert digest_of_package(root / "autograder") == digest_of_package()


def test_a_faulty_assignment(tmp_path: Path) -> None:
    """A reference solution that fails and a case that accepts the stub are found there, too, and nothing is written."""
    root = copy_project(tmp_path / "project")
    path = root / "reference_solution" / "network.py"
    path.write_text(path.read_text(encoding="utf-8").replace("np.tanh(", "np.sin("), encoding="utf-8")
    words = command("build", "-o", str(tmp_path / "dist"))
    variables = environment(SMALLEST, tmp_path / "site")
    done = subprocess.run(words, cwd=root, env=variables, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"the reference solution fails the public check q4" in done.stderr
    assert not list((tmp_path / "dist").iterdir())


def test_no_line_ends_of_windows(dist: Path, sources: Sources) -> None:
    """No file of the zips has line ends of Windows; scripts for containers would not run with them."""
    for name in ZIPS:
        assert not [file for file, content in read_zip(dist / name).items() if b"\r\n" in content]
    attributes = (ROOT / ".gitattributes").read_text(encoding="utf-8")
    assert "* text=auto eol=lf" in attributes


def test_report_and_merge(tmp_path: Path) -> None:
    """What only reads results works there, too: merging folders, and the report on them."""
    a = write_folder(tmp_path / "a", [record("jana.ipynb", JANA, passed=("shapes",))])
    b = write_folder(tmp_path / "b", [record("zoe.ipynb", ZOE, passed=("range",))])
    write_overrides(a, "007,q3,4,by hand,Ada")
    for words in (("merge", str(a), str(b), "-o", str(tmp_path / "c")), ("report", str(tmp_path / "c"))):
        done = subprocess.run(
            command(*words), env=environment(SMALLEST, tmp_path / "site", cells=False), capture_output=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, b"")
    assert [row["total_points_earned"] for row in table(tmp_path / "c")] == ["15", "4", "3"]
    assert "changed by hand" in (tmp_path / "c" / "report.html").read_text(encoding="utf-8")


def test_workflow_and_makefile(tmp_path: Path) -> None:
    """The workflow builds on three systems and compares the bytes; the Makefile knows where Windows puts programs."""
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "checks.yml").read_text(encoding="utf-8"))["jobs"]
    systems = jobs["build"]["strategy"]["matrix"]["os"]
    assert [name.split("-")[0] for name in systems] == ["ubuntu", "macos", "windows"]
    words = ["make", "--no-print-directory", "-n", "-B", "build", "OS=Windows_NT", "PYTHON=python"]
    planned = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert ".venv/Scripts/autograder build --output dist" in planned
    assert "/bin/" not in planned
    for system in systems:
        (tmp_path / "zips" / system).mkdir(parents=True)
        (tmp_path / "zips" / system / "student.zip").write_bytes(b"the same")
    compare = [str(ROOT / ".ci" / "same-bytes")]
    assert subprocess.run(compare, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "zips" / systems[1] / "student.zip").write_bytes(b"another")
    assert subprocess.run(compare, cwd=tmp_path, capture_output=True, check=False).returncode != 0
