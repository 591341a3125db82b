"""Whose fault it is: processes of ours that somebody ends, machines that lack something, what a submission can do."""

import os
import re
import signal
import tempfile
import threading
import time
from pathlib import Path

import pytest

from autograder.errors import HelperLost, OurFault, SandboxError, full_disk, our_fault
from autograder.grading.files import to_json
from autograder.grading.grade import grade
from autograder.grading.results import Graded
from autograder.sandbox import Sandbox, machine
from autograder.sandbox.worker import started_worker
from tests.support.samples import GOOD, children, grade_cells, messages, notebook, passed, settings, write_cases

pytestmark = pytest.mark.sampled(2, by="file")


THREE = {"first": "init", "hidden second": "forward", "third": "graph"}
RIGHT = (GOOD, "def forward(): return 1", "def graph(): return 1")


class Killer(threading.Thread):
    """Kills the keepers of a sandbox as soon as they have a submission, up to a given number of them."""

    def __init__(self, sandbox: Sandbox, count: int) -> None:
        super().__init__(daemon=True)
        self.sandbox, self.count, self.killed = sandbox, count, set[int]()

    def run(self) -> None:
        """Look for them until that many are ended."""
        until = time.monotonic() + 60
        while len(self.killed) < self.count and time.monotonic() < until:
            for keeper in set(children(self.sandbox.process_id)) - self.killed:
                if children(keeper):
                    time.sleep(0.7)  # the cells are being run
                    os.kill(keeper, signal.SIGKILL)
                    self.killed.add(keeper)
            time.sleep(0.02)


def grade_while_killing(folder: Path, cells: tuple[str, ...], kills: int, confine: bool = True) -> Graded:
    """Grade cells in a sandbox of their own while keepers are killed."""
    (folder / "homework.ipynb").write_bytes(notebook(*cells))
    tests = write_cases(folder / "cases", **THREE)
    with Sandbox(confine=confine) as sandbox:
        killer = Killer(sandbox, kills)
        killer.start()
        return grade(folder / "homework.ipynb", tests, settings(), sandbox)


SLOW = "import time\ntime.sleep(2)"


@pytest.mark.parametrize("where", ["cells", "call"])
def test_a_killed_keeper_costs_nothing(where: str, tmp_path: Path) -> None:
    """A keeper that somebody ends, while cells are run or a call is made, takes no mark along: it is graded again."""
    cells = (
        (SLOW, *RIGHT)
        if where == "cells"
        else (*RIGHT[:1], f"def forward():\n    {SLOW.replace(chr(10), '; ')}; return 1", RIGHT[2])
    )
    graded = grade_while_killing(tmp_path, cells, kills=1)
    assert passed(graded) == dict.fromkeys(THREE, True)
    assert "was left out" not in graded.note


def test_keepers_that_are_killed_each_time(tmp_path: Path) -> None:
    """Where that happens again there is no mark, and a reason that tells to look at the submission, too."""
    with pytest.raises(HelperLost, match=r"was killed, by somebody or.*read it before you grade it"):
        grade_while_killing(tmp_path, (SLOW, *RIGHT), kills=2)


def test_a_killed_warm_parent_is_started_anew(tmp_path: Path) -> None:
    """Between two submissions, and when a process of ours wants to share it."""
    (tmp_path / "homework.ipynb").write_bytes(notebook(*RIGHT))
    tests = write_cases(tmp_path / "cases", **THREE)
    with Sandbox() as sandbox:
        for _ in range(2):
            assert passed(grade(tmp_path / "homework.ipynb", tests, settings(), sandbox)) == dict.fromkeys(THREE, True)
            sandbox.dismiss()
            assert sandbox.process_id
            os.kill(sandbox.process_id, signal.SIGKILL)
        other = sandbox.share()
        assert passed(grade(tmp_path / "homework.ipynb", tests, settings(), other)) == dict.fromkeys(THREE, True)
        other.close()


#: What a submission may try in order to look like a fault of ours.
TRICKS = {
    "kills its keeper": "import os, signal\n    os.kill(os.getppid(), 9)",
    "kills its worker and keeper": (
        "import os\n    for line in open('/proc/self/status'):\n"
        "        if line.startswith('PPid'): os.kill(int(line[5:]), 9)\n    os.kill(-1, 9)"
    ),
    "raises a NameError": "raise NameError('q3')",
    "raises an ImportError": "import nothing_of_that_name",
    "raises an OSError": "raise OSError(28, 'No space left on device')",
    "raises what is called like ours": "raise type('OurFault', (Exception,), {})('not graded, our fault')",
    "exhausts descriptors": "import os\n    while True: os.dup(0)",
    "exhausts memory": "x = []\n    while True: x.append(bytearray(10**8))",
    "ends its process": "import os\n    os._exit(0)",
    "removes its folder": "import os, shutil\n    shutil.rmtree('..', ignore_errors=True)\n    raise ValueError",
}


@pytest.mark.parametrize("trick", TRICKS)
def test_no_submission_can_look_like_a_fault_of_ours(trick: str, tmp_path: Path) -> None:
    """It is graded, and the call in which it tries fails as every other call that fails."""
    graded = grade_cells(tmp_path, GOOD, f"def forward():\n    {TRICKS[trick]}", "def graph(): return 1", **THREE)
    assert graded.completed
    assert passed(graded) == {"first": True, "hidden second": False, "third": True}
    graded = grade_cells(tmp_path, f"def trick():\n    {TRICKS[trick]}\ntrick()", "def init(): return 2", **THREE)
    assert graded.completed
    assert not any(passed(graded).values())


def test_a_broken_case_is_no_mistake_of_the_student(tmp_path: Path) -> None:
    """A test case with a name that is not there gives no mark; one that stumbles over an odd answer does.

    If it stumbles over the reference solution, its author is told the error and the line, which no results contain.
    """
    tests = write_cases(tmp_path / "cases", one="init")
    path = tests / "q3.py"
    text = path.read_text(encoding="utf-8")
    (tmp_path / "homework.ipynb").write_bytes(notebook(GOOD))
    path.write_text(text.replace("init() == 1", "init() == nothing"), encoding="utf-8")
    with Sandbox() as sandbox:
        with pytest.raises(OurFault, match=r"the test case 'one' is broken.*'nothing' is not defined"):
            grade(tmp_path / "homework.ipynb", tests, settings(), sandbox)
        path.write_text(text.replace("init() == 1", "init().shape"), encoding="utf-8")
        graded = grade(tmp_path / "homework.ipynb", tests, settings(), sandbox)
        told = r"'one' failed .*: AttributeError: 'int' object has no .*'shape'\n    in test_0: assert init\(\)\.shape"
        with pytest.raises(OurFault, match=told):
            grade(tmp_path / "homework.ipynb", tests, settings(), sandbox, ours=True)
    assert graded.completed
    assert "could not be checked" in messages(graded)
    assert "has no attribute" not in to_json(graded)


def test_missing_capabilities(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason names them, and the options of Docker that give them."""
    if os.geteuid() != 0:
        pytest.skip("an ordinary user needs none")
    assert machine.missing_capabilities() == []
    monkeypatch.setattr(machine, "missing_capabilities", lambda: ["CAP_KILL", "CAP_SETUID"])
    with pytest.raises(SandboxError, match=r"lacks CAP_KILL, CAP_SETUID here.*--cap-add KILL --cap-add SETUID"):
        Sandbox().start()


def test_user_ids_that_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container with few user ids the reason says so, and no folder is left."""
    if os.geteuid() != 0:
        pytest.skip("an ordinary user changes to none")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(os, "chown", lambda *_: (_ for _ in ()).throw(OSError(22, "Invalid argument", "/x")))
    with (
        Sandbox() as sandbox,
        pytest.raises(SandboxError, match="folder cannot be made: Invalid argument"),
        started_worker(sandbox),
    ):
        pass
    assert not list(tmp_path.iterdir())


def test_a_disk_that_others_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full when the submission and its files are gone may have cost it marks: so it gets none."""

    def full(_: int) -> None:
        raise SandboxError("the disk is full")

    monkeypatch.setattr(machine, "check_room", full)
    with pytest.raises(SandboxError, match="the disk is full"):
        grade_cells(tmp_path, GOOD)


def test_the_clock_of_the_machine_is_never_read() -> None:
    """The engine measures time by clocks that nobody can set."""
    for path in Path(machine.__file__).parents[1].rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not [
            word for word in ("time.time(", ".now(", ".today(", ".utcnow(", ".localtime(", "st_mtime") if word in text
        ], path


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(28, "No space left on device", "/tmp/a/b"), "MB are free in /tmp, and grading needs 256 MB"),
        (PermissionError(13, "Permission denied", "/out"), "Permission denied: /out; give this user permission"),
        (OSError(24, "Too many open files"), "ulimit -n"),
        (BlockingIOError(11, "Resource temporarily unavailable"), "no more processes can be started"),
        (MemoryError(), "there is not enough memory"),
        (KeyError("x"), "please report it"),
    ],
)
def test_reasons(error: Exception, told: str) -> None:
    """What is missing and the way out, in one line without a traceback; that is kept for the log."""
    fault = our_fault(error)
    assert told in str(fault)
    assert "\n" not in str(fault)
    assert type(error).__name__ in fault.details


def test_a_full_disk_where_free_space_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows does not tell how much is free in this way. The message still says what is needed."""
    assert "MB are free in /" in full_disk("/no/such/folder")
    monkeypatch.delattr(os, "statvfs")
    assert re.match(r"the disk is full: grading needs \d+ MB in the temporary folder", full_disk("/no/such/folder"))
