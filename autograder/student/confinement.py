"""Confining the process of a submission, before any of its code runs.

The order matters: limits, groups, user, descriptors, Landlock, seccomp. If the kernel or the container refuses a
layer, we go on without it. We report what is in force, and our side decides whether that is enough.
"""

import ctypes
import errno
import os
import pwd
import resource
import signal
import site
import socket
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ..wire import schema
from . import seccomp, system
from .system import keep_capabilities, no_new_privileges, prctl
from .unseen import LAYER, hide_processes

if system.LINUX:
    from . import landlock

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_KEEPCAPS, _PR_CAP_AMBIENT = 1, 4, 8, 47
_PR_CAP_AMBIENT_CLEAR_ALL = 4
_CAP_DAC_READ_SEARCH, _CAP_SYS_PTRACE = 2, 19

#: The niceness of a submission's processes. Without it, a fork bomb would leave us no processor time to measure it.
#: With it, the kernel gives each of these processes a tenth of our share.
_NICE = 10

#: System folders and files that may be read, if they exist.
_SYSTEM = (
    "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/mime.types",
    "/sys/devices/system/cpu", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat",
)  # fmt: skip
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")

#: Our own package, which may be among the installed ones, and pip's metadata for it.
_OURS = (Path(__file__).parents[1].name, "rnn_autograder")


class ConfinementError(Exception):
    """The process cannot be confined as requested."""


class Confinement:
    """Confines submissions; holds what all submissions of one warm parent share."""

    def __init__(self, own_folder: str) -> None:
        self._readable = _readable(Path(own_folder).resolve())
        self._private = next((shut for folder in sorted(_libraries()) for shut in _private(folder)), None)
        if system.LINUX:
            landlock.version()  # the library looks for libc at its first call, which is slow
        self._may_look = system.has_capability(_CAP_SYS_PTRACE)
        self._filters = {same_user: seccomp.build(same_user) for same_user in (True, False)}

    def enter(self, spawn: schema.Spawn, channel: socket.socket) -> tuple[socket.socket, schema.Confined]:
        """Confine this process. This cannot be undone.

        Returns:
            The channel, under a new descriptor, and a report of what is in force.

        Raises:
            ConfinementError: the user cannot be changed, or could not use Python.
        """
        layers = ["limits"]
        missing: list[str] = []
        os.umask(0o077)
        os.setsid()
        os.nice(_NICE)
        _limit(spawn.limits)
        rules = None
        if spawn.confine:
            rules = landlock.rules(self._readable, _DEVICES, spawn.scratch)
            (missing if rules is None else layers).append(landlock.describe())
        if spawn.confine and hide_processes(spawn.scratch, stays=spawn.user is None):
            layers.append(LAYER)
        if spawn.user is not None:
            if spawn.confine and self._private is not None and rules is None:
                raise ConfinementError(
                    f"other users cannot enter {self._private}, which holds Python or its libraries: run 'chmod o+x' "
                    "on it, or move them"
                )
            keep = self._private is not None
            _change_user(spawn.user, keep)
            layers.append(f"user {spawn.user}" + (" (may read root's folders)" if keep else ""))
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        _surroundings(Path(spawn.scratch))
        no_new_privileges()
        if rules is not None:
            landlock.enter(rules)
        channel = _descriptors(channel)
        # Root in a container lacks rights, and could not count the pages and files of another user's process.
        # Other processes of that user cannot reach it: Landlock closes /proc, and seccomp refuses the rest.
        shown = spawn.user is not None and rules is not None and not self._may_look
        if shown:
            prctl(_PR_SET_DUMPABLE, 1)
        if spawn.confine:
            problem = seccomp.enter(self._filters[spawn.user is None])
            if problem and shown:
                prctl(_PR_SET_DUMPABLE, 0)
            (missing if problem else layers).append(f"seccomp: {problem}" if problem else "seccomp")
        readable = [path for path in spawn.secrets if _can_read(path)]
        return channel, schema.Confined(
            layers=layers, missing=missing, readable=readable, keeper=os.getppid(), worker=os.getpid()
        )


def _limit(limits: schema.Limits) -> None:
    for name, value, spare in (
        ("CPU", limits.cpu_seconds, 0),
        ("AS", limits.memory, 0),
        ("FSIZE", limits.file_size, 0),
        ("NOFILE", limits.files, 0),
        ("NPROC", limits.processes, limits.spare_processes),
        ("CORE", 1, 0),  # at 0 the kernel would still hand the memory of a crash to a program of the machine
        ("MSGQUEUE", 0, 0),
        ("MEMLOCK", 0, 0),
    ):
        if not hasattr(resource, f"RLIMIT_{name}"):
            continue
        kind = getattr(resource, f"RLIMIT_{name}")
        hard = resource.getrlimit(kind)[1]
        soft, hard = (most if hard == resource.RLIM_INFINITY else min(most, hard) for most in (value, value + spare))
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (soft, hard))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing too much raises an error instead of killing the process
    with suppress(OSError):  # when memory runs out, the kernel kills a submission before anything else
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _change_user(user: int, keep_reading: bool) -> None:
    """Become another user, in that user's own group only, without any capabilities.

    If the new user may not read the interpreter's folder or that of its libraries, keep one capability: to read
    everywhere. Landlock then limits what may be read.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        if keep_reading:
            libc.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0)
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    except OSError as error:
        why = {
            errno.EPERM: "root lacks CAP_SETUID or CAP_SETGID here: start the container without --cap-drop",
            errno.EINVAL: "this user id does not exist in this container: map more user ids into it",
        }.get(error.errno or 0, "")
        raise ConfinementError(f"cannot become user {user}: {why or error.strerror}") from error
    libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    kept = 1 << _CAP_DAC_READ_SEARCH if keep_reading else 0
    if not keep_capabilities(kept) and keep_reading:
        raise ConfinementError(f"cannot give up capabilities: {os.strerror(ctypes.get_errno())}")


def _descriptors(channel: socket.socket) -> socket.socket:
    """Close all descriptors except the channel, and connect the standard streams to nothing."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    kept = os.dup2(channel.detach(), 3)
    os.closerange(4, max(resource.getrlimit(resource.RLIMIT_NOFILE)[1], 4096))
    return socket.socket(fileno=kept)


def _surroundings(scratch: Path) -> None:
    """Set up a home, a place for temporary files and a working directory, all inside the scratch folder."""
    for name in ("home", "tmp", "work"):
        (scratch / name).mkdir()
    os.chdir(scratch / "work")
    home, temporary = str(scratch / "home"), str(scratch / "tmp")
    for name in os.environ.keys() - _ENVIRONMENT:
        del os.environ[name]
    os.environ.update(HOME=home, TMPDIR=temporary, MPLCONFIGDIR=home, IPYTHONDIR=home, PWD=os.getcwd())
    os.environ.update(USER=_USER, LOGNAME=_USER)
    tempfile.tempdir = None
    _name_user(home)


#: The user's name behind the wall.
_USER = "student"


def _name_user(home: str) -> None:
    """Make Python report a name and a home for this user, whatever the machine's list of users says."""
    entry = pwd.struct_passwd((_USER, "x", os.getuid(), os.getgid(), _USER, home, "/bin/sh"))
    by_number, by_name = pwd.getpwuid, pwd.getpwnam
    pwd.getpwuid = lambda uid: entry if uid == entry.pw_uid else by_number(uid)
    pwd.getpwnam = lambda name: entry if name == _USER else by_name(name)


#: The environment variables that the student's side keeps from the warm parent.
_ENVIRONMENT = {
    "PATH", "LANG", "LC_ALL", "TZ", "MPLBACKEND", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "PYTHONHASHSEED",
}  # fmt: skip


def _can_read(path: str) -> bool:
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError:
        return False
    return True


def _private(path: str) -> Iterator[Path]:
    """The folders on the way to a folder, and the folder itself, that other users cannot enter, links included."""
    for folder in (Path(path).absolute(), Path(path).resolve()):
        yield from (part for part in (*reversed(folder.parents), folder) if not part.stat().st_mode & 0o001)


def _libraries() -> set[str]:
    """The folders of the interpreter and its libraries, which may be in an environment of their own."""
    paths = sysconfig.get_paths()
    folders = {paths["stdlib"], paths["platstdlib"], paths["purelib"], paths["platlib"], *site.getsitepackages()}
    folders |= {os.path.join(prefix, "lib") for prefix in (sys.base_prefix, sys.base_exec_prefix)}
    folders |= {path for path in sys.path if Path(path).name in {"site-packages", "dist-packages"}}
    return {folder for folder in folders if os.path.exists(folder)}


def _readable(own_folder: Path) -> list[str]:
    """The paths of the system, the interpreter and the libraries, without our own packages."""
    hidden = [path.resolve() for path in own_folder.iterdir() if path.name.startswith(_OURS)]
    found = []
    for folder in (*_SYSTEM, *sorted(_libraries())):
        if os.path.exists(folder):
            found += _without(hidden, Path(folder).resolve())
    return list(dict.fromkeys(found))


def _without(hidden: list[Path], path: Path) -> list[str]:
    """A file or folder, or its entries one by one if some of them must stay hidden."""
    if path in hidden:
        return []
    if not any(inner.is_relative_to(path) for inner in hidden):
        return [str(path)]
    return [found for inner in sorted(path.iterdir()) for found in _without(hidden, inner)]
