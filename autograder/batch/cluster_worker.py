"""What runs in the workers of a Dask cluster. Each worker process grades as this machine would."""

from contextlib import ExitStack
from threading import Lock
from typing import Any

import msgspec
from distributed import Worker, WorkerPlugin, get_worker

from ..errors import AutograderError
from ..grading.results import Record
from ..sandbox import Sandbox
from ..sandbox.worker import started_worker
from ..version import identity
from ..zips.reading import parse_autograder_zip
from .scratch import scratch_folder
from .tasks import Grader, Task

#: Keys of what a task returns: a record, or the reason why this worker cannot grade at all.
RECORD, REFUSED = "record", "refused"


class Grading(WorkerPlugin):  # type: ignore[misc]
    """Brings autograder.zip to each worker once, even to one that joins later, and grades there."""

    def __init__(self, name: str, archive: bytes, confine: bool) -> None:
        self.name, self.archive, self.confine = name, archive, confine

    def setup(self, worker: Worker) -> None:
        """Prepare the worker. The warm parent starts with the first submission."""
        self._lock, self._stack = Lock(), ExitStack()
        self.version = identity()
        self._grader: Grader | None = None

    def teardown(self, worker: Worker) -> None:
        """End the warm parent."""
        self._stack.close()

    def grade(self, task: Task) -> Record:
        """Grade a submission. A worker with several threads still grades one at a time."""
        with self._lock:
            if self._grader is None:
                self._grader = self._start()
            return self._grader.grade(task)

    def _start(self) -> Grader:
        with ExitStack() as stack:
            stack.enter_context(scratch_folder())
            sandbox = stack.enter_context(Sandbox(confine=self.confine))
            with started_worker(sandbox):
                pass  # if this fails, fail now, not once for each submission
            grader = Grader(parse_autograder_zip(self.archive, "autograder.zip"), sandbox)
            self._stack = stack.pop_all()
        return grader


def grade_here(plugin: str, version: str, task: dict[str, Any]) -> dict[str, Any]:
    """Grade a submission in this worker; called by Dask.

    Args:
        plugin: the name under which the ``Grading`` plugin is registered.
        version: what ``identity`` returns on the machine that sends the task.
        task: a ``Task`` as plain data.
    """
    worker = get_worker()
    grading = worker.plugins[plugin]
    if version != grading.version:
        return {REFUSED: f"worker {worker.address} has version {grading.version} of the autograder, not {version}"}
    try:
        record = grading.grade(msgspec.convert(task, Task, builtin_types=(bytes,)))
        return {RECORD: msgspec.to_builtins(record)}
    except AutograderError as error:
        return {REFUSED: f"worker {worker.address}: {error}"}
