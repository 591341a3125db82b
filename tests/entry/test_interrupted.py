"""Ctrl-C while ``autograder run`` grades: it ends at once with exit status 130, and leaves nothing behind."""

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

#: Where a submission sleeps, having said so by a file in its folder.
_SLEEP = "open('asleep', 'w').close()\nimport time\ntime.sleep(100)"
CELLS = {
    "while a cell is run": _SLEEP,
    "while a test case is judged": "def init():\n    " + _SLEEP.replace("\n", "\n    "),
}


def start(place: Place, cell: str) -> "subprocess.Popen[str]":
    """Start ``autograder run`` on a notebook of this cell, in a process group of its own."""
    place.zip = place.write_zip(call_seconds=200, cells_seconds=200, total_seconds=500)
    path = place.write("homework.ipynb", cell=cell)
    command = [sys.executable, "-m", "autograder", "run", str(path), "-a", str(place.zip)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    return subprocess.Popen(command, **place.options() | pipes)


def interrupt(place: Place, process: "subprocess.Popen[str]") -> None:
    """Press Ctrl-C, and see how it ends."""
    begun = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, errors.strip()) == (130, "", "stopped")
    assert time.monotonic() - begun < 10
    assert not place.leftovers()


@pytest.mark.parametrize("when", CELLS)
def test_ctrl_c(place: Place, when: str) -> None:
    """Whatever the submission does at the moment, nobody waits for it."""
    process = start(place, CELLS[when])
    while process.poll() is None and not list(place.temporary.rglob("asleep")):
        time.sleep(0.05)
    interrupt(place, process)


@pytest.mark.parametrize("seconds", [0.4, 0.8])
def test_ctrl_c_while_starting(place: Place, seconds: float) -> None:
    """Also before anything is run."""
    process = start(place, GOOD + "\nimport time; time.sleep(100)")
    while process.poll() is None and not list(place.temporary.iterdir()):
        time.sleep(0.01)
    time.sleep(seconds)
    interrupt(place, process)
