"""Processes that grade. They share one warm parent, and each has one task at a time."""

import ctypes
import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from ..grading.results import Record
from ..sandbox import Sandbox
from ..student.system import prctl
from ..zips.reading import ZipContent
from .tasks import Grader, Task, not_graded

#: How many times the process of a task may end before the task is given up.
_ATTEMPTS = 3
_ENDED = (
    "the process that graded it was killed three times, by somebody or because memory ran out: give the machine more "
    "memory, or grade fewer at a time with -j"
)

#: Our own work on one submission may take this many seconds of processor time; it takes about 0.1, and a few for huge
#: files. Students' code is not in this process and has limits of its own.
_LONGEST = 60.0
_TOO_LONG = "reading or judging it took more than a minute of our own processor time: look at what was handed in"

_PR_SET_PDEATHSIG = 1
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
#: How many freed bytes ``malloc`` keeps, and the size from which an array is given back to the kernel at once.
_KEPT, _NEVER_KEPT = 32 * 2**20, 4 * 2**20


def grade_locally(tasks: Iterable[Task], content: ZipContent, processes: int, sandbox: Sandbox) -> Iterator[Record]:
    """Grade tasks on this machine.

    Args:
        tasks: read one by one, as processes become free.
        content: the content of the autograder.zip, with its test files loaded.
        processes: how many processes grade at a time.
        sandbox: the warm parent.

    Yields:
        Each record as soon as it is ready. On an error or Ctrl-C the processes are killed at once.

    If a process ends, a new one grades its task again. After the third time the task is given up.
    """
    waiting, pool, ended = iter(tasks), list[_Process](), Counter[str]()
    try:
        for task in islice(waiting, processes):
            pool.append(_Process(content, sandbox, pool))
            pool[-1].give(task)
        while pool:
            ready = wait([process.line for process in pool])
            for process in [process for process in pool if process.line in ready]:
                task, record = process.task, process.take()
                if record is None:
                    late = process.took_too_long()
                    process.start()
                    ended[task.label] += 1
                    if ended[task.label] < _ATTEMPTS and not late:
                        process.give(task)
                        continue
                    record = not_graded(task, _TOO_LONG if late else _ENDED)
                following = next(waiting, None)
                if following is not None:
                    process.give(following)
                else:
                    pool.remove(process)
                    process.end()
                yield record
    finally:
        for process in pool:
            process.end()


class _Process:
    """A process that grades, and our end of the line to it."""

    task: Task

    def __init__(self, content: ZipContent, sandbox: Sandbox, others: "list[_Process]") -> None:
        self._content, self._sandbox, self._others = content, sandbox, others
        self._process: BaseProcess | None = None
        self.start()

    def start(self) -> None:
        """Start the process; after it has ended, start a new one."""
        self.end()
        context = multiprocessing.get_context("fork")
        self.line, theirs = context.Pipe()
        own = self._sandbox.share()
        ours = [self.line, *(other.line for other in self._others if other is not self)]
        arguments = (theirs, ours, self._content, own, os.getpid())
        self._process = context.Process(target=_serve, args=arguments, daemon=True)
        self._process.start()
        theirs.close()
        own.close()  # otherwise the warm parent would not notice that the process is gone

    def give(self, task: Task) -> None:
        """Give it a task to grade."""
        self.task = task
        with suppress(OSError):  # it has ended; ``take`` will notice
            self.line.send(task)

    def take(self) -> Record | None:
        """Return its record of the task; None if the process ended."""
        try:
            record: Record = self.line.recv()
        except (EOFError, OSError):
            return None
        return record

    def took_too_long(self) -> bool:
        """Whether it has ended because a task took too long."""
        if self._process is not None:
            self._process.join(1)
        return self._process is not None and self._process.exitcode == -signal.SIGPROF

    def end(self) -> None:
        """Kill it, whatever it is doing."""
        process, self._process = self._process, None
        if process is not None:
            self.line.close()
            process.kill()
            process.join()


def _serve(line: Connection, others: list[Connection], content: ZipContent, sandbox: Sandbox, main: int) -> None:
    """Grade one task after another. The process ends with the main process, which handles Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != main:  # the main process ended before prctl was called
        os._exit(1)
    for other in others:
        other.close()
    _keep_freed_memory()
    grader = Grader(content, sandbox)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # it ends the process, whatever that is doing
    with suppress(EOFError, ConnectionError):  # the main process is done with us
        while True:
            task = line.recv()
            signal.setitimer(signal.ITIMER_PROF, _LONGEST)
            record = grader.grade(task)
            signal.setitimer(signal.ITIMER_PROF, 0)
            line.send(record)


def _keep_freed_memory() -> None:
    """Let ``malloc`` keep what is freed. Getting new pages for an array can take longer than what we do with it."""
    with suppress(AttributeError):  # a system without this function
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_M_TRIM_THRESHOLD, _KEPT)
        mallopt(_M_MMAP_THRESHOLD, _NEVER_KEPT)
