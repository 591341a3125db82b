"""``autograder grade`` with bad input or on an unsuitable machine: the messages are clear, and nothing is lost."""

import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.folders import Place, place
from tests.support.samples import GOOD

__all__ = ["place"]

pytestmark = pytest.mark.slow


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The one line in which the command says why it refuses to grade."""
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("error: ")
    return lines[0].removeprefix("error: ")


def test_missing_paths(place: Place) -> None:
    """If a path does not exist, or a folder holds no submissions, the message names it."""
    absent = place.folder / "absent"
    for path in (absent, absent / "inside.ipynb"):
        assert refusal(place.grade(paths=(path,))) == f"{path}: no such file or folder; check the path"
    assert "no submissions in" in refusal(place.grade())
    assert not place.output.exists()


def test_a_class_that_is_not_found_changes_nothing(place: Place) -> None:
    """A mistyped path leaves the results, what they were graded with, and what they were graded from."""
    place.write("a.ipynb")
    assert place.grade().returncode == 0
    before = {path: path.read_bytes() for path in place.output.rglob("*") if path.is_file()}
    other = place.folder / "other.zip"
    shutil.copy(place.zip, other)
    with zipfile.ZipFile(other, "a") as archive:
        archive.writestr("files/note.txt", "another zip")
    place.zip = other
    assert "no such file" in refusal(place.grade(paths=(place.folder / "absent",)))
    assert {path: path.read_bytes() for path in place.output.rglob("*") if path.is_file()} == before


def test_missing_autograder(place: Place) -> None:
    """Without an autograder.zip, or with something else instead, the message says how to build one."""
    place.write("a.ipynb")
    for content, reason in ((None, "No such file"), (b"PK", "not a zip"), (zip_of({}), "no test cases")):
        place.zip = place.folder / "other.zip"
        if content is not None:
            place.zip.write_bytes(content)
        told = refusal(place.grade())
        assert reason in told
        assert "build it with 'autograder build'" in told
    assert not place.output.exists()


def zip_of(files: dict[str, str]) -> bytes:
    """Make a zip of these files."""
    path = Path(os.environ.get("TMPDIR", "/tmp"), f"zip-of-{os.getpid()}")
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    content = path.read_bytes()
    path.unlink()
    return content


def test_broken_cases(place: Place) -> None:
    """An autograder.zip with a test file that cannot be loaded is rejected before anything is graded."""
    place.write("a.ipynb")
    with zipfile.ZipFile(place.zip, "a") as archive:
        archive.writestr("tests/q4.py", "def broken(:")
    told = refusal(place.grade())
    assert "the test cases in" in told
    assert "q4.py cannot be loaded (SyntaxError" in told
    assert place.faults() == {"a.ipynb": told}


def test_another_version(place: Place) -> None:
    """An autograder.zip from another version of this program is rejected, and the message names both versions."""
    place.write("a.ipynb")
    place.zip = place.write_zip(version="0.0.7")
    told = refusal(place.grade())
    assert "was built by version 0.0.7 of the autograder" in told
    assert "or install the version that built it" in told


def test_folder_of_another_assignment(place: Place) -> None:
    """Results of another assignment are left alone."""
    place.write("a.ipynb")
    place.grade()
    before = place.records()
    table = (place.output / "final_grades.csv").read_bytes()
    place.zip = place.write_zip(assignment_name="other")
    told = refusal(place.grade())
    assert "holds the results of another assignment" in told
    assert "choose another folder with -o" in told
    assert (place.records(), (place.output / "final_grades.csv").read_bytes()) == (before, table)


def test_folder_of_something_else(place: Place) -> None:
    """A ``results`` folder that the command did not write is left alone; so is a file where the folder should be."""
    place.write("a.ipynb")
    (place.output / "results").mkdir(parents=True)
    (place.output / "results" / "results.json").write_text("{}", encoding="utf-8")
    assert "did not write" in refusal(place.grade())
    assert [path.name for path in place.output.rglob("*")] == ["results", "results.json"]
    place.output = place.folder / "file"
    place.output.write_text("mine", encoding="utf-8")
    assert "is a file: choose a folder with -o" in refusal(place.grade())
    assert place.output.read_text(encoding="utf-8") == "mine"


def test_two_runs_at_once(place: Place) -> None:
    """A second run in the same folder is refused while the first is running, and does not disturb it."""
    place.write_many(3)
    place.write("slow.ipynb", cell="import time\ntime.sleep(8)")
    first = place.start()
    while not list((place.output / "results").glob("*.json")):
        assert first.poll() is None
        time.sleep(0.05)
    assert "another run is using" in refusal(place.grade())
    first.communicate(timeout=120)
    assert first.returncode == 0
    assert len(place.totals()) == 4


@pytest.fixture
def small_disk(place: Place) -> Iterator[Path]:
    """A file system of 64 kB."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small file system")
    folder = place.folder / "disk"
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no small file system can be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_full_disk(place: Place, small_disk: Path) -> None:
    """A full disk ends the command with a message. What has been graded is kept; with more room the rest is graded."""
    place.write_many(30)
    place.output = small_disk / "out"
    told = refusal(place.grade("--quiet"))
    assert "No space left on device" in told
    assert "what has been graded so far is kept" in told
    assert not list(place.output.rglob("*.part"))
    before = place.records()
    assert 0 < len(before) < 30
    assert not place.leftovers()
    subprocess.run(["mount", "-o", "remount,size=10m", small_disk], check=True)
    assert f"{len(before)} kept" in place.grade().stdout
    assert before.items() <= place.records().items()
    assert len(place.totals()) == 30


def test_read_only_folder(place: Place, small_disk: Path) -> None:
    """If a folder cannot be written to, a message says so before anything is graded."""
    place.write("a.ipynb")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    place.output = small_disk / "out"
    assert "cannot write" in refusal(place.grade())
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    assert place.grade().returncode == 0
    table = (place.output / "final_grades.csv").read_bytes()
    place.write("b.ipynb")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    told = refusal(place.grade())
    assert "Read-only file system" in told
    assert (place.output / "final_grades.csv").read_bytes() == table


def test_other_systems(place: Place) -> None:
    """Without Linux, the command says so and names what works there."""
    place.write("a.ipynb")
    script = (
        "import sys, subprocess, concurrent.futures, asyncio, multiprocessing.process, rich.progress\n"
        "import autograder.cli as cli, autograder.batch.submissions\n"
        "sys.modules['fcntl'] = None; sys.platform = 'darwin'\n"
        "cli.main()"
    )
    done = place.run([sys.executable, "-c", script, *place.command()[3:]])
    told = refusal(done)
    assert "this is darwin. Grade with 'otter grade'" in told
    assert "--unconfined" in told
    assert not place.output.exists()


#: Runs the command with an extra folder. From it, the warm parent loads the module below when it starts.
_COMMAND = """
import autograder.cli
from autograder.sandbox import Sandbox
plain = Sandbox._environment
Sandbox._environment = lambda self: (e := plain(self)) | {{"PYTHONPATH": {folder!r} + ":" + e["PYTHONPATH"]}}
autograder.cli.main()
"""
_NOTHING_CONFINES = """
from autograder.student import confinement

def enter(self, spawn, channel):
    raise confinement.ConfinementError("Landlock is missing")

confinement.Confinement.enter = enter
"""


def test_nothing_confines(place: Place) -> None:
    """Where student code cannot be confined, the command says so once, names the ways, and gives no marks."""
    place.write_many(3)
    site = place.folder / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(_NOTHING_CONFINES, encoding="utf-8")
    done = place.run([sys.executable, "-c", _COMMAND.format(folder=str(site)), *place.command()[3:]])
    assert done.returncode == 1
    assert "Landlock is missing" in done.stderr
    assert "autograder doctor" in done.stderr
    assert "otter grade" in done.stderr
    assert list(place.faults()) == ["s000.ipynb", "s001.ipynb", "s002.ipynb"]
    assert not place.totals()
    assert not place.leftovers()
    assert "3 new, 0 kept" in place.grade().stdout
    assert not place.faults()


def test_unconfined(place: Place) -> None:
    """With --unconfined everything is graded, and a warning says what that means."""
    place.write_many(2)
    done = place.grade("--unconfined")
    assert done.returncode == 0
    assert "warning: the students' code is not confined" in done.stderr
    assert place.totals() == {"s000.ipynb": 3, "s001.ipynb": 1}
    assert not place.leftovers()


#: Removes from the student's side what macOS does not have.
_ELSEWHERE = """
import resource, sys
from autograder.student import system

system.LINUX = False
del resource.prlimit, resource.RLIMIT_MSGQUEUE
sys.modules["landlockpy"] = sys.modules["pyseccomp"] = None
"""


def test_unconfined_on_other_systems(place: Place) -> None:
    """Without the features that only Linux has, --unconfined still grades, and ends the processes of a submission."""
    place.write_many(2)
    place.write("daemon.ipynb", cell=f"{GOOD}\nimport os, time\nif os.fork() == 0: time.sleep(1000)")
    place.write("endless.ipynb", cell=f"{GOOD}\nwhile True: pass")
    place.write_zip(cells_seconds=2)
    site = place.folder / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(_ELSEWHERE, encoding="utf-8")
    script = "import psutil, sys\n" + _COMMAND.replace(  # psutil looks for the system that it is loaded on
        "autograder.cli.main()", "sys.platform = 'darwin'\nautograder.cli.main()"
    )
    command = [sys.executable, "-c", script.format(folder=str(site)), *place.command("--unconfined")[3:]]
    done = place.run(command)
    assert (done.returncode, done.stderr.count("\n")) == (0, 1), done.stderr
    assert "warning: the students' code is not confined" in done.stderr
    assert place.totals() == {"daemon.ipynb": 3, "endless.ipynb": 3, "s000.ipynb": 3, "s001.ipynb": 1}
    assert not place.leftovers()
