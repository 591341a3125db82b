"""Running a submission and its test cases in processes of their own, so that an accident costs only what it touched.

Which processes there are:

* *our own* process forks the *runner* and reads its report, line by line, until the time for the whole is over;
* the runner runs the cells of the submission, then stays as it is: a checkpoint;
* for every question it forks a *copy* of itself that runs the cases one after the other. When a case does not end in
  time, or ends the copy, the next copy goes on with the case after it.

Clocks run outside of the process that they watch. The cells have one more clock, inside: it interrupts an endless
cell such that the cells after it still run; should the cell ignore that, the clock outside ends the runner.
"""

import ctypes
import gc
import importlib
import json
import os
import selectors
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from otter.test_files import TestFile

from .cases.calls import interrupted_after
from .messages import case_message
from .settings import Settings
from .submission import FUNCTIONS, Submission

Tell = Callable[[dict[str, Any]], None]

#: Seconds that the cells get beyond their limit, to be interrupted and to end.
GRACE = 5.0


@dataclass
class Report:
    """What came out of running a submission."""

    cells: list[dict[str, Any]] = field(default_factory=list)
    """Records of the cells; see ``autograder.student.shell.run_cells``."""
    outcomes: dict[tuple[str, str], str | None] = field(default_factory=dict)
    """For question and case: None if it passed, else the message for the student."""
    problem: str = ""
    """What ended the run early, in words for the student; empty if nothing did."""


def warm_up() -> None:
    """Import what submissions import and draw a figure once, for a process that forks many runners."""
    for name in ("networkx", "pandas", "scipy.special", "matplotlib.pyplot"):
        importlib.import_module(name)
    import matplotlib.pyplot as plt

    figure = plt.figure()
    figure.text(0.5, 0.5, "$x_1$")
    figure.canvas.draw()
    plt.close(figure)


def run_submission(submission: Submission, test_files: list[TestFile], folder: Path, settings: Settings) -> Report:
    """Run the cells, then the cases.

    Args:
        submission: what to run.
        test_files: the cases.
        folder: an empty folder to work in; the other files of the submission are written to it.
        settings: for the time limits.
    """
    report = Report()
    started, finished = time.monotonic(), False

    def hear(event: dict[str, Any]) -> None:
        nonlocal finished
        if "cells" in event:
            report.cells = event["cells"]
        elif "case" in event:
            report.outcomes[event["question"], event["case"]] = event["message"]
        finished = finished or "finished" in event

    def deadline() -> float:
        limit = settings.total_seconds
        return started + (limit if report.cells else min(limit, settings.cells_seconds + GRACE))

    _in_child(lambda tell: _run(submission, test_files, folder, settings, tell), hear, deadline)
    if not finished:
        report.problem = _why(report, time.monotonic() > started + settings.total_seconds, settings)
    return report


def _why(report: Report, late: bool, settings: Settings) -> str:
    if late:
        return f"The submission was stopped after {settings.total_seconds:g} seconds: is there an endless loop?"
    if not report.cells:
        return (
            f"The code cells did not end within {settings.cells_seconds:g} seconds and could not be interrupted, or "
            "they ended the process: is there an endless loop or a crash?"
        )
    return "The process that ran the submission ended: is there a crash, or too much memory in use?"


def _run(submission: Submission, test_files: list[TestFile], folder: Path, settings: Settings, tell: Tell) -> None:
    """The runner: cells first, then copies of this process for the cases."""
    started = time.monotonic()
    from .student.shell import new_shell, run_cells

    gc.freeze()  # what was there before the student's objects need not be looked through, nor its pages be copied
    for name, content in submission.files.items():
        target = folder / name
        with suppress(OSError):  # a name that is too long, or a file's and a folder's at once: of no use to anyone
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    (folder / submission.folder).mkdir(parents=True, exist_ok=True)
    os.chdir(folder / submission.folder)
    sys.path.insert(0, os.getcwd())
    shell = new_shell()
    shell.user_ns["__file__"] = str(folder / submission.name)
    with interrupted_after(settings.cells_seconds):
        records = run_cells(shell, submission.cells)
    tell({"cells": records or [{"cell": 0, "output": "", "error": None, "line": None, "ended": False}]})
    until = started + settings.total_seconds
    functions = {name: shell.user_ns.get(name) for name in FUNCTIONS}
    for test_file in test_files:
        _run_cases(test_file, functions, settings.call_seconds, until, tell)
    tell({"finished": True})


def _run_cases(test_file: TestFile, functions: dict[str, Any], seconds: float, until: float, tell: Tell) -> None:
    """Run the cases of a question in a copy of this process; after one that does not end, in a new copy."""
    waiting = list(test_file.test_cases)
    while waiting:
        begun = [time.monotonic()]

        def hear(event: dict[str, Any], begun: list[float] = begun) -> None:
            waiting.pop(0)
            begun[0] = time.monotonic()
            tell(event)

        def work(answer: Tell) -> None:
            for case in list(waiting):
                answer({"question": test_file.name, "case": case.name, "message": _judge(case, functions)})

        in_time = _in_child(work, hear, lambda begun=begun: min(begun[0] + seconds, until))  # type: ignore[misc]
        if waiting:
            case = waiting.pop(0)
            message = "The process ended: is there a crash, or too much memory in use?"
            if not in_time:
                message = f"Stopped after {seconds:g} seconds: is there an endless loop?"
            tell({"question": test_file.name, "case": case.name, "message": message})


def _judge(case: Any, functions: dict[str, Any]) -> str | None:
    """Run one case; None if it passed, else the message for the student."""
    try:
        case.body.call_func(functions)
    except BaseException as error:  # SystemExit from a student's __array__, say
        return case_message(error)
    return None


def _in_child(work: Callable[[Tell], None], hear: Tell, deadline: Callable[[], float]) -> bool:
    """Fork, let the child work and tell, and hear what it says until it ends or its time is over.

    Returns:
        Whether it ended in time; if not, it and all that it started in its session were killed.
    """
    read_end, write_end = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        _be_child(work, write_end)
    os.close(write_end)
    rest, in_time = b"", True
    with os.fdopen(read_end, "rb", buffering=0) as stream, selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while in_time:
            in_time = bool(selector.select(max(0.0, deadline() - time.monotonic())))
            chunk = os.read(stream.fileno(), 1 << 16) if in_time else b""
            if not chunk:
                break
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                with suppress(ValueError, TypeError, KeyError, IndexError):  # noise that a student wrote to the pipe
                    hear(json.loads(line))
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return in_time


def _die_with_parent() -> None:
    """Ask the kernel (Linux) to end this process with its parent.

    A copy has a session of its own, so killing the runner's group does not reach it.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def _be_child(work: Callable[[Tell], None], descriptor: int) -> NoReturn:
    """Work and end, without ever returning into the code of the process that was forked."""
    try:
        os.setsid()
        _die_with_parent()
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(null, 1)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:

            def tell(event: dict[str, Any]) -> None:
                stream.write(json.dumps(event) + "\n")
                stream.flush()

            work(tell)
    except BrokenPipeError:
        pass  # nobody listens any more
    except BaseException:  # for staff, on the standard error of the grading process
        traceback.print_exc()
    finally:
        os._exit(0)
