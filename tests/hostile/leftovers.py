"""Things that a submission leaves behind: processes, files in folders that everybody may write to, kernel objects."""

import ctypes
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PLACES = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run/lock", "/run/user")

#: Seconds that a killed process may take to disappear.
PATIENCE = 2.0

_libc = ctypes.CDLL(None, use_errno=True)


def adopt_orphans() -> None:
    """Become the parent of all orphaned descendants, so that none of them can escape notice."""
    if _libc.prctl(36, 1, 0, 0, 0) != 0:  # PR_SET_CHILD_SUBREAPER
        raise OSError(ctypes.get_errno(), "cannot become a subreaper")


@dataclass
class Leftovers:
    """The processes, files and kernel objects before a submission, to compare with afterwards."""

    processes: set[int]
    files: set[str]
    objects: set[str]

    @classmethod
    def before(cls) -> "Leftovers":
        """Record the current state."""
        return cls(set(descendants()), _files(), _objects())

    def findings(self) -> list[str]:
        """List everything that is new, after giving killed processes some time to disappear."""
        deadline = time.monotonic() + PATIENCE
        while (alive := self._new_processes()) and time.monotonic() < deadline:
            time.sleep(0.02)
        found = [f"left behind: process {process} ({name})" for process, name in list(alive.items())[:5]]
        if len(alive) > 5:
            found.append(f"left behind: {len(alive) - 5} more processes")
        new = sorted(_files() - self.files)
        found += [f"left behind: {path}" for path in new[:5]]
        if len(new) > 5:
            found.append(f"left behind: {len(new) - 5} more files")
        return found + [f"left behind: {what}" for what in sorted(_objects() - self.objects)]

    def _new_processes(self) -> dict[int, str]:
        bury_orphans(self.processes)
        return {process: name for process, name in descendants().items() if process not in self.processes}


def descendants() -> dict[int, str]:
    """All living descendants of this process, with their names."""
    parents: dict[int, int] = {}
    names: dict[int, str] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with suppress(OSError):
                name, _, rest = Path("/proc", entry, "stat").read_text(errors="replace").rpartition(")")
                state, parent = rest.split()[:2]
                if state not in "ZX":
                    names[int(entry)] = name.partition("(")[2]
                parents[int(entry)] = int(parent)
    me = os.getpid()
    found = {}
    for process, name in names.items():
        above = process
        while above in parents and above != me:
            above = parents[above]
        if above == me and process != me:
            found[process] = name
    return found


def bury_orphans(own: set[int]) -> None:
    """Wait for dead children that this process did not start itself."""
    for entry in os.listdir("/proc"):
        if entry.isdigit() and int(entry) not in own:
            with suppress(OSError):
                rest = Path("/proc", entry, "stat").read_text(errors="replace").rpartition(")")[2].split()
                if rest[0] == "Z" and int(rest[1]) == os.getpid():
                    os.waitpid(int(entry), os.WNOHANG)


def _files() -> set[str]:
    """Everything in these places, without calling itself for each level of a submission's folders."""
    found: set[str] = set()
    waiting = [*PLACES]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:  # what is deeper than a path can say is left out
            for entry in entries:
                found.add(entry.path)
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
    return found


def _objects() -> set[str]:
    """System V objects, without the columns that change when an object is used."""
    found = set()
    for kind in ("shm", "sem", "msg"):
        with suppress(OSError):
            rows = Path("/proc/sysvipc", kind).read_text().splitlines()[1:]
            found.update(f"System V {kind} {' '.join(row.split()[:2])}" for row in rows)
    return found
