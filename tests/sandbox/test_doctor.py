"""``autograder doctor`` says what a machine lacks: the right system, a place for files, or Docker's engine."""

import subprocess
from pathlib import Path

import pytest

from autograder.sandbox import doctor
from autograder.sandbox.doctor import examine
from autograder.sandbox.machine import Finding
from tests.support.other_systems import SYSTEMS, command, environment

pytestmark = pytest.mark.sampled(2, by="file")


def found(what: str) -> Finding:
    """The result of one check."""
    (finding,) = [finding for finding in examine() if finding.what == what]
    return finding


@pytest.mark.parametrize("system", SYSTEMS)
def test_other_systems(system: str, tmp_path: Path) -> None:
    """On a system without confinement nothing else is checked; the way out is named, and the status is 1."""
    variables = environment(system, tmp_path / "site", cells=False)
    done = subprocess.run(command("doctor"), env=variables, capture_output=True, check=False, cwd="/")
    assert done.returncode == 1, done.stderr
    first, last = done.stdout.decode("cp1252" if system == "win32" else "utf-8", "replace").splitlines()
    assert "cannot confine student code. Grade with 'otter grade'" in first
    assert last == "Do not run student code here."


def test_no_place_for_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the trial cannot be made, its reason is told, and the other checks are still made."""
    monkeypatch.setattr("tempfile.tempdir", "/no/such/folder")
    trial = found("trial")
    assert trial.state == "bad"
    assert "No such file or directory: /no/such/folder/" in trial.remark


ENGINES = {
    "none": (None, "weaker", "not installed; only 'otter grade' needs it"),
    "ready": ("exit 0", "good", "installed, for 'otter grade'"),
    "silent": ("exec /bin/sleep 60", "weaker", "its engine cannot be reached"),
    "broken": ("", "weaker", "its engine cannot be reached"),
}


@pytest.mark.parametrize("engine", ENGINES)
def test_docker(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Docker may be missing, may answer, may take too long, or may be no program for this machine."""
    script, state, remark = ENGINES[engine]
    if script is not None:
        (tmp_path / "docker").write_text(f"#!/bin/sh\n{script}\n" if script else "#!/no/such/shell\n", encoding="utf-8")
        (tmp_path / "docker").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(doctor, "_DOCKER_SECONDS", 0.5 if engine == "silent" else 10)
    docker = found("Docker")
    assert docker.state == state
    assert remark in docker.remark


def test_processes_that_can_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where /proc cannot be covered, the way out is named."""
    monkeypatch.setattr(doctor, "LAYER", "what this machine lacks")
    seen = found("processes")
    assert seen.state == "weaker"
    assert "grade with -j 1" in seen.remark
