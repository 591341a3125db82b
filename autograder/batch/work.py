"""The work of ``autograder grade``: find submissions, grade those that have changed, and write tables."""

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

import click
import msgspec

from ..errors import OurFault, SubmissionError, our_fault
from ..grading.people import Entry
from ..grading.quoting import grade_again
from ..grading.results import OlderRecord, Record
from ..grading.submission import Wanted
from ..sandbox import Sandbox
from ..sandbox.text import as_text, clean_line
from ..sandbox.worker import started_worker
from ..zips.reading import ZipContent
from .asking import Asked
from .found import Found
from .job import Batch, Summary
from .outcome import Outcome
from .pool import grade_locally
from .progress import Reporter
from .store import Store
from .submissions import Classroom
from .tasks import Recorder, Task, grader_of, key_of, not_graded


@dataclass(frozen=True, slots=True)
class _Before:
    """The part of a record that resuming needs. Only this part of each record stays in memory."""

    file: str
    path: str
    key: str = ""
    completed: bool = False
    grader: str = ""
    older: bool = False
    entry: Entry = field(default_factory=Entry)

    @classmethod
    def of(cls, record: Record | OlderRecord) -> "_Before":
        if isinstance(record, OlderRecord):
            return cls(record.file, record.path, older=True)
        ours = record.ours
        return cls(ours.file, ours.path, ours.key, ours.completed, ours.grader, entry=ours.entry)


class Work:
    """The work to do once the zip has been read and the output folder is locked."""

    def __init__(self, batch: Batch, archive: bytes, content: ZipContent) -> None:
        """Prepare the work.

        Args:
            batch: what to grade, and how.
            archive: the autograder.zip.
            content: what is in it.
        """
        self.batch, self.archive, self.content = batch, archive, content
        self.grader = grader_of(archive)
        self.store = Store(batch.output)

    def do(self, sandbox: Sandbox) -> Summary:
        """Grade everything that needs grading.

        Args:
            sandbox: where submissions are run; not needed on a cluster.

        Raises:
            OurFault: nothing can be graded here; what has been graded so far is kept.
            Undecided: it is not clear whose work a download holds; nothing was graded.
            AutograderError: something is missing or cannot be written; what has been graded so far is kept.
        """
        try:
            Recorder(self.content)  # this loads the test files, which the content keeps
        except Exception as error:  # Otter and the files themselves may raise anything
            fault = our_fault(error)
            raise OurFault(f"the test cases in {self.batch.autograder} cannot be used: {fault}") from error
        with self._asked() as (before, asked):
            return self._grade(before, asked, sandbox)

    def give_up(self, fault: OurFault) -> None:
        """Note that nothing can be graded, and why, for each submission that is not done yet."""
        with suppress(OurFault), self._asked() as (before, asked):
            for one in asked.classroom.found:
                if not self._is_done(one, before):
                    self.store.write(not_graded(self._task(one), str(fault)))
            outcome = Outcome(self.store, asked, {one.label for one in asked.classroom.found})
            outcome.write()
            for line in outcome.edits:
                click.echo(clean_line(line), err=True)

    @contextmanager
    def _asked(self) -> Iterator[tuple[dict[str, _Before], Asked]]:
        """What was graded before, by label, and what is to be graded."""
        self.store.tidy()
        before = {one.file: one for one in map(_Before.of, self.store.read_all())}
        known = {one.file: (one.path, one.entry) for one in before.values() if not one.older}
        run = msgspec.structs.replace(self.store.run(), assignment=self.content.settings.assignment_name)
        with Asked.by(self.batch, run, self._wanted(), known) as asked:
            self.store.write_run(asked.run)  # only now, as a class that cannot be read leaves everything as it was
            self.store.keep_zip(self.archive)
            yield before, asked

    def _wanted(self) -> Wanted:
        """What a submission should contain. Its functions are not known if the test cases are broken."""
        settings = self.content.settings
        try:
            return Wanted(self.content.judge.functions, settings.assignment_name)
        except Exception:  # the files may raise anything; it has been reported, or will be
            return Wanted((), settings.assignment_name)

    def _grade(self, before: dict[str, _Before], asked: Asked, sandbox: Sandbox) -> Summary:
        interrupted, classroom = False, asked.classroom
        done = {one.label for one in classroom.found if self._is_done(one, before)}
        replaced = [one.label for one in asked.part if one.label not in done and self._is_replaced(one, before)]
        with Reporter(len(asked.part), self.batch.quiet) as reporter:
            try:
                wanted = [one for one in asked.part if self.batch.force or one.label not in done]
                reporter.begin(len(asked.part) - len(wanted))
                self._tell_of_older(before, classroom, reporter)
                self._refresh(before, [one for one in classroom.found if one.label in done])
                wanted = list(self._without_carried(asked.part, wanted, done, reporter))
                with closing(self._records(wanted, sandbox)) as records:
                    for record in records:
                        self.store.write(record)
                        done.add(record.ours.file)
                        reporter.count(record)
            except KeyboardInterrupt:
                interrupted = True
        outcome = Outcome(self.store, asked, done)
        try:
            outcome.write()
        except KeyboardInterrupt:  # write the tables anyway, so that they match the records
            interrupted = True
            outcome.write()
        labels = {one.label for one in classroom.found}
        left_out = sorted(label for label, one in before.items() if label not in labels and not one.older)
        failures = [(label, reason, self._command(path)) for label, reason, path in outcome.failures]
        return Summary(
            reporter.done,
            reporter.kept,
            failures,
            interrupted,
            outcome.told(left_out, replaced),
            outcome.edits,
            outcome.problems,
        )

    def _without_carried(
        self, part: list[Found], wanted: list[Found], done: set[str], reporter: Reporter
    ) -> Iterator[Found]:
        """Write the records that need no grading, and yield the submissions that do."""
        if self.batch.carry is None:
            yield from wanted
            return
        todo = {one.label for one in wanted}
        for one in part:
            record = self.batch.carry(self._task(one))
            if record is None and one.label in todo:
                yield one
            elif record is not None and one.label in todo:
                self.store.write(record)
                done.add(record.ours.file)
                reporter.count(record)

    def _refresh(self, before: dict[str, _Before], kept: list[Found]) -> None:
        """Update the records of submissions that are the same, if the download now says other things about them."""
        for one in kept:
            old = before[one.label]
            if (old.entry, old.path) != (one.entry, one.address) and (record := self.store.read(one.label)):
                ours = msgspec.structs.replace(record.ours, entry=one.entry, path=one.address)
                extra = msgspec.structs.replace(record.extra_data, autograder=ours)
                self.store.write(msgspec.structs.replace(record, extra_data=extra))

    def _tell_of_older(self, before: dict[str, _Before], classroom: Classroom, reporter: Reporter) -> None:
        labels = {one.label for one in classroom.found}
        again = sum(one.older and one.file in labels for one in before.values())
        others = sum(one.older for one in before.values()) - again
        for count, what in (
            (again, "graded again"),
            (others, "left out of the table: name their submissions, too, to grade them again"),
        ):
            records, are = ("record is", "is") if count == 1 else ("records are", "are")
            if count:
                reporter.say(f"{count} {records} from an older version of the autograder and {are} {what}")

    def _records(self, wanted: list[Found], sandbox: Sandbox) -> Generator[Record, None, None]:
        """Grade submissions, here or on a cluster, and yield their records as they are done."""
        batch, tasks = self.batch, (self._task(one) for one in wanted)
        if not wanted:
            return
        if batch.cluster:
            from .cluster import grade_on_cluster

            yield from grade_on_cluster(tasks, self.archive, batch.cluster, batch.confine)
            return
        with started_worker(sandbox):
            pass  # otherwise every submission would have the same error
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

    def _is_replaced(self, one: Found, before: dict[str, _Before]) -> bool:
        """Whether work from another download was graded under the label of work that is to be graded now."""
        record = before.get(one.label)
        return (
            record is not None and record.completed and record.path != one.address
            and record.grader == self.grader.hex()
        )  # fmt: skip

    def _task(self, one: Found) -> Task:
        name, content, problem, fault = _content(one)
        key = key_of(content or problem.encode(), name, self.grader)
        return Task(
            one.label, one.address, name, content, key, str(self.batch.autograder), one.entry, problem, fault,
            self.grader.hex(),
        )  # fmt: skip


def _content(one: Found) -> tuple[str, bytes, str, str]:
    """File name, content, and why there is none, for the student or for staff; invalid bytes in a name are escaped."""
    name, content, problem, fault = one.label.split("/")[-1], b"", "", ""
    try:
        name, content = one.read()
    except SubmissionError as error:
        problem = str(error)
    except Exception as error:
        fault = str(our_fault(error))
    return as_text(name), content, as_text(problem), as_text(fault)
