"""What this machine offers to confine student code, and how to get what is missing."""

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ..errors import TEMPORARY_MEGABYTES, SandboxError, full_disk

OTTER_GRADE = "Grade with 'otter grade', which runs submissions in Docker containers."

#: Capabilities that root needs to run a submission as a user of its own and to clean up after it. Docker gives all of
#: them to a container by default.
_CAPABILITIES = {"CHOWN": 0, "DAC_OVERRIDE": 1, "FOWNER": 3, "KILL": 5, "SETGID": 6, "SETUID": 7}

#: If less than this is free, in MB, a submission may have hit a full disk that it did not fill itself.
_NOTHING_LEFT = 16


@dataclass(frozen=True)
class Finding:
    """The result of one check."""

    what: str
    state: str
    """``good``, ``weaker`` (student code is confined, but less tightly) or ``bad`` (do not run it here)."""
    remark: str
    """The result in words, and how to improve it."""


def landlock() -> Finding:
    """Check Landlock."""
    from ..student import landlock

    version = landlock.version()
    if version >= 6:
        return Finding("Landlock", "good", f"version {version}: files, signals, abstract sockets")
    if version:
        remark = f"version {version} confines files but not signals; seccomp does that. Linux 6.12 or later has both."
        return Finding("Landlock", "weaker", remark)
    weak = "weaker" if os.geteuid() == 0 else "bad"
    remark = "missing. It needs Linux 5.13 or later, and 'landlock' in /sys/kernel/security/lsm (boot with lsm=...)."
    return Finding("Landlock", weak, remark if weak == "weaker" else f"{remark} Or run as root. {OTTER_GRADE}")


def seccomp() -> Finding:
    """Check seccomp."""
    from ..student import seccomp

    if not seccomp.AVAILABLE:
        remark = "libseccomp or pyseccomp is missing: run 'apt-get install libseccomp2' and 'pip install pyseccomp'"
        return Finding("seccomp", "weaker", remark)
    return Finding("seccomp", "good", "network, tracing and other system calls can be refused")


def user() -> Finding:
    """Check which user we are, and what root may do here."""
    if os.geteuid() != 0:
        return Finding(
            "user", "weaker", "submissions run as your user. If you are root, every submission runs as its own user."
        )
    missing = missing_capabilities()
    if missing:
        return Finding("user", "bad", without_capabilities(missing))
    return Finding("user", "good", "root: every submission runs as its own user")


def room() -> Finding:
    """Check the disk that submissions write to."""
    try:
        check_room()
    except (SandboxError, OSError) as error:
        return Finding("disk", "bad", str(error))
    return Finding("disk", "good", f"{TEMPORARY_MEGABYTES} MB or more are free in {tempfile.gettempdir()}")


def missing_capabilities() -> list[str]:
    """The capabilities that root lacks here, for example in a container started with --cap-drop."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8", errors="replace")
        held = next(int(line.split()[1], 16) for line in status.splitlines() if line.startswith("CapEff:"))
    except (OSError, ValueError, IndexError, StopIteration):
        return []
    return [f"CAP_{name}" for name, number in _CAPABILITIES.items() if not held >> number & 1]


def without_capabilities(missing: list[str]) -> str:
    """Say which capabilities are missing, and how to get them."""
    options = " ".join(f"--cap-add {name.removeprefix('CAP_')}" for name in missing)
    return (
        f"root lacks {', '.join(missing)} here, so submissions cannot have users of their own: start the container "
        f"without --cap-drop, or with {options}"
    )


def what_is_missing() -> str:
    """Say what this machine lacks to confine student code, and what to do about it."""
    lacking = [finding for finding in (landlock(), seccomp(), user()) if finding.state != "good"]
    return " ".join(f"{finding.what}: {finding.remark.rstrip('.')}." for finding in lacking)


def check_room(megabytes: int = TEMPORARY_MEGABYTES) -> None:
    """Check that the temporary folder has room for what a submission may write.

    Raises:
        SandboxError: it does not.
    """
    try:
        folder = tempfile.gettempdir()
    except FileNotFoundError as error:
        raise SandboxError(f"{error.strerror}: grading needs {megabytes} MB in one of them, or in TMPDIR") from error
    space = os.statvfs(folder)
    if space.f_bavail * space.f_frsize < megabytes << 20:
        raise SandboxError(full_disk(folder))


def check_room_was_left() -> None:
    """Check, once a submission's files are gone, that it cannot have hit a disk that others had filled.

    Raises:
        SandboxError: the disk is full even without its files.
    """
    check_room(_NOTHING_LEFT)


def check_system(confine: bool) -> None:
    """Check whether this system can run submissions.

    Raises:
        SandboxError: it cannot confine them, or cannot fork processes.
    """
    if sys.platform == "linux":
        if os.geteuid() == 0 and (missing := missing_capabilities()):
            raise SandboxError(without_capabilities(missing))
        return
    if not hasattr(os, "fork"):
        raise SandboxError(f"submissions cannot be run on {sys.platform}. {OTTER_GRADE}")
    if confine:
        raise SandboxError(
            f"submissions can be confined only on Linux, and this is {sys.platform}. {OTTER_GRADE} Or run them here "
            "without confinement, with --unconfined."
        )
