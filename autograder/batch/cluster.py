"""Grade on a Dask cluster: send tasks to the scheduler, a few at a time, and receive records.

The scheduler and the workers are trusted as much as this process. Only the bytes of a submission are sent. The worker
parses and grades them, behind the same wall as on this machine. Tasks and records are sent as plain data and converted
to their types on arrival.
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

from ..errors import AutograderError, SandboxError
from ..grading.results import Record
from ..version import identity
from .tasks import Task, not_graded

#: Seconds to wait for the scheduler, and for the first worker.
_PATIENCE = 10.0

#: Tasks in the cluster for each thread of a worker: one being graded, one on its way.
_AHEAD = 2

#: Seconds between two counts of the workers.
_RECOUNT = 2.0

_AGAIN = "what has been graded so far is kept; run the same command again to resume"


def grade_on_cluster(tasks: Iterable[Task], archive: bytes, address: str, confine: bool) -> Iterator[Record]:
    """Grade tasks on a Dask cluster.

    Args:
        tasks: read one by one, as workers become free.
        archive: the autograder.zip.
        address: the scheduler's address, such as ``tcp://HOST:8786``.
        confine: whether workers confine student code.

    Yields:
        Each record as soon as it is ready.

    Raises:
        AutograderError: Dask is not installed, no scheduler answers at the address, there is no worker, or a worker
            has another version of this package or cannot confine student code.
    """
    try:
        import distributed

        from .cluster_worker import Grading
    except ImportError as error:
        raise AutograderError(
            f"--cluster needs Dask ({error}): install it with python -m pip install '.[cluster]'"
        ) from error
    with _connected(distributed, address) as client:
        version = identity()
        _check_workers(client, address, version)
        plugin = f"autograder-{uuid.uuid4()}"
        client.register_plugin(Grading(plugin, archive, confine), name=plugin)
        try:
            yield from _Window(client, plugin, version).grade(iter(tasks))
        finally:
            with suppress(Exception):  # the scheduler may be gone
                client.unregister_worker_plugin(plugin)


@contextmanager
def _connected(distributed: Any, address: str) -> Iterator[Any]:
    for name in [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # our own messages say what matters
    warnings.filterwarnings("ignore", message="Sending large")
    try:
        distributed.comm.resolve_address(address)
        client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, RuntimeError, TypeError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise AutograderError(
            f"no scheduler answers at {address} ({reason}): start one with 'dask scheduler', and give its address, "
            "such as tcp://HOST:8786"
        ) from error
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=2)


def _check_workers(client: Any, address: str, ours: str) -> None:
    """Check that there are workers, and that all of them have exactly the same package as this machine."""

    def installed() -> str | None:  # sent to the workers by value: they may lack the package
        try:
            from ..version import identity
        except ImportError:
            return None
        return identity()

    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except (TimeoutError, OSError) as error:
        raise AutograderError(
            f"the scheduler at {address} has no workers: start some with 'dask worker {address} --nthreads 1'"
        ) from error
    for worker, version in client.run(installed, on_error="return").items():
        if isinstance(version, Exception):
            continue  # it has just ended
        if version != ours:
            found = f"has version {version}" if version else "lacks this package, or has an older one"
            raise AutograderError(
                f"worker {worker} {found}; this machine has version {ours}: install the same version everywhere"
            )


class _Window:
    """A sliding window over all tasks: it holds those that are in the cluster now."""

    def __init__(self, client: Any, plugin: str, version: str) -> None:
        self.client, self.plugin, self.version = client, plugin, version
        self._running: dict[Any, Task] = {}
        self._done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._numbers = count()
        self._counted, self._room = -_RECOUNT, 1

    def grade(self, tasks: Iterator[Task]) -> Iterator[Record]:
        """Grade all tasks. A task whose workers kept ending is graded once more, on its own."""
        suspects: list[Task] = []
        try:
            yield from self._slide(tasks, suspects.append)
            given_up: list[Task] = []
            for task in suspects:
                yield from self._slide(iter([task]), given_up.append)
            for task in given_up:
                yield not_graded(task, "the workers that graded it kept dying: do they have enough memory?")
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
        """How many tasks may be in the cluster. Workers come and go, so they are counted every few seconds."""
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
        future = self.client.submit(grade_here, self.plugin, self.version, plain, key=key, pure=False)
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
        """Return the record that a future holds; None if its workers were killed."""
        from distributed import KilledWorker

        from .cluster_worker import RECORD, REFUSED

        try:
            result = future.result()
        except KilledWorker:
            killed(task)
            return None
        except ImportError as error:
            raise AutograderError(
                f"a worker lacks a package ({error}): install the same packages everywhere; {_AGAIN}"
            ) from error
        except Exception as error:
            if future.cancelled() or self.client.status != "running":
                raise AutograderError(f"the scheduler is gone; {_AGAIN}") from error
            return not_graded(task, f"its worker failed ({type(error).__name__}: {error})")
        if REFUSED in result:
            raise SandboxError(f"{result[REFUSED]}; {_AGAIN}")
        return msgspec.convert(result[RECORD], Record)
