"""Processes of a submission that do not start, do not stay or say what they should not."""

import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.errors import SandboxError
from autograder.sandbox import Sandbox, worker
from autograder.sandbox.clocks import Clock
from autograder.sandbox.submission import Submission
from autograder.sandbox.worker import started_worker
from autograder.wire import schema
from autograder.wire.frames import send
from tests.support.samples import GOOD, children, grade_cells, passed, shared_sandbox


class Unlucky(Sandbox):
    """A sandbox of which somebody ends the first keepers that it uses, before they fork a worker."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count, self.ended = count, list[int]()

    def spawn(self, *arguments: Any, **options: Any) -> tuple[socket.socket, socket.socket]:
        """Let the keeper end with the order in its hands."""
        channels = super().spawn(*arguments, **options)
        if len(self.ended) < self.count:
            os.kill(self.ended_next, signal.SIGKILL)
            self.ended.append(self.ended_next)
        return channels

    def _keeper(self, *arguments: Any) -> socket.socket:
        keeper = super()._keeper(*arguments)
        if len(self.ended) < self.count:
            until = time.monotonic() + 30
            while not (found := set(children(self.process_id)) - set(self.ended)) and time.monotonic() < until:
                time.sleep(0.01)
            (self.ended_next,) = found
            os.kill(self.ended_next, signal.SIGSTOP)
        return keeper


@pytest.fixture
def scratches(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the folders of submissions are made; none may be left at the end."""
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o711)
        monkeypatch.setattr(tempfile, "tempdir", place)
        yield Path(place)
        assert not os.listdir(place)


def test_a_keeper_that_ends_before_the_worker_starts(scratches: Path) -> None:
    """Another one is used, and the submission has a worker."""
    with Unlucky(count=1) as sandbox, started_worker(sandbox) as running:
        assert running.confined
        assert not running.abandoned
        assert children(sandbox.process_id) == [running.confined.keeper]
        assert len(list(scratches.glob("submission-*"))) == 1


def test_keepers_that_always_end_before_the_worker_starts(scratches: Path) -> None:
    """Where the second one ends as well, the reason says what may be missing."""
    with Unlucky(count=2) as sandbox:
        with pytest.raises(SandboxError, match=r"cannot be started: is there enough memory.*'ulimit -u'"):
            started_worker(sandbox).__enter__()
        with started_worker(sandbox) as running:
            assert running.confined


def test_a_keeper_that_ends_with_an_order(scratches: Path) -> None:
    """It is noticed, though the order was sent; its worker ends, and the folder is removed by us."""
    with Sandbox() as sandbox:
        with started_worker(sandbox) as running:
            assert running.confined
            assert not running.abandoned
            os.kill(running.confined.keeper, signal.SIGSTOP)
            send(running.keeper, schema.Prune())
            os.kill(running.confined.keeper, signal.SIGKILL)
            running.keeper.settimeout(30)
            running.channel.settimeout(30)
            assert running.channel.recv(1) == b""
            assert running.abandoned
            assert not running.lost
            running.prune()
            assert running.lost
            assert running.scratch.is_dir()
            assert len(list(scratches.glob("submission-*"))) == 1
        assert running.kept is None
        assert running.keeper.fileno() == -1
        with started_worker(sandbox) as running:
            assert not running.abandoned
            running.prune()
            assert not running.lost
        assert running.kept


def test_nothing_confines(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, scratches: Path) -> None:
    """Where neither Landlock nor a user of its own is between student code and our files, no worker is given away."""
    nothing = "import sys, landlockpy\nlandlockpy.abi_version = lambda: 0\nsys.modules['pyseccomp'] = None\n"
    (tmp_path / "sitecustomize.py").write_text(nothing, encoding="utf-8")
    monkeypatch.setattr("sys.path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(worker, "borrowed_user", nullcontext)
    with Sandbox() as sandbox, pytest.raises(SandboxError, match="nothing here keeps student code from your files"):
        started_worker(sandbox).__enter__()
    with Sandbox(confine=False) as sandbox, started_worker(sandbox) as running:
        assert running.confined
        assert running.confined.layers == ["limits"]


def test_the_end_of_a_run() -> None:
    """A run ends with the report on the functions, and the worker can be asked for calls."""
    submission = Submission("homework.ipynb", [GOOD, "print(2)"], {})
    with started_worker(shared_sandbox()) as running:
        *cells, ready = running.run(submission, ["init"], [], 20, Clock(20))
        assert [cell.number for cell in cells if isinstance(cell, schema.Cell)] == [1, 2]
        assert isinstance(ready, schema.Ready)
        assert ready.functions == {"init": "callable"}
        running.fork().close()


def test_a_report_of_confinement_by_a_cell(tmp_path: Path) -> None:
    """A cell that sends one on our channel is left out, and nothing of it reaches what staff reads."""
    told = schema.Confined(layers=["a wall"], missing=[], readable=[], keeper=os.getpid(), worker=os.getpid())
    body = msgspec.msgpack.encode(told)
    cell = f"import os\nos.write(3, {len(body).to_bytes(4, 'big') + body!r})"
    graded = grade_cells(tmp_path, cell, GOOD)
    assert passed(graded) == {"one": True}
    assert "a wall" not in graded.staff
    assert "was left out" in graded.note


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the priorities of processes everywhere")
def test_our_own_processes_go_first() -> None:
    """A submission's processes leave ours the processor, so that we can measure them even if they are many."""
    with Sandbox() as sandbox, started_worker(sandbox) as started:
        assert started.confined
        ours = os.getpriority(os.PRIO_PROCESS, 0)
        assert os.getpriority(os.PRIO_PROCESS, started.confined.worker) == min(ours + 10, 19)
        assert os.getpriority(os.PRIO_PROCESS, started.confined.keeper) == ours
