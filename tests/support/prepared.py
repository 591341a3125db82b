"""Commands of ``autograder`` without their start: a process that has loaded the program forks for each of them.

The start of a command, and of the warm parent that it needs, takes most of a second of processor time. Tests of what a
command does can do without it. Tests of signals, and of what is left when a command is killed, start real ones.
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

import psutil

from tests.support.corpus import ROOT

_BEGINNING = [sys.executable, "-m", "autograder"]

#: Variables that may differ from those of the tests. With any other difference, Python itself has to start anew.
_FREE = {"COLUMNS", "PYTHONPATH", "TMPDIR"}


def run(
    command: list[str], cwd: Path = ROOT, env: Mapping[str, str] | None = None, timeout: float = 300
) -> "subprocess.CompletedProcess[str]":
    """Run a command and wait until it ends, as ``subprocess.run`` does.

    Args:
        command: the command. It is forked if it begins with this interpreter and ``-m autograder``; others are started.
        cwd: its working directory.
        env: its environment; by default that of the tests.
        timeout: seconds that it may take.

    Raises:
        subprocess.TimeoutExpired: it took longer.
    """
    environment = dict(os.environ if env is None else env)
    changed = {name for name, _ in environment.items() ^ os.environ.items()}
    if sys.platform != "linux" or command[:3] != _BEGINNING or not changed <= _FREE:
        return subprocess.run(
            command, cwd=cwd, env=environment, timeout=timeout, capture_output=True, text=True, check=False
        )
    order = {"words": command[3:], "cwd": str(cwd), "environment": environment}
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors, open(os.devnull, "rb") as nothing:
        status = _prepared().give(order, [file.fileno() for file in (nothing, output, errors)], timeout)
        if status is None:
            raise subprocess.TimeoutExpired(command, timeout)
        return subprocess.CompletedProcess(command, status, _text(output), _text(errors))


def forked() -> set[int]:
    """The numbers of the processes of forked commands that are still running."""
    return _prepared().forked() if _prepared.cache_info().currsize else set()


class _Prepared:
    """The process that forks, ``forking_commands``. It ends when nobody holds the other end of its line."""

    def __init__(self) -> None:
        self.line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        words = [sys.executable, "-m", "tests.support.forking_commands", str(theirs.fileno())]
        with theirs:
            self.process = subprocess.Popen(words, cwd=ROOT, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        self.line.settimeout(120)
        self.warm_parent = int(self.line.recv(100))

    def give(self, order: dict[str, object], descriptors: list[int], timeout: float) -> int | None:
        """Have a command run with these standard streams; its exit status, or None if it takes too long."""
        socket.send_fds(self.line, [json.dumps(order).encode()], descriptors)
        self.line.settimeout(timeout)
        try:
            return int(self.line.recv(100))
        except TimeoutError:
            self.process.kill()
            _prepared.cache_clear()
            return None

    def forked(self) -> set[int]:
        """The numbers of the processes below it, but for the warm parent."""
        return {process.pid for process in psutil.Process(self.process.pid).children(recursive=True)} - {
            self.warm_parent
        }


@cache
def _prepared() -> _Prepared:
    return _Prepared()


def _text(file: "tempfile._TemporaryFileWrapper[bytes]") -> str:
    file.seek(0)
    return file.read().decode()
