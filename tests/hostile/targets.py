"""Targets for hostile submissions: files of the grader, sockets, System V objects, memory, keys, limits.

``Targets`` sets them up in the grading process, tells the author of the attack where they are, and reports afterwards
which of them were touched.
"""

import ctypes
import hashlib
import json
import os
import resource
import secrets
import signal
import socket
import stat
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from .secrets import new_secret

_libc = ctypes.CDLL(None, use_errno=True)
_libc.shmat.restype = ctypes.c_void_p
_IPC_CREATE = 0o1000 | 0o666

#: The system calls for keys, two of their commands, and the keyrings of a session and of a user.
_ADD_KEY, _KEYCTL, _JOIN, _SET_TIMEOUT, _SESSION, _USER = 248, 250, 1, 15, -3, -4

_HEARD = [
    s for s in signal.valid_signals() if s not in {signal.SIGKILL, signal.SIGSTOP, signal.SIGCHLD, signal.SIGPIPE}
]

File = tuple[int, int, int, int, int, str]


class Targets:
    """The targets of one run of the worker.

    Args:
        place: the grader's folder. Its folder ``source`` is the unpacked autograder.zip.
        archive: the autograder.zip.
    """

    def __init__(self, place: Path, archive: Path) -> None:
        self.place, self.mark = place, f"left{secrets.token_hex(4)}"
        self.planted = {
            name: new_secret()
            for name in ("memory", "descriptor", "another student's result", "home", "keyring", "queue")
        }
        self.planted["word that proves a success"] = self.proof = new_secret()
        self._files(archive)
        self._sockets()
        self._system_v()
        self._keys()
        self.memory = ctypes.create_string_buffer(self.planted["memory"].encode(), 64)
        self.heard: list[int] = []
        for number in _HEARD:
            with suppress(OSError, ValueError):
                signal.signal(number, lambda which, _: self.heard.append(which))
        self.known = self._known()

    def _files(self, archive: Path) -> None:
        place = self.place
        for name in ("results", "home/.ssh", "home/.ipython/profile_default/startup", "submissions"):
            (place / name).mkdir(parents=True, exist_ok=True)
        content = {"tests": [], "score": 0, "output": self.planted["another student's result"]}
        self.result = place / "results" / "another-student.json"
        self.result.write_text(json.dumps(content), encoding="utf-8")
        (place / "results" / "results.json").write_text("{}", encoding="utf-8")
        (place / "home" / ".ssh" / "id").write_text(self.planted["home"], encoding="utf-8")
        (place / "home" / ".bashrc").write_text("# nothing yet\n", encoding="utf-8")
        self.archive = place / "autograder.zip"
        self.archive.write_bytes(archive.read_bytes())
        assert zipfile.is_zipfile(self.archive)
        self.open = tempfile.TemporaryFile(dir=place)  # noqa: SIM115  # stays open until the grading process ends
        self.open.write(self.planted["descriptor"].encode())
        self.open.flush()
        self.shared = Path("/dev/shm", f"{self.mark}-grader")
        self.shared.write_text("the grader's own", encoding="utf-8")
        self.shared.chmod(0o666)

    def _sockets(self) -> None:
        self.listeners: dict[str, socket.socket] = {}
        tcp = socket.create_server(("0.0.0.0", 0))
        self.port = tcp.getsockname()[1]
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("0.0.0.0", self.port))
        self.listeners |= {"TCP port": tcp, "UDP port": udp}
        addresses = {"path": str(self.place / "grader.sock"), "abstract name": f"\0{self.mark}-grader"}
        for what, address in addresses.items():
            stream, datagrams = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            stream.bind(address)
            stream.listen()
            datagrams.bind(address + ".dgram")
            self.listeners |= {f"UNIX socket with a {what}": stream, f"UNIX datagrams with a {what}": datagrams}
        for path in self.place.glob("grader.sock*"):
            path.chmod(0o777)
        for listener in self.listeners.values():
            listener.setblocking(False)

    def _system_v(self) -> None:
        """Make a segment, a semaphore and a queue whose modes let everybody use them."""
        self.key = 0x51000000 + secrets.randbelow(1 << 20)
        self.segment = _libc.shmget(self.key, 4096, _IPC_CREATE)
        self.semaphore = _libc.semget(self.key, 1, _IPC_CREATE)
        self.queue = _libc.msgget(self.key, _IPC_CREATE)
        address = _libc.shmat(self.segment, None, 0)
        ctypes.memmove(address, b"the grader's own\0", 17)
        _libc.shmdt(ctypes.c_void_p(address))  # otherwise every fork of this process would count as a use
        message = ctypes.create_string_buffer((1).to_bytes(8, "little") + self.planted["queue"].encode())
        _libc.msgsnd(self.queue, message, len(self.planted["queue"]), 0)

    def _keys(self) -> None:
        """Put a key in the session's and the user's keyring. If the kernel refuses, there is nothing to steal."""
        secret = self.planted["keyring"].encode()
        _libc.syscall(_KEYCTL, _JOIN, f"{self.mark}-session".encode())
        for ring in (_SESSION, _USER):
            key = _libc.syscall(_ADD_KEY, b"user", f"{self.mark}-key".encode(), secret, len(secret), ring)
            _libc.syscall(_KEYCTL, _SET_TIMEOUT, key, 600)

    def close(self) -> None:
        """Remove everything that would outlive the process."""
        _libc.shmctl(self.segment, 0, None)
        _libc.semctl(self.semaphore, 0, 0)
        _libc.msgctl(self.queue, 0, None)
        self.shared.unlink(missing_ok=True)

    def _known(self) -> dict[str, Any]:
        source = self.place / "source"
        return {
            "pid": os.getpid(),
            "place": str(self.place),
            "home": str(self.place / "home"),
            "settings": str(source / "otter_config.json"),
            "staff": str(source / "staff-only.txt"),
            "tests": str(source / "tests"),
            "files": str(source / "files"),
            "results": str(self.place / "results"),
            "result": str(self.result),
            "archive": str(self.archive),
            "port": self.port,
            "socket": str(self.place / "grader.sock"),
            "abstract": f"{self.mark}-grader",
            "key": self.key,
            "shared": str(self.shared),
            "keyring": f"{self.mark}-key",
            "memory": ctypes.addressof(self.memory),
            "mark": self.mark,
            "proof": self.proof,
        }

    def begin(self) -> None:
        """Record the state of all targets before a submission."""
        self._contacts()
        self.heard.clear()
        self._tree, self._state = self._read_tree(), self._read_state()

    def findings(self) -> list[str]:
        """List everything that was touched since ``begin``."""
        found = [f"harm: signal {number} arrived at the grading process" for number in sorted(set(self.heard))]
        found += [f"harm: contact with the {what}" for what in self._contacts()]
        tree, state = self._read_tree(), self._read_state()
        changed = [path for path in self._tree | tree if self._tree.get(path) != tree.get(path)]
        found += [f"harm: {path} was {_how(self._tree.get(path), tree.get(path))}" for path in changed[:8]]
        found += [
            f"harm: {name} changed from {old} to {state[name]}"
            for name, old in self._state.items()
            if state[name] != old
        ]
        return found

    def _contacts(self) -> list[str]:
        found = []
        for what, listener in self.listeners.items():
            with suppress(BlockingIOError):
                while True:
                    if listener.type == socket.SOCK_DGRAM:
                        listener.recv(1 << 16)
                    else:
                        listener.accept()[0].close()
                    found.append(what)
        return sorted(set(found))

    def _walk(self) -> list[Path]:
        left_out = self.place / "submissions"
        inside = [p for p in self.place.iterdir() if p != left_out]
        return [*inside, *(path for folder in inside for path in folder.rglob("*")), self.shared]

    def _read_tree(self) -> dict[str, File]:
        return {str(path): facts for path in self._walk() if (facts := _facts(path))}

    def _read_state(self) -> dict[str, Any]:
        names = [name for name in dir(resource) if name.startswith("RLIMIT_")]
        status = dict(line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines())
        return {
            "limits": {name: resource.getrlimit(getattr(resource, name)) for name in names},
            "priority": (os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0), sorted(os.sched_getaffinity(0))),
            "badness": Path("/proc/self/oom_score_adj").read_text(),
            "I/O priority": _libc.syscall(252, 1, 0),
            "status": {name: status[name] for name in ("Name", "Umask", "TracerPid", "Uid", "Groups")},
            "working directory": os.readlink("/proc/self/cwd"),
            "host name": os.uname().nodename,
            "memory": bytes(self.memory),
            "System V objects": [_system_v_row(*pair) for pair in self._objects()],
            "descriptors": len(os.listdir("/proc/self/fd")),
            "keys": _keys(f"{self.mark}-note"),
        }

    def _objects(self) -> list[tuple[str, int]]:
        return [("shm", self.segment), ("sem", self.semaphore), ("msg", self.queue)]


def _facts(path: Path) -> File | None:
    try:
        info = path.lstat()
        content = ""
        if stat.S_ISLNK(info.st_mode):
            content = os.readlink(path)
        elif stat.S_ISREG(info.st_mode):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
    is_folder = stat.S_ISDIR(info.st_mode)
    return info.st_mode, info.st_uid, info.st_gid, info.st_nlink, 0 if is_folder else info.st_mtime_ns, content


def _how(before: File | None, after: File | None) -> str:
    if before is None:
        return "created"
    if after is None:
        return "removed"
    names = ("mode", "owner", "group", "number of links", "time", "content")
    return "changed: " + ", ".join(n for n, a, b in zip(names, before, after, strict=True) if a != b)


def _keys(name: str) -> int:
    """How many keys of this name the kernel holds."""
    with suppress(OSError):
        return Path("/proc/keys").read_text().count(name)
    return 0


def _system_v_row(kind: str, identity: int) -> str:
    """The kernel's line about an object. It shows who used the object last, and when."""
    for line in Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]:
        if int(line.split()[1]) == identity:
            return " ".join(line.split())
    return "gone"
