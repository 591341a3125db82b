"""The warm parent, from our end: started once, asked for the processes of each submission."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from msgspec.structs import replace

from ..errors import SandboxError
from ..wire import schema
from ..wire.frames import Closed, send_with
from .usage import PROCESSES, USUAL, Bounds
from .users import processes_of

_ROOT = Path(__file__).resolve().parents[2]

_OTTER_GRADE = "use 'otter grade', which runs them in Docker"

#: Names of modules.
Libraries = tuple[str, ...]

#: Keepers that stand ready for their next submission, at most.
_KEEPERS = 4

#: Seconds until the warm parent has to be ready; it takes one or two.
_START_SECONDS = 120.0

#: What a submission's processes may use.
_CPU_SECONDS = 400
_MEMORY = 4 * 2**30
_BESIDE = 3 * 2**30
"""Bytes of address space beyond the bytes that it may hold."""
_FILE_SIZE = USUAL.disk
_FILES = 512
_PROCESSES_BESIDE = 400
"""Where a submission has no user of its own: what it may add to the processes that the user has already."""


class Sandbox:
    """A warm parent, from which the processes of many submissions are forked.

    To be used as a context manager. It starts in the background; the first submission waits for it.
    """

    def __init__(self, secrets: Sequence[Path] = (), confine: bool = True) -> None:
        """Prepare a sandbox.

        Args:
            secrets: files and folders that no submission may be able to read; that is tried out before each.
            confine: False leaves the confinement out, where a machine cannot do it and its owner says so.
        """
        self.confine = confine
        self.secrets = [str(path.resolve()) for path in secrets]
        self._channel: socket.socket | None = None
        self._free: list[tuple[Libraries, socket.socket]] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False

    def __enter__(self) -> "Sandbox":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the warm parent; does not wait for it.

        Raises:
            SandboxError: this system cannot confine them.
        """
        check_system(self.confine)
        self._home = tempfile.mkdtemp(prefix="autograder-warm-")
        ours, theirs = socket.socketpair()
        self._channel, self._ready = ours, False
        command = [sys.executable, "-m", "autograder.student", str(theirs.fileno()), str(_ROOT)]
        with theirs, self._errors.open("wb") as errors:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors, cwd=self._home,
                env=self._environment(), pass_fds=[theirs.fileno()], start_new_session=True,
            )  # fmt: skip
        limit, spare = PROCESSES + 1, PROCESSES + 2
        if os.geteuid():
            limit, spare = processes_of(os.geteuid()) + _PROCESSES_BESIDE, 0
        self.limits = schema.Limits(
            cpu_seconds=_CPU_SECONDS, memory=_MEMORY, file_size=_FILE_SIZE, files=_FILES, processes=limit,
            spare_processes=spare,
        )  # fmt: skip

    def _environment(self) -> dict[str, str]:
        """All that the student's side knows of our environment."""
        return {
            "PATH": os.defpath,
            "HOME": self._home,
            "LANG": "C.UTF-8",
            "MPLBACKEND": "Agg",
            "MPLCONFIGDIR": _matplotlib_folder(),
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "PYTHONHASHSEED": "0",
            "PYTHONNOUSERSITE": "1",
            "PYTHONSAFEPATH": "1",
            "PYTHONPATH": os.pathsep.join([str(_ROOT), *(path for path in sys.path if os.path.isabs(path))]),
        }

    def share(self) -> "Sandbox":
        """Return a sandbox for another process of ours, forked from this one, that uses the same warm parent.

        Raises:
            SandboxError: the warm parent does not start.
        """
        self._wait_until_ready()
        assert self._channel is not None
        other = Sandbox(confine=self.confine)
        other.secrets, other.limits, other._home, other._ready = self.secrets, self.limits, self._home, True
        other._channel, theirs = socket.socketpair()
        with theirs:
            send_with(self._channel, schema.Attach(), [theirs])
        return other

    def spawn(
        self, user: int | None, scratch: Path, libraries: Libraries = (), bounds: Bounds = USUAL
    ) -> tuple[socket.socket, socket.socket]:
        """Fork the worker of a submission.

        Args:
            user: the user id to run as; None to stay.
            scratch: an empty folder of that user.
            libraries: what it needs beside what every submission needs; imported once, before the fork.
            bounds: what it may use; the kernel's limits for each of its processes are no lower.

        Returns:
            The channels to keeper and worker; ``give_back`` takes the keeper when the submission is done.

        Raises:
            SandboxError: the warm parent does not start.
        """
        secrets = self.secrets if self.confine else []
        memory = max(self.limits.memory, bounds.memory + _BESIDE)
        limits = replace(self.limits, memory=memory, file_size=bounds.disk + bounds.given)
        for attempt in range(3):
            worker, theirs = socket.socketpair()
            keeper = None
            with theirs:
                try:
                    keeper = self._keeper(libraries)
                    order = schema.Spawn(
                        user=user, scratch=str(scratch), secrets=secrets, limits=limits, confine=self.confine
                    )
                    send_with(keeper, order, [theirs])
                    return keeper, worker
                except Closed:  # somebody ended it; once more, with a new keeper, and then with a new warm parent
                    worker.close()
                    if keeper is not None:
                        keeper.close()
                    if keeper is None or attempt:
                        self.close()
        raise SandboxError("the student's side ended three times in a row: is the machine out of memory?")

    def _keeper(self, libraries: Libraries) -> socket.socket:
        """The channel to a keeper with these libraries that has nothing to do, or to a new one.

        Raises:
            Closed: the warm parent is gone.
        """
        if self._channel is None:
            self.start()
        self._wait_until_ready()
        for number, (found, keeper) in enumerate(self._free):
            if found == libraries:
                del self._free[number]
                return keeper
        assert self._channel is not None
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                send_with(self._channel, schema.Keep(list(libraries)), [theirs])
            except Closed:
                ours.close()
                raise
        return ours

    def give_back(self, keeper: socket.socket, libraries: Libraries = ()) -> None:
        """Take a keeper whose submission is done, for the next one."""
        self._free.append((libraries, keeper))
        while len(self._free) > _KEEPERS:
            self._free.pop(0)[1].close()

    def dismiss(self) -> None:
        """Let the keepers go that have nothing to do; they end when their channels do."""
        while self._free:
            self._free.pop()[1].close()

    def _wait_until_ready(self) -> None:
        if self._ready or self._channel is None:
            return
        self._channel.settimeout(_START_SECONDS)
        try:
            greeting = self._channel.recv(1)
        except OSError:
            greeting = b""
        if greeting != b"!":
            raise SandboxError(f"the student's side does not start:\n{self.errors()}")
        self._ready = True

    @property
    def process_id(self) -> int | None:
        """The process id of the warm parent, if it runs."""
        return self._process.pid if self._process else None

    @property
    def _errors(self) -> Path:
        return Path(self._home, "errors")

    def errors(self) -> str:
        """What our own code on the student's side wrote to standard error, before any student's code ran."""
        return self._errors.read_text(encoding="utf-8", errors="replace")[-4000:]

    def close(self) -> None:
        """End the warm parent; keepers end with their channels, and processes of submissions with their keepers."""
        self.dismiss()
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        if self._process is not None:
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
            shutil.rmtree(self._home, ignore_errors=True)


def check_system(confine: bool) -> None:
    """See whether submissions can be run here at all.

    Raises:
        SandboxError: this system cannot confine them, or cannot fork processes.
    """
    if sys.platform == "linux":
        return
    if not hasattr(os, "fork"):
        raise SandboxError(f"submissions cannot be run on {sys.platform}: {_OTTER_GRADE}")
    if confine:
        raise SandboxError(
            f"submissions can be confined on Linux only, and this is {sys.platform}: {_OTTER_GRADE}; --unconfined runs "
            "them here all the same"
        )


def _matplotlib_folder() -> str:
    """Where matplotlib keeps its list of fonts, which takes seconds to make."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.environ.get("MPLCONFIGDIR") or os.path.join(cache, "matplotlib")


def make_scratch(user: int | None) -> Path:
    """Make an empty folder that belongs to a user."""
    folder = Path(tempfile.mkdtemp(prefix=f"submission-{int(time.time())}-"))
    if user is not None:
        os.chown(folder, user, user)
    return folder
