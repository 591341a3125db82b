"""Ctrl-C during ``autograder run``: it ends at once with exit status 130, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.batch.folders import Place, place
from tests.support.samples import GOOD

__all__ = ["place"]

pytestmark = pytest.mark.slow

#: Code with which a submission creates a file in its folder, then sleeps.
_SLEEP = "open('asleep', 'w').close()\nimport time\ntime.sleep(100)"
CELLS = {
    "while a cell is run": _SLEEP,
    "while a test case is judged": "def init():\n    " + _SLEEP.replace("\n", "\n    "),
}


def start(place: Place, cell: str) -> "subprocess.Popen[str]":
    """Start ``autograder run`` on a notebook with this cell, in a process group of its own."""
    place.zip = place.write_zip(call_seconds=200, cells_seconds=200, total_seconds=500)
    path = place.write("homework.ipynb", cell=cell)
    command = [sys.executable, "-m", "autograder", "run", str(path), "-a", str(place.zip)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    return subprocess.Popen(command, **place.options() | pipes)


def interrupt(place: Place, process: "subprocess.Popen[str]") -> None:
    """Press Ctrl-C, and check how the command ends."""
    begun = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, errors.strip()) == (130, "", "stopped")
    assert time.monotonic() - begun < 10
    assert not place.leftovers()


@pytest.mark.parametrize("when", CELLS)
def test_ctrl_c(place: Place, when: str) -> None:
    """Ctrl-C works at once, whatever the submission is doing."""
    process = start(place, CELLS[when])
    while process.poll() is None and not list(place.temporary.rglob("asleep")):
        time.sleep(0.05)
    interrupt(place, process)


@pytest.mark.parametrize("seconds", [0.4, 0.8])
def test_ctrl_c_while_starting(place: Place, seconds: float) -> None:
    """Ctrl-C works before anything is run, too."""
    process = start(place, GOOD + "\nimport time; time.sleep(100)")
    while process.poll() is None and not list(place.temporary.iterdir()):
        time.sleep(0.01)
    time.sleep(seconds)
    interrupt(place, process)
