"""A cluster whose workers cannot grade: the message says why, and nobody gets a mark for it."""

from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from autograder.batch.cluster import grade_on_cluster
from autograder.batch.tasks import Task
from autograder.errors import AutograderError, SandboxError
from autograder.grading.results import Record
from autograder.version import identity

pytestmark = pytest.mark.skipif(find_spec("distributed") is None, reason="dask.distributed is not installed")

TASK = Task("jana.ipynb", "/in/jana.ipynb", "jana.ipynb", b"{}", "key", "autograder.zip")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a cluster with one worker, all of it in this process."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, protocol="inproc"
    ) as cluster:
        yield cluster.scheduler_address


def graded(address: str) -> list[Record]:
    """The records of a task that goes to the cluster."""
    return list(grade_on_cluster([TASK], b"", address, True))


def raising(error: Exception) -> object:
    """What a worker does instead of grading."""

    def grade(*_: object) -> Record:
        raise error

    return grade


def test_a_worker_that_fails(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unexpected error in a worker is our fault: the submission has the error as a reason, and no mark."""
    monkeypatch.setattr("autograder.batch.cluster_worker.Grading.grade", raising(KeyError("oops")))
    (record,) = graded(address)
    assert record.ours.fault == "its worker failed (KeyError: 'oops')"
    assert not record.ours.marked


@pytest.mark.parametrize(
    ("error", "kind", "told"),
    [
        (ImportError("No module named 'numpy'"), AutograderError, r"a worker lacks a package \(No module named 'numpy"),
        (SandboxError("Landlock is missing"), SandboxError, "worker inproc://.*: Landlock is missing; what has been"),
    ],
)
def test_a_worker_that_cannot_grade_anything(
    error: Exception, kind: type[Exception], told: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where every submission would have the same fault, the command ends with it, and what is graded is kept."""
    monkeypatch.setattr("autograder.batch.cluster_worker.Grading.grade", raising(error))
    with pytest.raises(kind, match=told):
        graded(address)


@pytest.mark.parametrize("silent", [False, True])
def test_a_worker_of_another_version_joins(silent: bool, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that joins after the check, or does not answer it, refuses to grade if its version is another one."""
    monkeypatch.setattr("autograder.batch.cluster_worker.identity", lambda: "0.0.7 (abc)")
    if silent:
        monkeypatch.setattr("autograder.version.identity", raising(OSError("its files are gone")))
    with pytest.raises(SandboxError) as refused:
        graded(address)
    assert f"has version 0.0.7 (abc) of the autograder, not {identity()}" in str(refused.value)
