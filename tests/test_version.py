"""What grades is identified by its content: the digests of the package and of the zip, and ``autograder --version``."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder import __version__
from autograder.batch.tasks import grader_of, key_of
from autograder.cli import cli
from autograder.version import digest_of_package, digest_of_zip, identity, shown
from tests.batch.folders import Place, place
from tests.support.corpus import ROOT

__all__ = ["place"]

PACKAGE = ROOT / "autograder"


def copy_of_package(folder: Path) -> Path:
    """A copy of the package without compiled files."""
    return Path(shutil.copytree(PACKAGE, folder / "autograder", ignore=shutil.ignore_patterns("__pycache__")))


FILES = ["__init__.py", "student/worker.py", "report/templates/table.js", "zips/templates/setup.sh"]


@pytest.mark.parametrize("name", FILES)
def test_one_byte_changes_the_digest(name: str, tmp_path: Path) -> None:
    """A byte more in any file of the package, or another name for it, is another package."""
    copy = copy_of_package(tmp_path)
    assert digest_of_package(copy) == digest_of_package()
    path = copy / name
    content = path.read_bytes()
    path.write_bytes(content + b"\n")
    assert digest_of_package(copy) != digest_of_package()
    path.write_bytes(content)
    path.rename(path.with_name(f"other{path.suffix}"))
    assert digest_of_package(copy) != digest_of_package()


def test_what_is_no_code_changes_nothing(tmp_path: Path) -> None:
    """Compiled files and what an editor leaves are no part of the package."""
    copy = copy_of_package(tmp_path)
    (copy / "__pycache__").mkdir()
    (copy / "__pycache__" / "cli.cpython-311.pyc").write_bytes(b"compiled")
    (copy / ".cli.py.swp").write_bytes(b"an editor's")
    assert digest_of_package(copy) == digest_of_package()


def test_keys_change_with_all_that_grades(monkeypatch: pytest.MonkeyPatch) -> None:
    """A submission's key is another one with another zip or another package."""
    key = key_of(b"cells", "a.ipynb", grader_of(b"zip"))
    assert key == key_of(b"cells", "a.ipynb", grader_of(b"zip"))
    assert key != key_of(b"cells", "a.ipynb", grader_of(b"ziq"))
    monkeypatch.setattr("autograder.batch.tasks.digest_of_package", lambda: b"another")
    assert key != key_of(b"cells", "a.ipynb", grader_of(b"zip"))


def test_the_digest_is_cheap() -> None:
    """It takes some milliseconds of processor time; the limit is wide, for a machine that is busy."""
    took = []
    for _ in range(5):
        begun = time.process_time()
        digest_of_package()
        took.append(time.process_time() - begun)
    assert min(took) < 0.05


@pytest.mark.slow
def test_another_state_of_the_code_grades_again(place: Place) -> None:
    """A record is kept by the code that made it, and by no other, though the version number is the same."""
    place.write("a.ipynb")
    copy = copy_of_package(place.folder)

    def grade() -> str:
        environment = os.environ | {"TMPDIR": str(place.temporary), "PYTHONPATH": str(place.folder)}
        command = place.command()
        done = subprocess.run(command, cwd=place.folder, env=environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "1 new, 0 kept" in grade()
    assert "0 new, 1 kept" in grade()
    with (copy / "grading" / "judging.py").open("a", encoding="utf-8") as stream:
        stream.write("# changed\n")
    assert "1 new, 0 kept" in grade()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="autograder")


def test_version_without_a_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--version`` prints the number and the digest of the package."""
    monkeypatch.chdir(tmp_path)
    assert run("--version").output == f"autograder, version {__version__} ({shown(digest_of_package())})\n"
    assert identity() in run("--version").output


def test_version_with_a_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The zip in dist/ is named with its digest, or the one of ``-a``, on either side of ``--version``."""
    monkeypatch.chdir(tmp_path)
    for name in ("dist/autograder.zip", "other.zip"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(name.encode())
    assert run("--version").output.splitlines()[1] == (
        f"dist/autograder.zip ({shown(digest_of_zip(b'dist/autograder.zip'))})"
    )
    other = f"other.zip ({shown(digest_of_zip(b'other.zip'))})"
    assert run("--version", "-a", "other.zip").output.splitlines()[1] == other
    assert run("-a", "other.zip", "--version").output.splitlines()[1] == other


def test_zip_without_version(tmp_path: Path) -> None:
    """``-a`` in front of a command is refused, not passed over; a zip that is not there is told."""
    archive = tmp_path / "autograder.zip"
    archive.write_bytes(b"zip")
    done = run("-a", str(archive), "doctor")
    assert done.exit_code == 2
    assert "put -a after the command" in done.output
    assert run("--version", "-a", str(tmp_path / "absent.zip")).exit_code == 2


def test_without_a_command() -> None:
    """Without arguments the help is shown."""
    assert "Commands:" in run().output


def test_installed_command() -> None:
    """``python -m autograder --version`` ends with status 0."""
    command = [sys.executable, "-m", "autograder", "--version"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.startswith(f"autograder, version {identity()}\n")
