"""Limits of time count processor time and waiting, and not the time in which a busy machine does something else."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from autograder.sandbox import clocks, usage
from autograder.sandbox.clocks import Clock, Passed
from autograder.student.processes import descendants
from tests.support.samples import grade_cells, messages, passed, shared_sandbox

pytestmark = pytest.mark.sampled(2, by="file")


#: What ``forward`` computes in the tests below, in seconds of processor time.
COMPUTED = 0.4

WORK = f"""
import time
def work(seconds):
    begun = time.process_time()
    while time.process_time() - begun < seconds: pass
def init(): return 1
def forward():
    work({COMPUTED})
    return 1
"""

#: Two functions under different names, which share a copy.
BOTH = {"first": "init", "second": "forward"}


def test_a_clock_counts_what_computes_and_what_waits() -> None:
    """Only the time without a processor prolongs a limit, and the limit that it is a part of."""
    whole = Clock(100)
    clock = Clock(10, within=whole)
    before, whole_before = clock.until(), whole.until()
    clock.count(Passed(computed=3, waited=2))
    assert clock.until() == before
    clock.count(Passed(computed=1, starved=4))
    assert (clock.until(), whole.until()) == (before + 4, whole_before + 4)
    assert not clock.over


def test_waiting_for_a_disk_prolongs_a_call_but_not_the_whole() -> None:
    """A busy disk costs no points, and a submission that keeps a disk busy does not keep the grader for longer."""
    whole = Clock(100)
    clock = Clock(10, within=whole)
    before, whole_before = clock.until(), whole.until()
    clock.count(Passed(computed=1, stalled=4))
    assert (clock.until(), whole.until()) == (before + 4, whole_before)


def test_a_clock_has_a_ceiling() -> None:
    """However slow the machine is, a limit is over after a multiple of its seconds, and its words say so."""
    clock = Clock(0.01)
    clock.count(Passed(starved=1000))
    assert not clock.over
    time.sleep(0.01 * clocks.CEILING)
    assert clock.over
    assert clock.words() == "0.12 seconds on the clock, because the machine was too busy"


def test_a_clock_ends_with_the_one_around_it() -> None:
    """A call gets no more time than is left for the whole."""
    assert Clock(10, within=Clock(1)).until() < time.monotonic() + 1.1


def test_words_tell_what_the_time_went_to() -> None:
    """What computed and what waited are told apart."""
    computing, waiting = Clock(10), Clock(10)
    computing.count(Passed(computed=7, waited=3))
    waiting.count(Passed(computed=3, waited=7))
    assert computing.words() == "10 seconds of processor time"
    assert waiting.words(2.5) == "2.5 seconds of waiting (sleep, a lock, a thread, input)"


# ---- a part of a processor


def _quota_group(share: float) -> Path | None:
    """An empty control group that gets this share of a processor; None where none can be made."""
    period = 100_000
    for root, name, value in (
        ("/sys/fs/cgroup/cpu", "cpu.cfs_quota_us", f"{share * period:.0f}"),
        ("/sys/fs/cgroup", "cpu.max", f"{share * period:.0f} {period}"),
    ):
        group = Path(root, f"autograder-tests-{os.getpid()}")
        with suppress(OSError):
            if (Path(root) / "cgroup.controllers").exists() or name != "cpu.max":
                group.mkdir(exist_ok=True)
                (group / name).write_text(value, encoding="ascii")
                return group
        with suppress(OSError):
            group.rmdir()
    return None


@contextmanager
def by_quota(share: float = 0.1) -> Iterator[None]:
    """All processes of submissions together get this share of a processor, as the kernel shares it out."""
    group = _quota_group(share)
    if group is None:
        pytest.skip("no control group with a share of a processor can be made here")
    parent = shared_sandbox().process_id
    assert parent
    mine = [parent, *descendants(parent)]
    try:
        for process in mine:
            (group / "cgroup.procs").write_text(str(process), encoding="ascii")
        yield
    finally:
        for process in [parent, *descendants(parent)]:
            with suppress(OSError):
                (group.parent / "cgroup.procs").write_text(str(process), encoding="ascii")
        for _ in range(50):
            with suppress(OSError):
                group.rmdir()
                break
            time.sleep(0.1)


@contextmanager
def by_competitors() -> Iterator[None]:
    """Many processes want the same processor."""
    before = os.sched_getaffinity(0)
    parent = shared_sandbox().process_id
    assert parent
    mine = [parent, *descendants(parent)]
    one = {min(before)}
    rivals = []
    try:
        for process in mine:
            os.sched_setaffinity(process, one)
        for _ in range(9):
            child = os.fork()
            if child == 0:
                os.setsid()  # the kernel may share the processor among sessions first
                os.sched_setaffinity(0, one)
                while True:
                    pass
            rivals.append(child)
        yield
    finally:
        for rival in rivals:
            os.kill(rival, signal.SIGKILL)
            os.waitpid(rival, 0)
        for process in [parent, *descendants(parent)]:
            with suppress(OSError):
                os.sched_setaffinity(process, before)


@pytest.mark.parametrize("share", [by_quota, by_competitors])
def test_a_slow_right_function_keeps_its_points_at_a_tenth_of_a_processor(
    share: Callable[[], Iterator[None]], tmp_path: Path
) -> None:
    """What fits into the limit on a processor of its own fits into it on a tenth of one."""
    shared_sandbox()._wait_until_ready()
    with share():  # type: ignore[attr-defined]
        begun = time.monotonic()
        results = grade_cells(tmp_path, WORK, limits={"call_seconds": 1, "cells_seconds": 2}, **BOTH)
        seconds = time.monotonic() - begun
    assert passed(results) == {"first": True, "second": True}, messages(results)
    assert seconds > 2 * COMPUTED, "the processor was not shared, and nothing was shown"


@pytest.mark.slow
def test_an_endless_loop_ends_at_a_fifth_of_a_processor(tmp_path: Path) -> None:
    """What computes too long is given up there as well, after the same processor time.

    At a tenth, a busy machine needs little more to reach the ceiling first, which is twelve times the limit.
    """
    shared_sandbox()._wait_until_ready()
    loop = "def init(): return 1\ndef forward():\n    while True: pass"
    with by_quota(share=0.2):
        results = grade_cells(tmp_path, loop, limits={"call_seconds": 0.3}, second="forward")
    assert passed(results) == {"second": False}
    assert "stopped after 0.3 seconds of processor time" in messages(results)


@pytest.mark.parametrize(
    "waiting",
    [
        "time.sleep(60)",
        "threading.Event().wait()",
        "lock = threading.Lock(); lock.acquire(); lock.acquire()",
        "os.read(os.pipe()[0], 1)",
        "os.kill(os.getpid(), signal.SIGSTOP)",
        "[time.sleep(0.001) for _ in range(10**6)]",
    ],
)
def test_waiting_counts_by_the_clock(waiting: str, tmp_path: Path) -> None:
    """A call that sleeps or waits is given up after its seconds on the clock, and the message says that it waited."""
    if "kill" in waiting and os.geteuid() != 0:
        pytest.skip("without a user of its own a submission may send no signals")
    cell = f"import os, signal, threading, time\ndef init():\n    {waiting}"
    begun = time.monotonic()
    results = grade_cells(tmp_path, cell, limits={"call_seconds": 1}, one="init")
    assert passed(results) == {"one": False}
    assert "stopped after 1 seconds of waiting (sleep, a lock, a thread, input)." in messages(results)
    assert time.monotonic() - begun < 1 * clocks.CEILING


@pytest.mark.parametrize(("total_seconds", "passes"), [(240, True), (1, False)])
def test_a_busy_disk_costs_no_points(
    total_seconds: int, passes: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Waiting for a disk does not count against a call; it does count against the submission as a whole.

    No program can make a disk busy at will, so a process that sleeps stands for one that waits for a disk.
    """
    monkeypatch.setattr(usage, "STALLS", b"S")
    cell = "import time\ndef init():\n    time.sleep(2)\n    return 1"
    limits = {"call_seconds": 1, "cells_seconds": 1, "total_seconds": total_seconds}
    results = grade_cells(tmp_path, cell, limits=limits, one="init")
    assert passed(results) == {"one": passes}, messages(results)


def test_a_sleeping_cell_is_interrupted(tmp_path: Path) -> None:
    """The note tells that it waited, and the cells after it count."""
    results = grade_cells(tmp_path, "import time; time.sleep(60)", "def init(): return 1", limits={"cells_seconds": 1})
    assert passed(results) == {"one": True}
    assert "TooSlow: stopped after 1 seconds of waiting" in results.note


def test_threads_that_compute_count_as_computing(tmp_path: Path) -> None:
    """A call that waits for its own busy thread does not wait."""
    cell = "import threading\ndef spin():\n    while True: pass\n"
    cell += "def init():\n    thread = threading.Thread(target=spin, daemon=True); thread.start(); thread.join()"
    results = grade_cells(tmp_path, cell, limits={"call_seconds": 1}, one="init")
    assert "stopped after 1 seconds of processor time" in messages(results)


#: Calls ``work`` in one child after another, each for a few milliseconds, and nobody waits for them.
UNCOUNTED = """
import os, signal, time
def init():
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        if os.fork() == 0:
            while time.process_time() < 0.015: pass
            os._exit(0)
        try: os.wait()
        except ChildProcessError: pass
"""


def test_children_that_nobody_waits_for_count_as_computing(tmp_path: Path) -> None:
    """The kernel forgets what they used. Their parent does not seem to wait for a processor all that time."""
    begun = time.monotonic()
    results = grade_cells(tmp_path, UNCOUNTED, limits={"call_seconds": 1}, one="init")
    assert passed(results) == {"one": False}
    assert "stopped after 1 seconds of processor time" in messages(results)
    assert time.monotonic() - begun < 1 * clocks.CEILING / 2
