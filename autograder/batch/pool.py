"""A pool of processes that grade, all from one warm parent, with not more tasks in memory than are being worked on."""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from itertools import islice
from typing import Any

from ..sandbox import Sandbox
from ..student.system import prctl
from ..zips.reading import ZipContent
from .records import Grader, Record, Task

Failed = Callable[[Task, str], Record]
_grader: list[Grader] = []
_PR_SET_PDEATHSIG = 1

#: New objects before the garbage collector looks at them.
_GARBAGE = 20_000


def _begin(content: ZipContent, sandboxes: Any, main: int) -> None:
    """Prepare a process of the pool: it ends with the main process, and leaves Ctrl-C to it."""
    prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != main:  # it ended before it was watched
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _grader[:] = [Grader(content, sandboxes.get())]
    gc.freeze()  # what is there stays: it need not be looked through again and again
    gc.set_threshold(_GARBAGE)


def _grade(task: Task) -> Record:
    return _grader[0].grade(task)


class _Shared:
    """Hands each process of the pool a sandbox of its own that leads to the one warm parent."""

    def __init__(self, sandbox: Sandbox, count: int) -> None:
        self.sandboxes = [sandbox.share() for _ in range(count)]
        self.numbers = multiprocessing.get_context("fork").SimpleQueue()
        for number in range(count):
            self.numbers.put(number)

    def get(self) -> Sandbox:
        number = self.numbers.get()
        for other, sandbox in enumerate(self.sandboxes):
            if other != number:
                sandbox.close()  # else the warm parent would never see that the other process is gone
        return self.sandboxes[int(number)]

    def close(self) -> None:
        for sandbox in self.sandboxes:
            sandbox.close()


def grade_locally(
    tasks: Iterable[Task], content: ZipContent, processes: int, sandbox: Sandbox, failed: Callable[[Task, str], Record]
) -> Iterator[Record]:
    """Grade tasks on this machine.

    Args:
        tasks: read one by one, as processes get free.
        content: of the autograder.zip, with its test files loaded.
        processes: how many grade at a time.
        sandbox: the warm parent.
        failed: makes the record of a task that could not be graded.

    Yields:
        Records, as they are done.

    When a process ends, nobody knows which of the tasks at work ended it: each of them is graded once more, on its own,
    and one that ends its process twice on its own is given up.
    """
    waiting, suspects, ended = iter(tasks), list[Task](), set[str]()
    while True:
        lost: list[Task] = []
        if suspects:
            yield from _drain(_taken_from(suspects), content, 1, 1, sandbox, failed, lost)
            for task in lost:
                if task.label in ended:
                    yield failed(task, "the process that graded it ended, three times")
                else:
                    ended.add(task.label)
                    suspects.insert(0, task)
        else:
            yield from _drain(waiting, content, processes, 2 * processes, sandbox, failed, lost)
            if not lost:
                return
            suspects += lost


def _taken_from(tasks: list[Task]) -> Iterator[Task]:
    while tasks:
        yield tasks.pop(0)


def _drain(
    tasks: Iterator[Task], content: ZipContent, processes: int, window: int, sandbox: Sandbox, failed: Failed,
    lost: list[Task]
) -> Iterator[Record]:  # fmt: skip
    """Grade tasks with one pool until there are none, or until one of its processes ends; then some are lost."""
    running: dict[Future[Record], Task] = {}
    with _pool(content, processes, sandbox) as pool:
        while not lost:
            for task in islice(tasks, window - len(running)):
                try:
                    running[pool.submit(_grade, task)] = task
                except BrokenProcessPool:
                    lost.append(task)
                    break
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                task = running.pop(future)
                try:
                    record = future.result()
                except BrokenProcessPool:
                    lost.append(task)
                    continue
                except Exception as error:  # a fault of ours must not stop the others
                    record = failed(task, f"{type(error).__name__}: {error}")
                yield record
        for future in wait(running).done:
            if future.exception() is None:
                yield future.result()
            else:
                lost.append(running[future])


class _pool:
    """A pool for a ``with`` statement; on an error or Ctrl-C its processes are ended at once."""

    def __init__(self, content: ZipContent, processes: int, sandbox: Sandbox) -> None:
        self.shared = _Shared(sandbox, processes)
        self.pool = ProcessPoolExecutor(
            processes,
            multiprocessing.get_context("fork"),
            initializer=_begin,
            initargs=(content, self.shared, os.getpid()),
        )

    def __enter__(self) -> ProcessPoolExecutor:
        return self.pool

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with ExitStack() as stack:
            stack.callback(self.shared.close)
            if kind is not None:
                for process in list((self.pool._processes or {}).values()):
                    process.kill()
            self.pool.shutdown(wait=kind is None, cancel_futures=True)
