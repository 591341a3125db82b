"""``autograder grade`` when something goes wrong on our side: never a mark, never silence, and the next run heals."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.folders import Place, place
from tests.support.samples import GOOD, notebook

__all__ = ["place"]

pytestmark = pytest.mark.slow

#: While a submission of this name is graded, what stands behind it raises this error.
STEPS = {
    "reading": ("tasks", "parse_submission", "OSError(28, 'No space left on device', '/tmp/x')", "MB are free in /tmp"),
    "folder": ("parent.tempfile", "mkdtemp", "OSError(28, 'No space left on device', '/tmp/x')", "the disk is full"),
    "rights": ("parent.os", "chown", "PermissionError(1, 'Operation not permitted', '/x')", "give this user"),
    "starting": ("parent", "send_with", "OSError(24, 'Too many open files')", "ulimit -n"),
    "calling": ("worker", "send_with", "OSError(24, 'Too many open files')", "ulimit -n"),
    "judging": ("grade", "_thumbnail", "KeyError('oops')", "error in the autograder or in a test file (KeyError"),
    "writing": ("tasks", "gradescope_results", "MemoryError()", "there is not enough memory"),
}

_INJECT = """
import autograder.cli
from autograder.batch import tasks
from autograder.grading import grade
from autograder.sandbox import parent, worker

now, graded = [], tasks.Grader.grade

def begin(self, task):
    now[:] = [task.label.partition(".")[0]]
    return graded(self, task)

tasks.Grader.grade = begin

def inject(step, target, name, error):
    plain = getattr(target, name)

    def broken(*arguments, **options):
        if now == [step]:
            raise error
        return plain(*arguments, **options)

    setattr(target, name, broken)
"""


def injected(faults: dict[str, tuple[str, str, str, str]], *more: str) -> list[str]:
    """A command line of Python that runs ours with these faults in it."""
    lines = ["import sys", _INJECT, *more]
    lines += [f"inject({step!r}, {target}, {name!r}, {error})" for step, (target, name, error, _) in faults.items()]
    return [sys.executable, "-c", "\n".join([*lines, "autograder.cli.main()"])]


def test_a_fault_at_each_step(place: Place) -> None:
    """Each costs only its own submission, which has a reason and no mark; the next run grades it, and only it."""
    steps = {step: fault for step, fault in STEPS.items() if step != "rights" or os.geteuid() == 0}
    for step in steps:
        place.write(f"{step}.ipynb")
    place.write_many(3)
    done = place.run([*injected(steps), *place.command()[3:]])
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert place.totals() == {"s000.ipynb": 3, "s001.ipynb": 1, "s002.ipynb": 3}
    faults = place.faults()
    assert set(faults) == {f"{step}.ipynb" for step in steps}
    for step, (*_, told) in steps.items():
        assert told in faults[f"{step}.ipynb"]
        assert f"not graded, our fault: {step}.ipynb: " in done.stderr
    report = place.run([*place.command()[:3], "report", str(place.output)])
    assert report.returncode == 0, report.stderr
    again = place.grade()
    assert (again.returncode, again.stderr) == (0, "")
    assert f"{len(steps)} new, 3 kept" in again.stdout
    assert not place.faults()
    assert [place.totals()[f"{step}.ipynb"] for step in steps] == [3] * len(steps)
    assert not place.leftovers()


def test_a_changed_submission_keeps_no_old_mark(place: Place) -> None:
    """Where the new version of a submission meets a fault, the mark of its old one is gone from the table."""
    path = place.write("folder.ipynb")
    place.grade()
    assert place.totals() == {"folder.ipynb": 3}
    path.write_bytes(notebook(GOOD))
    place.run([*injected({"folder": STEPS["folder"]}), *place.command()[3:]])
    assert (place.totals(), list(place.faults())) == ({}, ["folder.ipynb"])
    assert place.grade().returncode == 0
    assert place.totals() == {"folder.ipynb": 1}


def test_the_table_cannot_be_written(place: Place) -> None:
    """The command says so, the old table stays, and the next run writes the new one without grading anything again."""
    place.write("a.ipynb")
    place.grade()
    table = (place.output / "final_grades.csv").read_bytes()
    place.write("b.ipynb")
    full = "from autograder.batch import tables\ndef full(*_): raise OSError(28, 'No space left on device', '/x')"
    done = place.run([*injected({}, full, "tables.write_file = full"), *place.command()[3:]])
    assert done.returncode == 1
    assert "No space left on device; the old file is unchanged" in done.stderr
    assert (place.output / "final_grades.csv").read_bytes() == table
    assert "0 new, 2 kept" in place.grade().stdout
    assert place.totals() == {"a.ipynb": 3, "b.ipynb": 3}


@pytest.fixture
def small_disk(place: Place) -> Iterator[None]:
    """Temporary files go to a file system of 8 MB."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small file system")
    command = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=711", "tmpfs", str(place.temporary)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no small file system can be mounted here: {done.stderr.strip()}")
    yield
    subprocess.run(["umount", "--lazy", place.temporary], check=True)


@pytest.mark.parametrize("filled", [False, True])
def test_no_room_for_temporary_files(filled: bool, place: Place, small_disk: None) -> None:
    """The reason says where room is missing, and how much, in one line and for each submission; room heals it."""
    if filled:
        with (place.temporary / "filler").open("wb", buffering=0) as stream:
            stream.write(bytes(16 * 2**20))
    place.write_many(3)
    options = place.options()
    script = f"import tempfile\ntempfile._candidate_tempdir_list = lambda: [{str(place.temporary)!r}]"
    command = [sys.executable, "-c", f"{script}\nimport autograder.cli\nautograder.cli.main()", *place.command()[3:]]
    done = subprocess.run(command, **options, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "256 MB" in done.stderr
    assert str(place.temporary) in done.stderr
    assert len(place.faults()) == 3
    subprocess.run(["mount", "-o", "remount,size=1g", place.temporary], check=True)
    assert "3 new, 0 kept" in place.grade().stdout
    assert place.totals() == {"s000.ipynb": 3, "s001.ipynb": 1, "s002.ipynb": 3}


_NOTHING = "import sys, landlockpy\nlandlockpy.abi_version = lambda: 0\nsys.modules['pyseccomp'] = None\n"
_BARE = """
from contextlib import nullcontext
from autograder.sandbox import machine, worker
from autograder.sandbox import Sandbox
plain = Sandbox._environment
Sandbox._environment = lambda self: (e := plain(self)) | {{"PYTHONPATH": {site!r} + ":" + e["PYTHONPATH"]}}
worker.borrowed_user = nullcontext
"""


def test_a_kernel_that_confines_nothing(place: Place) -> None:
    """Without Landlock, seccomp and users of their own, the reason names the kernel and what to install."""
    place.write("a.ipynb")
    site = place.folder / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(_NOTHING, encoding="utf-8")
    command = injected({}, _NOTHING.replace("import sys, ", "import "), _BARE.format(site=str(site)))
    done = place.run([*command, *place.command()[3:]])
    assert done.returncode == 1
    (reason,) = place.faults().values()
    for told in ("Linux 5.13", "libseccomp2", "otter grade"):
        assert told in done.stderr
    assert "student code could read" in reason
    assert place.grade().returncode == 0
    assert place.totals() == {"a.ipynb": 3}


_JUMPS = """
import random, time
plain, jumps = time.time, random.Random(1)
time.time = lambda: plain() + jumps.choice([-10**9, 0, 10**9])
"""


def test_a_clock_that_jumps(place: Place, tmp_path: Path) -> None:
    """The clock of the machine may be set back and forward by decades: the marks are the same, on both sides."""
    (tmp_path / "sitecustomize.py").write_text(_JUMPS, encoding="utf-8")
    place.write_many(4, cell=f"{GOOD}\nimport time\nprint(sorted({{round(time.time() / 1e9) for _ in range(50)}}))")
    options = place.options()
    options["env"] |= {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run(place.command(), **options, capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(place.totals().values()) == [3, 1, 3, 1]
    cells = (place.output / "results" / "s000.ipynb.json").read_text(encoding="utf-8")
    assert "[1, 2, 3]" in cells  # so the clock did jump there


def test_a_killed_warm_parent_costs_nothing(place: Place) -> None:
    """Killed before the first process that grades is made, and again while they grade: another one is started."""
    place.write_many(6)
    kill = """
import os, signal
from autograder.sandbox import Sandbox
shared, killed = Sandbox.share, []
def share(self):
    if not killed:
        self._wait_until_ready()
        killed.append(os.kill(self.process_id, signal.SIGKILL))
    return shared(self)
Sandbox.share = share
"""
    done = place.run([*injected({}, kill), *place.command()[3:]])
    assert (done.returncode, done.stderr) == (0, "")
    assert list(place.totals().values()) == [3, 1] * 3
    assert not place.leftovers()
