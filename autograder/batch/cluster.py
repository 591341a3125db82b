"""Grading on a Dask cluster: tasks go to the scheduler a few at a time, and records come back.

The scheduler and the workers belong to whoever started them, and are trusted as this process is. Of a submission only
its bytes travel; they are read where they are graded, behind the same wall as locally. Tasks and records cross as plain
data, and are given their types where they arrive.
"""

import logging
import queue
import time
import uuid
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count, islice
from typing import Any

import msgspec

from .. import __version__
from ..errors import AutograderError, SandboxError
from ..grading.results import Record
from .tasks import Failed, Task

#: Seconds to wait for the scheduler, and for a first worker.
_PATIENCE = 10.0

#: Tasks in the cluster for each thread of a worker: one that is graded, one on its way.
_AHEAD = 2

#: Seconds between two looks at how many workers there are.
_RECOUNT = 2.0

_AGAIN = "what was graded until now is kept, and the same command goes on from there"


def grade_on_cluster(
    tasks: Iterable[Task], archive: bytes, address: str, confine: bool, failed: Failed
) -> Iterator[Record]:
    """Grade tasks on a Dask cluster.

    Args:
        tasks: read one by one, as workers get free.
        archive: the autograder.zip.
        address: of the scheduler, like ``tcp://HOST:8786``.
        confine: whether workers confine student code.
        failed: makes the record of a task that could not be graded.

    Yields:
        Records, as they are done.

    Raises:
        AutograderError: Dask is not installed, nobody answers at the address, there is no worker, or a worker has
            another version of this package or cannot confine student code.
    """
    try:
        import distributed

        from .cluster_worker import Grading
    except ImportError as error:
        raise AutograderError(
            f"--cluster needs Dask ({error}): install this project with it, python -m pip install '.[cluster]'"
        ) from error
    with _connected(distributed, address) as client:
        _check_workers(client, address)
        plugin = f"autograder-{uuid.uuid4()}"
        client.register_plugin(Grading(plugin, archive, confine), name=plugin)
        try:
            yield from _Window(client, plugin, failed).grade(iter(tasks))
        finally:
            with suppress(Exception):  # the scheduler may be gone
                client.unregister_worker_plugin(plugin)


@contextmanager
def _connected(distributed: Any, address: str) -> Iterator[Any]:
    for name in [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is told by us
    warnings.filterwarnings("ignore", message="Sending large")
    try:
        distributed.comm.resolve_address(address)
        client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, RuntimeError, TypeError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise AutograderError(
            f"no scheduler answers at {address} ({reason}): start one with 'dask scheduler', and give its address like "
            "tcp://HOST:8786"
        ) from error
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=2)


def _check_workers(client: Any, address: str) -> None:
    """See that there are workers, and that all of them have this package in this version."""

    def installed() -> str | None:  # goes to the workers as it stands here: they may lack the package
        try:
            from .. import __version__ as version
        except ImportError:
            return None
        return version

    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except (TimeoutError, OSError) as error:
        raise AutograderError(
            f"the scheduler at {address} has no workers: start some with 'dask worker {address} --nthreads 1'"
        ) from error
    for worker, version in client.run(installed, on_error="return").items():
        if isinstance(version, Exception):
            continue  # it has just ended
        if version != __version__:
            found = f"has version {version}" if version else "does not have this package"
            raise AutograderError(
                f"worker {worker} {found}, and this is version {__version__} of the autograder: install the same on all"
            )


class _Window:
    """A window of tasks that slides over all of them."""

    def __init__(self, client: Any, plugin: str, failed: Failed) -> None:
        self.client, self.plugin, self.failed = client, plugin, failed
        self._running: dict[Any, Task] = {}
        self._done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._numbers = count()
        self._counted, self._room = -_RECOUNT, 1

    def grade(self, tasks: Iterator[Task]) -> Iterator[Record]:
        """Grade all; those whose workers ended again and again once more, each on its own."""
        suspects: list[Task] = []
        try:
            yield from self._slide(tasks, suspects.append)
            given_up: list[Task] = []
            for task in suspects:
                yield from self._slide(iter([task]), given_up.append)
            for task in given_up:
                yield self.failed(task, "the workers that graded it ended, again and again")
        finally:
            with suppress(Exception):
                self.client.cancel(list(self._running))

    def _slide(self, tasks: Iterator[Task], killed: Callable[[Task], None]) -> Iterator[Record]:
        while True:
            for task in islice(tasks, max(self._size() - len(self._running), 0)):
                self._submit(task)
            if not self._running:
                return
            future = self._next()
            task = self._running.pop(future)
            record = self._record(future, task, killed)
            if record is not None:
                yield record

    def _size(self) -> int:
        """Tasks that are in the cluster at a time; workers are counted every few seconds, as they come and go."""
        if time.monotonic() > self._counted + _RECOUNT:
            self._counted, self._room = time.monotonic(), self._count()
        return self._room

    def _count(self) -> int:
        workers = self.client.scheduler_info(n_workers=-1)["workers"]
        threads = int(sum(worker["nthreads"] for worker in workers.values()))
        return _AHEAD * max(threads, 1)

    def _submit(self, task: Task) -> None:
        from .cluster_worker import grade_here

        key = f"{self.plugin}-{next(self._numbers)}"
        plain = msgspec.to_builtins(task, builtin_types=(bytes,))
        future = self.client.submit(grade_here, self.plugin, __version__, plain, key=key, pure=False)
        self._running[future] = task
        future.add_done_callback(self._done.put)

    def _next(self) -> Any:
        while True:
            try:
                return self._done.get(timeout=_PATIENCE)
            except queue.Empty:
                if self.client.status != "running":
                    raise AutograderError(f"the scheduler is gone; {_AGAIN}") from None

    def _record(self, future: Any, task: Task, killed: Callable[[Task], None]) -> Record | None:
        """The record that a future holds; None if its workers were killed."""
        from distributed import KilledWorker

        from .cluster_worker import RECORD, REFUSED

        try:
            result = future.result()
        except KilledWorker:
            killed(task)
            return None
        except ImportError as error:
            raise AutograderError(f"a worker lacks something ({error}): install the same on all; {_AGAIN}") from error
        except Exception as error:
            if future.cancelled() or self.client.status != "running":
                raise AutograderError(f"the scheduler is gone; {_AGAIN}") from error
            return self.failed(task, f"{type(error).__name__}: {error}")
        if REFUSED in result:
            raise SandboxError(f"{result[REFUSED]}; {_AGAIN}")
        return msgspec.convert(result[RECORD], Record)
