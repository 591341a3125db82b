"""``autograder grade --cluster``: a Dask cluster gives the same marks, whatever happens to its workers."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from autograder import __version__
from autograder.batch.cluster import grade_on_cluster
from autograder.errors import AutograderError
from autograder.version import digest_of_package, identity, shown
from tests.batch.folders import Place, place
from tests.batch.local_cluster import Cluster
from tests.support.corpus import ROOT
from tests.support.samples import GOOD

__all__ = ["place"]

pytestmark = pytest.mark.slow
SLOW = f"import time\ntime.sleep(1)\n{GOOD}"
needs_dask = pytest.mark.skipif(find_spec("distributed") is None, reason="dask.distributed is not installed")


@pytest.fixture
def cluster(place: Place) -> Iterator[Cluster]:
    """A scheduler without workers."""
    with Cluster(place) as running:
        yield running


def wait_for_records(place: Place, count: int, process: subprocess.Popen[str]) -> None:
    """Wait until there are this many records, or the command has ended."""
    while process.poll() is None and len(list((place.output / "results").glob("*.json"))) < count:
        time.sleep(0.05)


@needs_dask
def test_workers_come_and_go(place: Place, cluster: Cluster) -> None:
    """One worker joins and another is killed halfway: all are graded, and the table is the same as on one machine."""
    place.write_many(10, cell=SLOW)
    (place.submissions / "broken.ipynb").write_bytes(b"{")
    assert place.grade().returncode == 0
    local = (place.output / "final_grades.csv").read_bytes()
    place.output = place.folder / "from the cluster"
    first = cluster.worker("first")
    process = place.start("--cluster", cluster.address)
    wait_for_records(place, 2, process)
    cluster.halt(first)  # else it could be done before the second is ready, on a slow machine
    cluster.worker("second")
    cluster.kill(first)
    assert len(place.records()) < 11
    output, errors = process.communicate(timeout=300)
    assert (process.returncode, errors) == (0, ""), output
    assert (place.output / "final_grades.csv").read_bytes() == local
    assert "0 new, 11 kept" in place.grade("--cluster", cluster.address).stdout
    cluster.__exit__()
    assert not place.leftovers()


@needs_dask
def test_a_submission_that_kills_its_workers(place: Place, cluster: Cluster) -> None:
    """A submission that ends every worker that grades it becomes a failure; the others are graded."""
    cluster.worker("first")
    cluster.worker("second")
    place.write_many(4)
    place.write("killer.ipynb", cell="def init(): return 'always'")
    (place.flags / "always").touch()
    done = place.grade("--cluster", cluster.address)
    assert done.returncode == 1
    first, second = done.stderr.splitlines()
    assert first.startswith("not graded, our fault: killer.ipynb: the workers that graded it kept dying")
    assert second.endswith(f"--force --cluster {cluster.address}")
    expected = {"s000.ipynb": 3, "s001.ipynb": 1, "s002.ipynb": 3, "s003.ipynb": 1}
    assert place.totals() == expected
    assert list(place.faults()) == ["killer.ipynb"]


@needs_dask
def test_scheduler_ends(place: Place, cluster: Cluster) -> None:
    """If the scheduler ends halfway, a message says so, and what has been graded is kept."""
    cluster.worker("first")
    place.write_many(14, cell=SLOW)
    process = place.start("--cluster", cluster.address)
    wait_for_records(place, 2, process)
    cluster.__exit__()
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 1
    assert errors.startswith("error: the scheduler is gone; what has been graded so far is kept")
    kept = place.records()
    assert f"{len(kept)} kept" in place.grade().stdout
    assert kept.items() <= place.records().items()


@needs_dask
def test_another_version(place: Place, cluster: Cluster) -> None:
    """A worker whose package differs from ours in one line is rejected, and the message names both versions."""
    site = place.folder / "site"
    shutil.copytree(ROOT / "autograder", site / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    with (site / "autograder" / "errors.py").open("a", encoding="utf-8") as stream:
        stream.write("# changed\n")
    theirs = f"{__version__} ({shown(digest_of_package(site / 'autograder'))})"
    cluster.worker("other", PYTHONPATH=str(site))
    place.write("a.ipynb")
    done = place.grade("--cluster", cluster.address)
    assert done.returncode == 1
    assert f"has version {theirs}; this machine has version {identity()}:" in done.stderr
    assert not place.records()


@needs_dask
def test_a_worker_without_the_package(place: Place, cluster: Cluster) -> None:
    """A worker with something else under the name of our package is rejected."""
    site = place.folder / "site"
    (site / "autograder").mkdir(parents=True)
    (site / "autograder" / "__init__.py").touch()
    cluster.worker("other", PYTHONPATH=str(site))
    place.write("a.ipynb")
    done = place.grade("--cluster", cluster.address)
    assert done.returncode == 1
    assert "lacks this package, or has an older one; this machine has version" in done.stderr
    assert not place.records()


@needs_dask
def test_no_workers(place: Place, cluster: Cluster) -> None:
    """If the scheduler has no workers, the message says how to start one."""
    place.write("a.ipynb")
    done = place.grade("--cluster", cluster.address)
    assert done.returncode == 1
    assert f"has no workers: start some with 'dask worker {cluster.address}" in done.stderr


@needs_dask
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "127.0.0.1:1", "nonsense://127.0.0.1:1", "tcp://", "x y"])
def test_unreachable(address: str, place: Place) -> None:
    """If no scheduler answers at the address, or the address is wrong, one line says so."""
    place.write("a.ipynb")
    done = place.grade("--cluster", address)
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: no scheduler answers at {address} (")
    assert len(done.stderr.splitlines()) == 1


def test_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Dask the message says how to install it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(AutograderError, match=r"needs Dask .*install '\.\[cluster\]'"):
        list(grade_on_cluster([], b"", "tcp://127.0.0.1:1", True))
