"""The keeper: a process between the warm parent and the worker of one submission, which sees to it that nothing stays.

It runs no student's code and is not confined. All orphans of the submission become its children (it is their
"subreaper"), wherever they fled: a daemon that left its group and session is found as well. Our side tells it, in
single bytes, to end all but the worker (``p``) or to end everything (``e``); when our side is gone, it ends everything
by itself. Then it removes the scratch folder and what the submission's user left elsewhere.
"""

import ctypes
import os
import resource
import shutil
import signal
import socket
import time
import traceback
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from ..wire import schema
from ..wire.frames import Closed, send
from . import system
from .confinement import Confinement, ConfinementError
from .system import prctl
from .worker import be_worker

_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NAME = 15

#: Folders that every user may write to.
_SHARED_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm", "/run/lock", "/run/shm", "/dev/mqueue")


def be_keeper(
    spawn: schema.Spawn, keeper: socket.socket, worker: socket.socket, confinement: Confinement, shell: Any
) -> NoReturn:
    """Fork the worker, and wait for orders. Never returns."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        prctl(_PR_SET_CHILD_SUBREAPER, 1)
        child = os.fork()
        if child == 0:
            _be_worker(spawn, worker, confinement, shell)
        worker.close()
        while (order := keeper.recv(1)) == b"p":
            _end_all_but(child)
            keeper.sendall(b".")
        left = _end_everything(child)
        _clean_up(spawn)
        if order == b"e":
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            memory = used.ru_maxrss * (1024 if system.LINUX else 1)  # macOS counts bytes
            with suppress(Closed):
                send(keeper, schema.Kept(seconds=used.ru_utime + used.ru_stime, memory=memory, left=left))
    except BaseException:  # a fault of ours; our side finds this where it has directed the warm parent's errors
        traceback.print_exc()
    finally:
        os._exit(0)


def _be_worker(spawn: schema.Spawn, channel: socket.socket, confinement: Confinement, shell: Any) -> NoReturn:
    try:
        channel, confined = confinement.enter(spawn, channel)
    except ConfinementError as error:
        with suppress(Closed):
            send(channel, schema.Confined(layers=[], missing=[str(error)[:200]], readable=spawn.secrets[:1]))
        os._exit(1)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    be_worker(channel, shell, confined)


def _end_all_but(worker: int) -> None:
    """End all processes of the submission except the worker, which stands as the checkpoint."""
    for _ in range(1000):
        rest = _descendants() - {worker}
        if not rest:
            return
        _kill(rest)
        _bury()
        time.sleep(0.001)


def _end_everything(worker: int) -> int:
    """End all processes of the submission; returns how many there were beside the worker and its copies' zombies."""
    _kill([worker])
    left: set[int] = set()
    for _ in range(5000):
        if not _bury():
            break
        rest = _descendants()
        left |= rest - {worker}
        _kill(rest)
        time.sleep(0.001)
    return len(left)


def _kill(processes: Iterable[int]) -> None:
    """Kill processes; first none of them may fork any more, so that a fork bomb is not faster."""
    for process in processes if system.LINUX else ():
        with suppress(OSError):
            resource.prlimit(process, resource.RLIMIT_NPROC, (0, 0))
    for process in processes:
        with suppress(OSError):
            os.kill(process, signal.SIGKILL)


def _bury() -> bool:
    """Wait for what has ended; returns whether there are children left."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def _descendants() -> set[int]:
    """All processes below this one that have not ended."""
    if not system.LINUX:
        return _descendants_elsewhere()
    find = _children if _CHILDREN_FILE.exists() else _parents_of_all().get
    found: set[int] = set()
    waiting = [os.getpid()]
    while waiting:
        for child in find(waiting.pop()) or ():
            if child not in found:
                found.add(child)
                waiting.append(child)
    return {process for process in found if _state_and_parent(process)[0] not in {b"Z", b"X", b""}}


def _descendants_elsewhere() -> set[int]:
    import psutil

    with suppress(psutil.Error):
        below = psutil.Process().children(recursive=True)
        return {process.pid for process in below if process.is_running() and process.status() != psutil.STATUS_ZOMBIE}
    return set()


_CHILDREN_FILE = Path("/proc/thread-self/children")


def _children(process: int) -> list[int]:
    """The children of a process, by the files that most kernels have for it."""
    found: list[int] = []
    with suppress(OSError):
        for thread in os.listdir(f"/proc/{process}/task"):
            with suppress(OSError):
                found += map(int, _read(f"/proc/{process}/task/{thread}/children").split())
    return found


def _read(path: str) -> bytes:
    """Read a file of /proc; after every test case a few are read, and pathlib would take longer than the kernel."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        parts = []
        while part := os.read(descriptor, 1 << 16):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)


def _parents_of_all() -> dict[int, list[int]]:
    """The children of all processes of the machine, by looking at each."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit() and (parent := _state_and_parent(int(name))[1]):
            children.setdefault(parent, []).append(int(name))
    return children


def _state_and_parent(process: int) -> tuple[bytes, int]:
    try:
        state, parent = _read(f"/proc/{process}/stat").rpartition(b")")[2].split()[:2]
        return state, int(parent)
    except (OSError, ValueError):
        return b"", 0


def _clean_up(spawn: schema.Spawn) -> None:
    remove(spawn.scratch)
    if spawn.user is None:
        return  # what else belongs to this user is not the submission's
    for folder in _SHARED_FOLDERS:
        with suppress(OSError):
            for entry in os.scandir(folder):
                with suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_uid == spawn.user:
                        remove(entry.path)
    _remove_system_v(spawn.user)


def remove(path: str) -> None:
    """Remove a file or a folder with all that is in it, however deep it is and whatever its modes are."""
    with suppress(OSError):
        if not os.path.isdir(path) or os.path.islink(path):
            os.unlink(path)
            return
    with suppress(OSError, RecursionError):
        shutil.rmtree(path)
        return
    with suppress(OSError):
        for folder, inner, _ in os.walk(path):  # what is made accessible here, the walk goes into next
            for name in inner:
                if not os.path.islink(os.path.join(folder, name)):
                    os.chmod(os.path.join(folder, name), 0o700)
    with suppress(OSError):
        os.waitpid(os.posix_spawn("/bin/rm", ["rm", "-rf", "--", path], {}), 0)


def _remove_system_v(user: int) -> None:
    """Remove the user's System V shared memory, semaphores and message queues."""
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
