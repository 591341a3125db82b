"""A Dask cluster on this machine, made of real processes: a scheduler, and workers that come and go."""

import os
import re
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from tests.batch.folders import Place
from tests.support.corpus import ROOT

_DASK = Path(sys.executable).with_name("dask")


class Cluster:
    """A context manager that starts a scheduler, and ends everything when it is left."""

    def __init__(self, place: Place) -> None:
        self.folder, self.temporary = place.folder, place.temporary
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> "Cluster":
        log = self._start("scheduler", "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = _wait_for(log, r"Scheduler at: +(tcp://\S+)")
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            self.kill(process)

    def worker(self, name: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start a worker with its nanny, and wait until the scheduler knows it."""
        folder = ("--local-directory", str(self.folder / name))
        log = self._start(name, "worker", self.address, "--nthreads", "1", "--no-dashboard", *folder, **environment)
        _wait_for(log, r"(Registered to: +tcp)")
        return self._processes[-1]

    def _start(self, name: str, *arguments: str, **environment: str) -> Path:
        log = self.folder / f"{name}.log"
        how: dict[str, Any] = {"cwd": ROOT, "start_new_session": True, "stderr": subprocess.STDOUT}
        how["env"] = os.environ | {"TMPDIR": str(self.temporary), "PYTHONPATH": str(ROOT)} | environment
        how["env"]["DASK_TEMPORARY_DIRECTORY"] = str(self.folder)  # Dask's own files must not be taken for ours
        with log.open("wb") as stream:
            self._processes.append(subprocess.Popen([str(_DASK), *arguments], stdout=stream, **how))
        return log

    def halt(self, process: subprocess.Popen[bytes]) -> None:
        """Stop a process and its group, which can then only be killed."""
        for one in _group(process):
            with suppress(psutil.NoSuchProcess):
                one.suspend()

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a process and its whole group, as a power cut would, but for what removes their semaphores afterwards.

        A power cut empties the folder with the semaphores; here they would stay on the machine.
        """
        if process.poll() is None:
            for one in _group(process):
                with suppress(psutil.NoSuchProcess):  # it ended with the one above it
                    one.kill()
            process.wait()


def _group(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """A process and its group, without the process with which Python keeps track of semaphores."""
    first = psutil.Process(process.pid)
    return [first, *(one for one in first.children(recursive=True) if _is_in_group(one, process.pid))]


def _is_in_group(process: psutil.Process, group: int) -> bool:
    """Whether a process is in a group, and is not the one with which Python keeps track of semaphores."""
    with suppress(psutil.NoSuchProcess, ProcessLookupError):
        return os.getpgid(process.pid) == group and "resource_tracker" not in " ".join(process.cmdline())
    return False


def _wait_for(log: Path, pattern: str) -> str:
    """Wait until a text appears in a log."""
    for _ in range(1200):
        if found := re.search(pattern, log.read_text(encoding="utf-8", errors="replace")):
            return found[1]
        time.sleep(0.1)
    raise TimeoutError(log.read_text(encoding="utf-8", errors="replace"))
