"""Giving work to the worker and reading its results, however it was started."""

import dataclasses
import json
import queue
import secrets
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from tests.hostile.attacks import as_json
from tests.hostile.worker import Job

#: Much shorter than in real grading, because many attacks use up all the time that they get. A busy machine does not
#: make these limits tighter, since they count processor time.
LIMITS = {"call_seconds": 0.5, "cells_seconds": 0.6, "total_seconds": 1.1}

#: A worker that is silent for this many seconds hangs.
SILENCE = 150.0

Result = dict[str, Any]
Start = Callable[[], "subprocess.Popen[str]"]


def run_all(start: Start, names: list[str], place: str, grader: str = "project") -> Iterator[tuple[str, Result]]:
    """Grade submissions. Start a new worker after one that achieved something, ended its worker, or hangs.

    Yields:
        The name of each submission, and the result of ``Worker.examine``, with the times at which it began and ended.
    """
    waiting = list(names)
    while waiting:
        job = Job(place, secrets.token_hex(8), waiting, LIMITS, grader)
        begun, done, noise, since = "", "", "", 0.0
        for line in _lines(start, job):
            if not line.startswith(job.word):
                noise += line[:200]
                continue
            facts = json.loads(line.removeprefix(job.word))
            if facts.get("ready") or ("broken" in facts and not begun):
                raise RuntimeError(f"the worker does not work: {facts} {noise}")
            noise += facts.get("broken", "")
            if "begin" in facts:
                begun, since = facts["begin"], time.monotonic()
            if "entry" in facts:
                done = facts.pop("entry")
                facts["span"] = (since, time.monotonic())
                if noise:
                    facts["findings"].append(f"harm: written to the output of the grading process: {noise[:200]!r}")
                waiting.remove(done)
                yield done, facts
                noise = ""
        if not begun:
            raise RuntimeError(f"the worker did not start: {noise}")
        if begun != done:
            waiting.remove(begun)
            crash = f"crash: the grading process was ended, or hangs {noise}"
            yield begun, {"findings": [crash], "marks": {}, "span": (since, time.monotonic())}


def _lines(start: Start, job: Job) -> Iterator[str]:
    """Start a worker, and yield its lines until it ends or is silent for too long. Then kill it."""
    process = start()
    assert process.stdin
    lines: queue.Queue[str] = queue.Queue()

    def listen() -> None:
        with suppress(ValueError):  # closed by us
            for line in process.stdout or ():
                lines.put(line)
        lines.put("")

    try:
        with suppress(BrokenPipeError):
            process.stdin.write(as_json(dataclasses.asdict(job)) + "\n")
            process.stdin.flush()
        threading.Thread(target=listen, daemon=True).start()
        with suppress(queue.Empty):
            while line := lines.get(timeout=SILENCE):
                yield line
    finally:
        process.kill()
        with process:  # closes its pipes and waits for it
            pass


def run_shared(starts: list[Start], names: list[str], place: str, grader: str = "project") -> dict[str, Result]:
    """Grade submissions with several workers at once, each started by its own function."""
    parts = [names[index :: len(starts)] for index in range(len(starts))]
    with ThreadPoolExecutor(len(starts)) as pool:
        done = pool.map(lambda start, part: dict(run_all(start, part, place, grader)), starts, parts)
        return {name: result for part in done for name, result in part.items()}
