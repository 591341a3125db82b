"""An environment in a folder that only root may enter, as everything below root's home is."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.support.corpus import project

pytestmark = pytest.mark.slow


def interpreter_for_all() -> str | None:
    """This Python as the system has it, where every user can run it."""
    program = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    return program if os.access(program, os.X_OK) else None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root grades as other users")
@pytest.mark.skipif(interpreter_for_all() is None, reason="the system has no Python of this version")
def test_an_environment_that_only_root_can_enter(dist: Path, tmp_path: Path) -> None:
    """The reference solution gets full marks, fonts included, which are opened only when something is drawn."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    subprocess.run([interpreter_for_all() or "", "-m", "venv", "--without-pip", str(closed / "venv")], check=True)
    python = closed / "venv" / "bin" / "python"
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    libraries = Path(subprocess.run([python, "-c", asked], capture_output=True, text=True, check=True).stdout.strip())
    libraries.rmdir()
    libraries.symlink_to(sysconfig.get_path("purelib"))
    (tmp_path / "solved.ipynb").write_bytes(project().notebook(solved=True))
    command = [str(python), "-m", "autograder", "run", str(tmp_path / "solved.ipynb")]
    command += ["-a", str(shutil.copy(dist / "autograder.zip", tmp_path))]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert "75 of 75 points" in done.stdout, done.stdout + done.stderr
    assert "may read root's folders" in " ".join(done.stdout.split())
