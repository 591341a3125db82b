"""The work of ``autograder grade``: find submissions, grade those that have changed, and write tables."""

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass

from ..errors import OurFault, SubmissionError, our_fault
from ..grading.people import Entry
from ..grading.quoting import grade_again
from ..grading.results import OlderRecord, Record
from ..sandbox import Sandbox
from ..sandbox.worker import started_worker
from ..zips.reading import ZipContent
from .job import Batch, Summary
from .pool import grade_locally
from .progress import Reporter
from .store import Store
from .submissions import Found, find
from .tables import Row, write_grades
from .tasks import Recorder, Task, grader_of, key_of, not_graded


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
        return cls(ours.file, ours.path, ours.key, ours.completed)


class Work:
    """The work to do once the zip has been read and the output folder is locked."""

    def __init__(self, batch: Batch, archive: bytes, content: ZipContent) -> None:
        """Prepare it.

        Args:
            batch: what to grade, and how.
            archive: the autograder.zip.
            content: what is in it.
        """
        self.batch, self.archive, self.content = batch, archive, content
        self.grader = grader_of(archive)
        self.store = Store(batch.output)

    def do(self, sandbox: Sandbox) -> Summary:
        """Grade what is to be graded.

        Args:
            sandbox: where submissions are run; not needed on a cluster.

        Raises:
            OurFault: nothing can be graded here; what was graded until then is kept.
            AutograderError: something is missing or cannot be written; what was graded until then is kept.
        """
        try:
            Recorder(self.content)  # whose parts are kept in the content
        except Exception as error:  # whatever Otter or the files themselves raise
            fault = our_fault(error)
            raise OurFault(f"the test cases in {self.batch.autograder} cannot be used: {fault}") from error
        with self._found() as (before, found):
            return self._grade(before, found, sandbox)

    def give_up(self, fault: OurFault) -> None:
        """Note that nothing can be graded, and why, for each submission that is not done yet."""
        with suppress(OurFault), self._found() as (before, found):
            for one in found:
                if not self._is_done(one, before):
                    self.store.write(not_graded(self._task(one), str(fault)))
            write_grades(self.batch.output, map(Row.of, self.store.records()))

    @contextmanager
    def _found(self) -> Iterator[tuple[dict[str, _Before], list[Found]]]:
        """What was graded before, by label, and all submissions."""
        self.store.tidy()
        before = {one.file: one for one in map(_Before.of, self.store.read_all())}
        with find(self.batch.paths, {one.path: label for label, one in before.items()}) as found:
            yield before, found

    def _grade(self, before: dict[str, _Before], found: list[Found], sandbox: Sandbox) -> Summary:
        interrupted, failures = False, list[tuple[str, str, str]]()
        with Reporter(len(found), self.batch.quiet) as reporter:
            try:
                wanted = [one for one in found if self.batch.force or not self._is_done(one, before)]
                reporter.begin(len(found) - len(wanted))
                self._tell_of_older(before, found, reporter)
                with closing(self._records(wanted, sandbox)) as records:
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
                if not ours.completed and ours.file in labels:
                    failures.append((ours.file, ours.fault, self._command(ours.path)))
                yield record

        write_grades(self.batch.output, map(Row.of, watched()))
        return failures

    def _records(self, wanted: list[Found], sandbox: Sandbox) -> Generator[Record, None, None]:
        """Grade submissions, here or on a cluster; yields their records as they are done."""
        batch, tasks = self.batch, (self._task(one) for one in wanted)
        if not wanted:
            return
        if batch.cluster:
            from .cluster import grade_on_cluster

            yield from grade_on_cluster(tasks, self.archive, batch.cluster, batch.confine)
            return
        with started_worker(sandbox):
            pass  # else each submission would have the same error
        sandbox.dismiss()  # each process that grades has a keeper of its own
        yield from grade_locally(tasks, self.content, batch.processes, sandbox)

    def _command(self, path: str) -> str:
        """Return the command that grades one submission again."""
        batch = self.batch
        more = ["--cluster", batch.cluster] if batch.cluster else [] if batch.confine else ["--unconfined"]
        return grade_again(path, str(batch.autograder), batch.output, *more)

    def _is_done(self, one: Found, before: dict[str, _Before]) -> bool:
        record = before.get(one.label)
        if record is None or not record.completed:
            return False
        name, content, problem, fault = _content(one)
        return not fault and record.key == key_of(content or problem.encode(), name, self.grader)

    def _task(self, one: Found) -> Task:
        name, content, problem, fault = _content(one)
        key = key_of(content or problem.encode(), name, self.grader)
        return Task(
            one.label,
            one.address,
            name,
            content,
            key,
            str(self.batch.autograder),
            Entry(students=[one.student] if one.student else []),
            problem,
            fault,
        )


def _content(one: Found) -> tuple[str, bytes, str, str]:
    """File name, content, and why there is none, for the student or for staff; odd bytes of a name are written out."""
    name, content, problem, fault = one.path.name, b"", "", ""
    try:
        name, content = one.read()
    except SubmissionError as error:
        problem = str(error)
    except Exception as error:
        fault = str(our_fault(error))
    return _as_text(name), content, _as_text(problem), _as_text(fault)


def _as_text(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()
