"""A pool of processes that grade, all from one warm parent, with not more tasks in memory than are being worked on."""

import ctypes
import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from itertools import islice
from typing import Any

from ..sandbox import Sandbox
from .records import Grader, Record, Task

Grade = Callable[[Task], Record]
_grader: list[Grader] = []
_PR_SET_PDEATHSIG = 1

#: A submission that ended its grading process so often is given up.
_TRIES = 2


def _begin(archive: bytes, sandboxes: Any) -> None:
    """Prepare a process of the pool: it ends with the main process, and leaves Ctrl-C to it."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _grader[:] = [Grader(archive, sandboxes.get())]


def _grade(task: Task) -> Record:
    return _grader[0].grade(task)


class _Shared:
    """Hands each process of the pool a sandbox of its own that leads to the one warm parent."""

    def __init__(self, sandbox: Sandbox, count: int) -> None:
        self.sandboxes = [sandbox.share() for _ in range(count)]
        self.next = multiprocessing.get_context("fork").Value("i", 0)

    def get(self) -> Sandbox:
        with self.next.get_lock():
            number = self.next.value
            self.next.value += 1
        for other, sandbox in enumerate(self.sandboxes):
            if other != number:
                sandbox.close()  # else the warm parent would never see that the other process is gone
        return self.sandboxes[int(number)]

    def close(self) -> None:
        for sandbox in self.sandboxes:
            sandbox.close()


def grade_locally(
    tasks: Iterable[Task], archive: bytes, processes: int, sandbox: Sandbox, failed: Callable[[Task, str], Record]
) -> Iterator[Record]:
    """Grade tasks on this machine.

    Args:
        tasks: read one by one, as processes get free.
        archive: the autograder.zip.
        processes: how many grade at a time.
        sandbox: the warm parent.
        failed: makes the record of a task whose grading process ended twice.

    Yields:
        Records, as they are done.
    """
    waiting, again, tries = iter(tasks), list[Task](), dict[str, int]()
    while True:
        with _pool(archive, processes, sandbox) as pool:
            running: dict[Future[Record], Task] = {}
            try:
                while True:
                    room = 2 * processes - len(running)
                    more = [again.pop() for _ in range(min(room, len(again)))]
                    more += islice(waiting, room - len(more))
                    running |= {pool.submit(_grade, task): task for task in more}
                    if not running:
                        return
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        record = future.result()
                        del running[future]
                        yield record
            except BrokenProcessPool:
                for task in running.values():
                    tries[task.label] = tries.get(task.label, 0) + 1
                    if tries[task.label] >= _TRIES:
                        yield failed(task, "the process that graded it ended")
                    else:
                        again.append(task)


class _pool:
    """A pool for a ``with`` statement; on an error or Ctrl-C its processes are ended at once."""

    def __init__(self, archive: bytes, processes: int, sandbox: Sandbox) -> None:
        self.shared = _Shared(sandbox, processes)
        self.pool = ProcessPoolExecutor(
            processes, multiprocessing.get_context("fork"), initializer=_begin, initargs=(archive, self.shared)
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
