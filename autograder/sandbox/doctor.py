"""``autograder doctor``: how well this machine can confine student code, and how to add what is missing."""

import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ..errors import SandboxError, our_fault
from ..student.unseen import LAYER
from . import Sandbox
from .machine import OTTER_GRADE, Finding, landlock, room, seccomp, user
from .worker import started_worker

#: How long Docker's engine may take to answer.
_DOCKER_SECONDS = 10


def examine() -> Iterator[Finding]:
    """Check this machine. One of the checks confines a process and tests what it can read."""
    if sys.platform != "linux":
        yield Finding("system", "bad", f"{platform.system()} cannot confine student code. {OTTER_GRADE}")
        return
    yield Finding("system", "good", f"Linux {platform.release()}, Python {platform.python_version()}")
    yield landlock()
    yield seccomp()
    yield user()
    yield room()
    yield from _trial()
    yield _docker()


def _trial() -> Iterator[Finding]:
    """Confine a process that does nothing, and check that it cannot read a secret file."""
    try:
        with tempfile.TemporaryDirectory(prefix="autograder-doctor-") as name:
            secret = Path(name, "secret")
            secret.write_text("secret", encoding="utf-8")
            secret.chmod(0o600)
            with Sandbox(secrets=[secret]) as sandbox, started_worker(sandbox) as worker:
                confined = worker.confined
    except (SandboxError, OSError) as error:
        yield Finding("trial", "bad", str(our_fault(error)))
        return
    assert confined is not None
    layers = ", ".join(confined.layers)
    yield Finding("trial", "good", f"a process confined by {layers} could not read our files")
    if LAYER not in confined.layers:
        yield Finding(
            "processes",
            "weaker",
            "submissions can see which processes are running, because you may not create namespaces on this machine. "
            "If two students might work together, grade with -j 1, or with 'otter grade' in Docker",
        )


def _docker() -> Finding:
    if not shutil.which("docker"):
        return Finding("Docker", "weaker", "not installed; only 'otter grade' needs it")
    try:
        reached = subprocess.run(["docker", "version"], capture_output=True, timeout=_DOCKER_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        reached = None
    if reached is None or reached.returncode:
        remark = "installed, but its engine cannot be reached: start it, or add your user to the group docker; "
        return Finding("Docker", "weaker", f"{remark}only 'otter grade' needs it")
    return Finding("Docker", "good", "installed, for 'otter grade'")
