"""What a run of ``autograder grade`` does: it finds submissions, grades those that have changed, and writes tables."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from ..errors import AutograderError, SubmissionError
from ..grading.grade import nothing_run
from ..grading.quoting import grade_again
from ..sandbox import Sandbox
from ..sandbox.worker import started_worker
from ..zips.reading import ZipContent
from .pool import grade_locally
from .progress import Reporter
from .records import COMPLETED, FAULT, Record, Store, Task, key_of, make_record, ours
from .run import Batch, Summary
from .submissions import Found, find
from .tables import write_grades


@dataclass(frozen=True, slots=True)
class _Before:
    """What resuming needs of a record; of many records, no more is kept in memory."""

    path: str
    key: str
    completed: bool

    @classmethod
    def of(cls, record: Record) -> "_Before":
        part = ours(record)
        return cls(part["path"], part["key"], part["status"] == COMPLETED)


class Work:
    """One run."""

    def __init__(self, batch: Batch, archive: bytes, content: ZipContent, sandbox: Sandbox) -> None:
        """Prepare a run.

        Args:
            batch: what to grade, and how.
            archive: the autograder.zip.
            content: what is in it.
            sandbox: where submissions are run; not needed on a cluster.

        Raises:
            AutograderError: the test cases of the zip cannot be loaded.
        """
        self.batch, self.archive, self.content, self.sandbox = batch, archive, content, sandbox
        self.failed = _failed_record(content, str(batch.autograder))
        self.store = Store(batch.output)

    def do(self) -> Summary:
        """Grade what is to be graded.

        Raises:
            AutograderError: something is missing or cannot be written; what was graded until then is kept.
        """
        self.store.tidy()
        before = {ours(record)["file"]: _Before.of(record) for record in self.store.read_all()}
        with find(self.batch.paths, {record.path: label for label, record in before.items()}) as found:
            return self._grade(before, found)

    def _grade(self, before: dict[str, _Before], found: list[Found]) -> Summary:
        wanted = [one for one in found if self.batch.force or not self._is_done(one, before)]
        interrupted = False
        with Reporter(len(found), len(found) - len(wanted), self.batch.quiet) as reporter:
            try:
                for record in self._records(wanted):
                    self.store.write(record)
                    reporter.count(record)
            except KeyboardInterrupt:
                interrupted = True
        labels, failures = {one.label for one in found}, []

        def watched() -> Iterator[Record]:
            for record in self.store.read_all():
                part = ours(record)
                if part["status"] != COMPLETED and part["file"] in labels:
                    failures.append((part["file"], part["status"], self._command(part["path"])))
                yield record

        write_grades(self.batch.output, watched())
        return Summary(reporter.done, len(found) - len(wanted), failures, interrupted)

    def _records(self, wanted: list[Found]) -> Iterator[Record]:
        """Grade submissions, here or on a cluster; yields their records as they are done."""
        batch, tasks = self.batch, (self._task(one) for one in wanted)
        if not wanted:
            return
        if batch.cluster:
            from .cluster import grade_on_cluster

            yield from grade_on_cluster(tasks, self.archive, batch.cluster, batch.confine, self.failed)
            return
        with started_worker(self.sandbox):
            pass  # else each submission would have the same error
        self.sandbox.dismiss()  # each process of the pool has a keeper of its own
        yield from grade_locally(tasks, self.content, batch.processes, self.sandbox, self.failed)

    def _command(self, path: str) -> str:
        """The command that grades one submission again."""
        batch = self.batch
        more = ["--cluster", batch.cluster] if batch.cluster else [] if batch.confine else ["--unconfined"]
        return grade_again(path, str(batch.autograder), batch.output, *more)

    def _is_done(self, one: Found, before: dict[str, _Before]) -> bool:
        record = before.get(one.label)
        if record is None or not record.completed:
            return False
        name, content, problem = _content(one)
        return record.key == key_of(content or problem.encode(), name, self.archive)

    def _task(self, one: Found) -> Task:
        student = asdict(one.student) if one.student else None
        name, content, problem = _content(one)
        key = key_of(content or problem.encode(), name, self.archive)
        return Task(one.label, one.address, name, content, key, str(self.batch.autograder), student, problem)


def _content(one: Found) -> tuple[str, bytes, str]:
    """File name, content, and why there is none; odd bytes of a name are written out."""
    try:
        name, content, problem = *one.read(), ""
    except SubmissionError as error:
        name, content, problem = one.path.name, b"", str(error)
    return _as_text(name), content, _as_text(problem)


def _as_text(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()


def _failed_record(content: ZipContent, name: str) -> Callable[[Task, str], Record]:
    """Return a function that makes the record of a task that could not be graded.

    Raises:
        AutograderError: the test cases of the zip cannot be loaded.
    """
    try:
        test_files = content.judge.test_files
    except Exception as error:  # whatever Otter or the file itself raises
        raise AutograderError(
            f"the test cases in {name} cannot be loaded ({type(error).__name__}: {error}): build it with "
            "'autograder build'"
        ) from error

    def failed(task: Task, reason: str) -> Record:
        outcome = nothing_run(FAULT, "")
        return make_record(task, outcome, test_files, json.loads(content.config), reason, 0.0)

    return failed
