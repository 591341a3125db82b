"""``autograder doctor``: how well this machine can confine student code, and how to add what is missing."""

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import SandboxError
from . import Sandbox
from .worker import started_worker


@dataclass(frozen=True)
class Finding:
    """The result of one check."""

    what: str
    state: str
    """``good``, ``weaker`` (student code is confined, but less tightly) or ``bad`` (do not run it here)."""
    remark: str
    """The result in words, and how to improve it."""


def examine() -> Iterator[Finding]:
    """Check this machine. One of the checks confines a process and tests what it can read."""
    if sys.platform != "linux":
        yield Finding("system", "bad", f"{platform.system()} cannot confine student code. {_OTTER_GRADE}")
        return
    yield Finding("system", "good", f"Linux {platform.release()}, Python {platform.python_version()}")
    yield _landlock()
    yield _seccomp()
    yield _user()
    yield _trial()
    yield _docker()


_OTTER_GRADE = "Grade with 'otter grade', which runs submissions in Docker containers."


def _landlock() -> Finding:
    from ..student import landlock

    version = landlock.version()
    if version >= 6:
        return Finding("Landlock", "good", f"version {version}: files, signals, abstract sockets")
    if version:
        remark = f"version {version} confines files but not signals; seccomp does that. Linux 6.12 or later has both."
        return Finding("Landlock", "weaker", remark)
    weak = "weaker" if os.geteuid() == 0 else "bad"
    remark = "missing. It needs Linux 5.13 or later, and 'landlock' in /sys/kernel/security/lsm (boot with lsm=...)."
    return Finding("Landlock", weak, remark if weak == "weaker" else f"{remark} Or run as root. {_OTTER_GRADE}")


def _seccomp() -> Finding:
    from ..student import seccomp

    if not seccomp.AVAILABLE:
        remark = "libseccomp or pyseccomp is missing: run 'apt-get install libseccomp2' and 'pip install pyseccomp'"
        return Finding("seccomp", "weaker", remark)
    return Finding("seccomp", "good", "network, tracing and other system calls can be refused")


def _user() -> Finding:
    if os.geteuid() == 0:
        return Finding("user", "good", "root: every submission runs as its own user")
    remark = "submissions run as your user. If you are root, every submission runs as its own user."
    return Finding("user", "weaker", remark)


def _trial() -> Finding:
    """Confine a process that does nothing, and check that it cannot read a secret file."""
    with tempfile.TemporaryDirectory(prefix="autograder-doctor-") as name:
        secret = Path(name, "secret")
        secret.write_text("secret", encoding="utf-8")
        secret.chmod(0o600)
        try:
            with Sandbox(secrets=[secret]) as sandbox, started_worker(sandbox) as worker:
                confined = worker.confined
        except SandboxError as error:
            return Finding("trial", "bad", str(error))
    assert confined is not None
    layers = ", ".join(confined.layers)
    return Finding("trial", "good", f"a process confined by {layers} could not read our files")


def _docker() -> Finding:
    if shutil.which("docker"):
        return Finding("Docker", "good", "installed, for 'otter grade'")
    return Finding("Docker", "weaker", "not installed; only 'otter grade' needs it")
