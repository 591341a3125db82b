"""Commands of ``autograder`` without their start: a prepared process has loaded the program, and forks for each.

The start of a command, and of the warm parent that it needs, takes most of a second of processor time. A test that asks
what a command does can do without both. Tests of the start and of the end, of signals and of files that are left behind
start real commands.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.corpus import ROOT

#: What a command may be told by its environment. Any other difference needs a start of its own.
_OWN = ("COLUMNS", "PYTHONPATH", "TMPDIR")
_BEGIN = [sys.executable, "-m", "autograder"]


def run(
    command: list[str], cwd: Path = ROOT, env: Mapping[str, str] | None = None, timeout: float = 300
) -> "subprocess.CompletedProcess[str]":
    """Run a command, and wait until it ends: a prepared one if it can be one, as ``subprocess.run`` would else.

    Args:
        command: the command; prepared are those that begin with this interpreter, ``-m autograder``.
        cwd: its working directory.
        env: its environment; by default that of the tests.
        timeout: seconds that it may take.

    Raises:
        subprocess.TimeoutExpired: it took longer.
    """
    environment = dict(os.environ if env is None else env)
    if sys.platform != "linux" or command[:3] != _BEGIN or _differs(environment):
        how: dict[str, Any] = {"cwd": cwd, "env": environment, "timeout": timeout}
        return subprocess.run(command, **how, capture_output=True, text=True, check=False)
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors, open(os.devnull, "rb") as nothing:
        order = {"words": command[3:], "cwd": str(cwd), "environment": environment}
        channel = _prepared()
        channel.settimeout(timeout)
        socket.send_fds(channel, [json.dumps(order).encode()], [file.fileno() for file in (nothing, output, errors)])
        try:
            told = channel.recv(100)
        except TimeoutError as error:
            _prepared.cache_clear()
            channel.close()
            raise subprocess.TimeoutExpired(command, timeout) from error
        assert told, "the prepared process has ended"
        texts = []
        for file in (output, errors):
            file.seek(0)
            texts.append(file.read().decode().replace("\r\n", "\n"))
        return subprocess.CompletedProcess(command, int(told), *texts)


def started_by_it() -> set[int]:
    """The numbers of the processes of prepared commands that are still there."""
    if not _prepared.cache_info().currsize:
        return set()
    parents = {}
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit():
                parents[int(entry.name)] = int((entry / "stat").read_bytes().rpartition(b")")[2].split()[1])
        except OSError:
            continue  # it has ended meanwhile
    found, kept = set(_numbers), set(_numbers)
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - kept


_numbers: list[int] = []


@cache
def _prepared() -> socket.socket:
    """The line to the prepared process, which ends when the line does."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        command = [sys.executable, "-m", "tests.support.forking_commands", str(theirs.fileno())]
        process = subprocess.Popen(command, cwd=ROOT, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
    ours.settimeout(120)
    _numbers[:] = [process.pid, int(ours.recv(100))]
    return ours


def _differs(environment: Mapping[str, str]) -> bool:
    names = {*environment, *os.environ} - {*_OWN, "PYTEST_CURRENT_TEST"}
    return any(environment.get(name) != os.environ.get(name) for name in names)
