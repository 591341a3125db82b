"""Warm parents that do not start, do not stay and do not end, and what is said of them."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from autograder.errors import SandboxError
from autograder.sandbox import Sandbox, parent
from autograder.sandbox.worker import started_worker
from tests.support.samples import children

#: What a program does that is started in place of a warm parent.
INSTEAD = {
    "fails": "sys.exit('first\\nMemoryError: no room')",
    "says something else": "channel.send(b'?')",
    "is slow": "print('still loading', file=sys.stderr, flush=True); time.sleep(99)",
    "ends": "channel.shutdown(socket.SHUT_RD); print('terminated', file=sys.stderr, flush=True); channel.send(b'!')",
}


@pytest.fixture
def instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A function that makes every warm parent started from now on do what is said above."""

    def start(what: str) -> None:
        program = tmp_path / "python"
        lines = (
            f"#!{sys.executable} -IS",
            "import socket, sys, time",
            "channel = socket.socket(fileno=int(sys.argv[3]))",
        )
        program.write_text("\n".join((*lines, INSTEAD[what])), encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(program))

    return start


@pytest.fixture
def homes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Where the folders of warm parents are made; none may be left at the end."""
    folder = tmp_path / "homes"
    folder.mkdir(mode=0o711)
    monkeypatch.setattr(parent.tempfile, "tempdir", str(folder))
    yield folder
    assert not os.listdir(folder)


def test_a_warm_parent_that_fails(instead: Callable[[str], None], homes: Path) -> None:
    """The reason has the last line of what it printed."""
    instead("fails")
    with Sandbox() as sandbox, pytest.raises(SandboxError, match=r"does not start \(MemoryError: no room\): is every"):
        sandbox.share()


def test_a_warm_parent_without_errors(instead: Callable[[str], None], homes: Path) -> None:
    """Where it printed nothing, or its file is gone, the reason is the same without that."""
    instead("says something else")
    with Sandbox() as sandbox:
        with pytest.raises(SandboxError, match="side does not start: is everything installed"):
            sandbox.share()
        next(homes.glob("*/errors")).unlink()
        with pytest.raises(SandboxError, match="side does not start: is everything installed"):
            sandbox.share()


@pytest.mark.slow
def test_a_warm_parent_that_hangs(instead: Callable[[str], None], homes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not waited for longer than two minutes, here half a second, and is killed if it does not end."""
    instead("is slow")
    monkeypatch.setattr(parent, "_START_SECONDS", 0.5)
    with Sandbox() as sandbox:
        process = sandbox.process_id
        assert process
        with pytest.raises(SandboxError, match="does not start"):
            sandbox.share()
        assert Path(f"/proc/{process}").exists()
    assert not Path(f"/proc/{process}").exists()
    assert sandbox.process_id is None


@pytest.mark.parametrize("use", ["share", "spawn"])
def test_a_warm_parent_that_always_ends(use: str, instead: Callable[[str], None], homes: Path) -> None:
    """It is started three times; then the reason says so, and what it printed last."""
    instead("ends")
    with Sandbox() as sandbox:
        with pytest.raises(SandboxError, match=r"was killed three times in a row \(terminated\): is there enough"):
            sandbox.share() if use == "share" else sandbox.spawn(None, homes)
        assert sandbox.process_id is None


def test_few_keepers_wait() -> None:
    """After many submissions at the same time, four keepers wait for the next ones, and the others end."""
    with Sandbox() as sandbox:
        with ExitStack() as stack:
            for _ in range(6):
                stack.enter_context(started_worker(sandbox))
            assert len(children(sandbox.process_id)) == 6
        for _ in range(300):
            if len(left := children(sandbox.process_id)) <= 4:
                break
            time.sleep(0.1)
        assert len(left) == 4
        with started_worker(sandbox):
            assert children(sandbox.process_id) == left
