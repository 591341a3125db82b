"""The keeper: a process between the warm parent and the workers, which cleans up after each submission.

Each of our grading processes has one keeper, which serves one submission after another. It runs no student code, reads
nothing that a student's code sends, and is not confined. All orphans of a submission become its children (it is their
"subreaper"). So it also finds a daemon that left its group and session.

Our side gives it two orders: end all processes except the worker, or end everything and remove the scratch folder and
any files that the submission's user left elsewhere. If our side is gone, the keeper does the second on its own. If it
cannot end a process, the keeper exits too, so that no other submission runs alongside that process.
"""

import ctypes
import importlib
import os
import resource
import select
import signal
import socket
import time
import traceback
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from ..wire import schema
from ..wire.frames import Closed, decoder, receive_with, send
from . import system
from .confinement import Confinement, ConfinementError
from .folders import remove
from .forking import fork_patiently, run_handlers
from .kept_modules import keep_modules
from .processes import descendants
from .system import prctl
from .worker import be_worker

_PR_SET_CHILD_SUBREAPER = 36

#: Folders that every user may write to.
_SHARED_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm", "/run/lock", "/run/shm", "/dev/mqueue")

#: How often we end the processes of a submission, until there are none.
_MOST_ROUNDS = 2000


def be_keeper(channel: socket.socket, libraries: list[str], confinement: Confinement, shell: Any) -> NoReturn:
    """Fork workers and end them when our side says so. Never returns."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        prctl(_PR_SET_CHILD_SUBREAPER, 1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for name in libraries:
                importlib.import_module(name)
        keep_modules()  # here, since listing all modules takes longer than running most cells
        _Keeper(channel, confinement, shell).keep()
    except BaseException:  # our own bug; our side reads this in the warm parent's error file
        traceback.print_exc()
    finally:
        os._exit(0)


_decode: Callable[[bytes], schema.ToKeeper] = decoder(schema.ToKeeper)  # type: ignore[arg-type]


class _Keeper:
    """Serves at most one submission at a time."""

    def __init__(self, channel: socket.socket, confinement: Confinement, shell: Any) -> None:
        self.channel, self.confinement, self.shell = channel, confinement, shell
        self.worker = 0
        self.spawn: schema.Spawn | None = None

    def keep(self) -> None:
        """Follow our side's orders, until it is gone or a process of a submission cannot be ended."""
        stays = False
        while not stays:
            try:
                body, channels = receive_with(self.channel, 1)
            except Closed:
                break
            order = _decode(body)
            if isinstance(order, schema.Spawn):
                self._begin(order, channels[0])
            elif isinstance(order, schema.Prune):
                self._prune()
                self.channel.sendall(b".")
            elif self.spawn is not None:
                kept = self._end()
                stays = kept is None
                if kept is not None:
                    send(self.channel, kept)
        if self.spawn is not None:
            self._end()

    def _begin(self, spawn: schema.Spawn, channel: socket.socket) -> None:
        self.spawn, self.seconds, self.memory = spawn, 0.0, 0
        self.worker = fork_patiently()
        if self.worker == 0:
            self.channel.close()
            run_handlers()
            _be_worker(spawn, channel, self.confinement, self.shell)
        channel.close()

    def _prune(self) -> None:
        """End all processes of the submission except the worker, which is the checkpoint."""
        for _ in range(1000):
            rest = descendants(os.getpid()) - {self.worker}
            if not rest:
                self._bury()  # until they are collected, they count as processes of their user
                return
            _kill(rest)
            _wait_for(rest)
            self._bury()

    def _end(self) -> schema.Kept | None:
        """End all processes of the submission and remove its files; None if some processes are still alive."""
        assert self.spawn is not None
        rest = descendants(os.getpid())
        left: set[int] = set()
        for _ in range(_MOST_ROUNDS):
            left |= rest - {self.worker}
            _kill(rest)
            _wait_for(rest)
            if not self._bury():
                break
            rest = descendants(os.getpid())
        else:
            return None
        _clean_up(self.spawn)
        self.spawn = None
        return schema.Kept(seconds=self.seconds, memory=self.memory, left=len(left))

    def _bury(self) -> bool:
        """Collect the children that have ended; return whether any are left."""
        try:
            while True:
                child, _, used = os.wait4(-1, os.WNOHANG)
                if not child:
                    return True
                self.seconds += used.ru_utime + used.ru_stime
                self.memory = max(self.memory, used.ru_maxrss * (1024 if system.LINUX else 1))  # macOS counts bytes
        except ChildProcessError:
            return False


def _be_worker(spawn: schema.Spawn, channel: socket.socket, confinement: Confinement, shell: Any) -> NoReturn:
    try:
        channel, confined = confinement.enter(spawn, channel)
    except BaseException as error:  # our bug, or the machine's fault: no code of the submission has run yet
        if not isinstance(error, ConfinementError):
            traceback.print_exc()
        with suppress(Closed, OSError):
            told = str(error) if isinstance(error, (ConfinementError, OSError)) else f"{type(error).__name__}: {error}"
            send(channel, schema.Confined(layers=[], missing=[], readable=[], refused=told[:200] or "unknown"))
        os._exit(1)
    be_worker(channel, shell, confined)


def _kill(processes: Iterable[int]) -> None:
    """Kill processes. Forbid them to fork first, so that a fork bomb cannot outrun us."""
    for process in processes if system.LINUX else ():
        with suppress(OSError):
            resource.prlimit(process, resource.RLIMIT_NPROC, (0, 0))
    for process in processes:
        with suppress(OSError):
            os.kill(process, signal.SIGKILL)


def _wait_for(processes: Iterable[int]) -> None:
    """Wait until killed processes have ended, but only a moment for each."""
    if not hasattr(os, "pidfd_open"):
        time.sleep(0.001)
        return
    for process in processes:
        with suppress(OSError):
            descriptor = os.pidfd_open(process)
            try:
                select.select([descriptor], [], [], 0.01)
            finally:
                os.close(descriptor)


def _clean_up(spawn: schema.Spawn) -> None:
    remove(spawn.scratch)
    if spawn.user is None:
        return  # this user's other files do not belong to the submission
    for folder in _SHARED_FOLDERS:
        with suppress(OSError):
            for entry in os.scandir(folder):
                with suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_uid == spawn.user:
                        remove(entry.path)
    _remove_system_v(spawn.user)


def _remove_system_v(user: int) -> None:
    """Remove the user's shared memory, semaphores and message queues of the SysV kind."""
    libc = ctypes.CDLL(None)
    for kind, call in (("shm", libc.shmctl), ("sem", libc.semctl), ("msg", libc.msgctl)):
        with suppress(OSError):
            head, *rows = Path("/proc/sysvipc", kind).read_text(encoding="ascii").splitlines()
            column = head.split().index("uid")
            for row in rows:
                fields = row.split()
                if int(fields[column]) == user:
                    identifier = int(fields[1])
                    call(identifier, *((0, 0) if kind == "sem" else (0, None)))  # IPC_RMID
