"""Memory that processes share counts once where the kernel tells it, and is estimated where it does not."""

import ast
import os
import shutil
import subprocess
import sys
from typing import Any

import pytest

from autograder.sandbox.users import LAST
from tests.support.corpus import ROOT

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("setpriv"), reason="it takes rights from root, as a container does"
)

#: The rights of root in a container of Docker, and one that some containers have besides.
CONTAINER = (
    "-all,+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap,+net_bind_service,+net_raw,+sys_chroot,"
    "+mknod,+audit_write,+setfcap"
)
READING = "+dac_read_search"

#: Measures three processes of another user, of which two share 64 MB that the first does not use, in four ways.
MEASURE = """
import mmap, os, sys, time
from pathlib import Path
from autograder.sandbox.memory import Memory
from autograder.student.confinement import _change_user
from autograder.student.system import prctl

SIZE, USER = 2**26, int(sys.argv[1])

def hold():
    area[:] = bytes(SIZE)
    os.write(writer, b".")
    time.sleep(99)

def held(user):
    return Memory(worker, user, most=0).of(dict.fromkeys(processes, worker))

reader, writer = os.pipe()
worker = os.fork()
if worker == 0:
    area = mmap.mmap(-1, SIZE)
    _change_user(USER, keep_reading=bool(int(sys.argv[2])))
    prctl(1, 9)  # it ends with its parent
    prctl(4, 1)  # the kernel tells its user about it
    for _ in range(2):
        if os.fork() == 0:
            prctl(1, 9)
            hold()
    time.sleep(99)
for _ in range(2):
    os.read(reader, 1)
processes = [worker, *map(int, Path(f"/proc/{worker}/task/{worker}/children").read_text().split())]
rights = lambda: [line for line in Path("/proc/thread-self/status").read_text().splitlines() if line[:3] in "UidGidCap"]
before = rights()
told = {"own": held(None), "user": held(USER), "other": held(USER + 1), "same rights": rights() == before}
os.kill(processes[-1], 9)
while ") Z" not in Path(f"/proc/{processes[-1]}/stat").read_text():
    time.sleep(0.01)
told["one ended"] = held(USER)
os.kill(worker, 9)
print(told)
"""


def measured(rights: str, keep_reading: bool) -> dict[str, Any]:
    """What is measured in a process of root with these rights only."""
    command = ["setpriv", f"--bounding-set={rights}", sys.executable, "-c", MEASURE, str(LAST + 9), str(+keep_reading)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    found: dict[str, Any] = ast.literal_eval(done.stdout)
    return {name: value if value is True else value >> 20 for name, value in found.items()}


@pytest.mark.parametrize("keep_reading", [False, True])
def test_root_in_a_container(keep_reading: bool) -> None:
    """It asks as the user of the processes, which may have kept a right; and has its own rights again afterwards."""
    found = measured(f"{CONTAINER},{READING}" if keep_reading else CONTAINER, keep_reading)
    assert 64 <= found["user"] < 120
    assert 64 <= found["one ended"] < 120
    assert found["same rights"] is True


def test_root_that_is_not_told() -> None:
    """Where the processes are not of the user that is asked for, or of none, each counts what it shares."""
    found = measured(CONTAINER, keep_reading=False)
    assert found["own"] >= 128
    assert found["other"] >= 128


def test_root_with_all_rights() -> None:
    """It is told, whoever the user is."""
    found = measured("+all", keep_reading=False)
    assert {64 <= found[name] < 120 for name in ("own", "user", "other")} == {True}
