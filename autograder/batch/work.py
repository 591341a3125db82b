"""The work of ``autograder grade``: find submissions, grade those that have changed, and write tables."""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass

from ..errors import AutograderError, SubmissionError
from ..grading.quoting import grade_again
from ..grading.results import COMPLETED, OlderRecord, Record
from ..sandbox import Sandbox
from ..sandbox.worker import started_worker
from ..zips.reading import ZipContent
from .job import Batch, Summary
from .pool import grade_locally
from .progress import Reporter
from .store import Store
from .submissions import Found, find
from .tables import write_grades
from .tasks import Recorder, Task, grader_of, key_of


@dataclass(frozen=True, slots=True)
class _Before:
    """The part of a record that resuming needs. Only this part of each record stays in memory."""

    file: str
    path: str
    key: str = ""
    completed: bool = False
    older: bool = False

    @classmethod
    def of(cls, record: Record | OlderRecord) -> "_Before":
        if isinstance(record, OlderRecord):
            return cls(record.file, record.path, older=True)
        ours = record.ours
        return cls(ours.file, ours.path, ours.key, ours.status == COMPLETED)


class Work:
    """The work to do once the zip has been read and the output folder is locked."""

    def __init__(self, batch: Batch, archive: bytes, content: ZipContent, sandbox: Sandbox) -> None:
        """Prepare the work.

        Args:
            batch: what to grade, and how.
            archive: the autograder.zip.
            content: what is in the zip.
            sandbox: where submissions are run; not used with a cluster.

        Raises:
            AutograderError: the test cases of the zip cannot be loaded.
        """
        self.batch, self.archive, self.content, self.sandbox = batch, archive, content, sandbox
        self.grader = grader_of(archive)
        self.store = Store(batch.output)
        try:
            self.recorder = Recorder(content)
        except Exception as error:  # Otter and the file itself may raise anything
            raise AutograderError(
                f"the test cases in {batch.autograder} cannot be loaded ({type(error).__name__}: {error}): build it "
                "with 'autograder build'"
            ) from error

    def do(self) -> Summary:
        """Grade the submissions that need it.

        Raises:
            AutograderError: something is missing or cannot be written. What has been graded so far is kept.
        """
        self.store.tidy()
        before = {one.file: one for one in map(_Before.of, self.store.read_all())}
        with find(self.batch.paths, {one.path: label for label, one in before.items()}) as found:
            return self._grade(before, found)

    def _grade(self, before: dict[str, _Before], found: list[Found]) -> Summary:
        interrupted, failures = False, list[tuple[str, str, str]]()
        with Reporter(len(found), self.batch.quiet) as reporter:
            try:
                wanted = [one for one in found if self.batch.force or not self._is_done(one, before)]
                reporter.begin(len(found) - len(wanted))
                self._tell_of_older(before, found, reporter)
                with closing(self._records(wanted)) as records:
                    for record in records:
                        self.store.write(record)
                        reporter.count(record)
            except KeyboardInterrupt:
                interrupted = True
        try:
            failures = self._tables(found)
        except KeyboardInterrupt:  # write the table anyway, so that it matches the records
            interrupted = True
            failures = self._tables(found)
        return Summary(reporter.done, reporter.kept, failures, interrupted)

    def _tell_of_older(self, before: dict[str, _Before], found: list[Found], reporter: Reporter) -> None:
        labels = {one.label for one in found}
        again = sum(one.older and one.file in labels for one in before.values())
        others = sum(one.older for one in before.values()) - again
        for count, what in (
            (again, "graded again"),
            (others, "left out of the table: name their submissions, too, to grade them again"),
        ):
            records, are = ("record is", "is") if count == 1 else ("records are", "are")
            if count:
                reporter.say(f"{count} {records} from an older version of the autograder and {are} {what}")

    def _tables(self, found: list[Found]) -> list[tuple[str, str, str]]:
        """Write the table of all records. Return those of the given submissions that could not be graded."""
        labels, failures = {one.label for one in found}, []

        def watched() -> Iterator[Record]:
            for record in self.store.records():
                ours = record.ours
                if ours.status != COMPLETED and ours.file in labels:
                    failures.append((ours.file, ours.status, self._command(ours.path)))
                yield record

        write_grades(self.batch.output, watched())
        return failures

    def _records(self, wanted: list[Found]) -> Generator[Record, None, None]:
        """Grade submissions, here or on a cluster; yield each record as soon as it is ready."""
        batch, tasks = self.batch, (self._task(one) for one in wanted)
        if not wanted:
            return
        if batch.cluster:
            from .cluster import grade_on_cluster

            yield from grade_on_cluster(tasks, self.archive, batch.cluster, batch.confine, self.recorder.failed)
            return
        with started_worker(self.sandbox):
            pass  # if this fails, fail now, not once for each submission
        self.sandbox.dismiss()  # each process that grades has a keeper of its own
        yield from grade_locally(tasks, self.content, batch.processes, self.sandbox, self.recorder.failed)

    def _command(self, path: str) -> str:
        """Return the command that grades one submission again."""
        batch = self.batch
        more = ["--cluster", batch.cluster] if batch.cluster else [] if batch.confine else ["--unconfined"]
        return grade_again(path, str(batch.autograder), batch.output, *more)

    def _is_done(self, one: Found, before: dict[str, _Before]) -> bool:
        record = before.get(one.label)
        if record is None or not record.completed:
            return False
        name, content, problem = _content(one)
        return record.key == key_of(content or problem.encode(), name, self.grader)

    def _task(self, one: Found) -> Task:
        name, content, problem = _content(one)
        key = key_of(content or problem.encode(), name, self.grader)
        return Task(one.label, one.address, name, content, key, str(self.batch.autograder), one.student, problem)


def _content(one: Found) -> tuple[str, bytes, str]:
    """Return file name, content, and the reason if it cannot be read. Odd bytes in names become escapes."""
    try:
        name, content, problem = *one.read(), ""
    except SubmissionError as error:
        name, content, problem = one.path.name, b"", str(error)
    return _as_text(name), content, _as_text(problem)


def _as_text(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()
