"""The warm parent, from our end: started once, it forks the processes of each submission for us."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from msgspec.structs import replace

from ..errors import SandboxError, our_fault
from ..wire import schema
from ..wire.frames import Closed, send_with
from .machine import check_system
from .usage import PROCESSES, USUAL, Bounds
from .users import processes_of

_ROOT = Path(__file__).resolve().parents[2]


#: What to ask where processes end that never should.
OUT_OF_PROCESSES = "is there enough memory, and may more processes be started ('ulimit -u', the container's limits)?"

#: Names of modules.
Libraries = tuple[str, ...]

#: The most keepers that wait for their next submission.
_KEEPERS = 4

#: Seconds within which the warm parent must be ready. It usually takes one or two.
_START_SECONDS = 120.0

#: Limits for a submission's processes.
_CPU_SECONDS = 400
_MEMORY = 4 * 2**30
_BESIDE = 3 * 2**30
"""Bytes of address space beyond the bytes that it may hold."""
_FILE_SIZE = USUAL.disk
_FILES = 512
_PROCESSES_BESIDE = 400
"""If a submission does not have its own user: how many processes may be added to those that the user already has."""


class Sandbox:
    """A warm parent, from which the processes of many submissions are forked.

    Use it as a context manager. It starts in the background, and the first submission waits for it.
    """

    def __init__(self, secrets: Sequence[Path] = (), confine: bool = True) -> None:
        """Prepare a sandbox.

        Args:
            secrets: files and folders that no submission may be able to read. This is checked before each submission.
            confine: False turns confinement off, for a machine that cannot do it and whose owner accepts that.
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
        """Start the warm parent without waiting for it.

        Raises:
            SandboxError: this system cannot run or confine submissions.
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
        """The environment for the student's side. It gets nothing else from ours."""
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
        """Return a sandbox for a process forked from ours, which uses the same warm parent.

        Raises:
            SandboxError: the warm parent does not start.
        """
        told = ""
        for _ in range(3):
            if self._channel is None:
                self.start()
            self._wait_until_ready()
            assert self._channel is not None
            other = Sandbox(confine=self.confine)
            other.secrets, other.limits, other._home, other._ready = self.secrets, self.limits, self._home, True
            other._channel, theirs = socket.socketpair()
            with theirs:
                try:
                    send_with(self._channel, schema.Attach(), [theirs])
                    return other
                except Closed:  # somebody ended the warm parent
                    told = self.last_error()
                    other.close()
                    self.close()
        raise _always_gone(told)

    def spawn(
        self, user: int | None, scratch: Path, libraries: Libraries = (), bounds: Bounds = USUAL
    ) -> tuple[socket.socket, socket.socket]:
        """Fork the worker of a submission.

        Args:
            user: the user id to run as; None to keep the current user.
            scratch: an empty folder of that user.
            libraries: extra libraries that this submission needs. They are imported once, before the fork.
            bounds: what it may use in total. The kernel's limits for each process are no lower.

        Returns:
            The channels to the keeper and the worker. Pass the keeper to ``give_back`` when the submission is done.

        Raises:
            SandboxError: the warm parent does not start.
        """
        secrets = self.secrets if self.confine else []
        told = ""
        for attempt in range(3):
            worker, theirs = socket.socketpair()
            keeper = None
            with theirs:
                try:
                    keeper = self._keeper(libraries)  # starts the warm parent if it is not there
                    memory = max(self.limits.memory, bounds.memory + _BESIDE)
                    limits = replace(self.limits, memory=memory, file_size=bounds.disk + bounds.given)
                    order = schema.Spawn(
                        user=user, scratch=str(scratch), secrets=secrets, limits=limits, confine=self.confine
                    )
                    send_with(keeper, order, [theirs])
                    return keeper, worker
                except Closed:  # somebody ended it: retry with a new keeper, then with a new warm parent
                    told = self.last_error()  # it is removed with the warm parent
                    worker.close()
                    if keeper is not None:
                        keeper.close()
                    if keeper is None or attempt:
                        self.close()
        raise _always_gone(told)

    def _keeper(self, libraries: Libraries) -> socket.socket:
        """Return the channel to an idle keeper with these libraries, or to a new one.

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
        """Take back a keeper whose submission is done, for another submission."""
        self._free.append((libraries, keeper))
        while len(self._free) > _KEEPERS:
            self._free.pop(0)[1].close()

    def dismiss(self) -> None:
        """Dismiss the idle keepers. They end when their channels are closed."""
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
            raise SandboxError(
                f"the student's side does not start{self.last_error()}: is everything installed in this environment, "
                "and is there enough memory?"
            )
        self._ready = True

    @property
    def process_id(self) -> int | None:
        """The process id of the warm parent, if it is running."""
        return self._process.pid if self._process else None

    @property
    def _errors(self) -> Path:
        return Path(self._home, "errors")

    def errors(self) -> str:
        """The errors that our own code on the student's side printed. Student code cannot write there."""
        return self._errors.read_text(encoding="utf-8", errors="replace")[-4000:]

    def last_error(self) -> str:
        """The last line of that, in brackets; empty if there is none."""
        try:
            lines = self.errors().strip().splitlines()
        except OSError:
            return ""
        return f" ({lines[-1].strip()[:300]})" if lines else ""

    def close(self) -> None:
        """End the warm parent. Keepers end with their channels, and a submission's processes end with its keeper."""
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


def _always_gone(told: str) -> SandboxError:
    return SandboxError(f"the student's side was killed three times in a row{told}: {OUT_OF_PROCESSES}")


def _matplotlib_folder() -> str:
    """The folder of matplotlib's list of fonts. Making that list again would take seconds."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.environ.get("MPLCONFIGDIR") or os.path.join(cache, "matplotlib")


def make_scratch(user: int | None) -> Path:
    """Make an empty folder that belongs to a user.

    Raises:
        SandboxError: it cannot be made; the message says why.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix="submission-"))
        try:
            if user is not None:
                os.chown(folder, user, user)
        except OSError:
            folder.rmdir()
            raise
    except OSError as error:
        raise SandboxError(f"a submission's folder cannot be made: {our_fault(error)}") from error
    return folder
