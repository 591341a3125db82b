"""``autograder written``: a PDF of each submission's written answers, a packet for each question, and a table."""

import hashlib
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ..batch.asking import Asked
from ..batch.command import locked
from ..batch.found import Found
from ..batch.job import Batch
from ..batch.store import Store
from ..errors import AutograderError, SubmissionError, our_fault
from ..grading.files import RecordError, from_json
from ..grading.handout import Handout
from ..grading.people import Entry
from ..grading.results import OlderRecord
from ..grading.submission import Wanted
from ..sandbox.text import as_text, clean
from ..settings import Settings
from ..version import digest_of_package
from ..zips.cases import functions_of
from ..zips.reading import ZipContent, read_autograder_zip
from .codes import read_codes, with_codes, write_codes
from .collecting import WrittenWork, written_work
from .drawings import DrawnThen, GradedDrawings
from .layout import AnswerPages, lay_out
from .packets import write_packets, write_rubric
from .rubric import Rubric, read_rubric
from .sheet import write_sheet
from .sheets import PageHead, Section, make_pdf
from .store import MadePages, WrittenStore
from .typesetter import Typesetter

#: The rubric, unless another one is named.
_RUBRIC = Path("reference_solution/rubric.md")


@dataclass(frozen=True)
class WrittenJob:
    """Which PDFs to make, and how."""

    batch: Batch
    """The class, as for ``autograder grade``."""
    seed: int = 0
    """Decides the order of the packets."""
    names: bool = False
    """Whether packets show who wrote an answer."""
    rubric: Path | None = None
    graded: Path | None = None
    """The folder of ``autograder grade``, whose drawings are shown; by default the same one."""


@dataclass
class WrittenSummary:
    """The outcome."""

    made: int = 0
    kept: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    """Label and reason for each submission without a PDF."""
    interrupted: bool = False
    told: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Assignment:
    """What is known about the assignment."""

    title: str
    handout: Handout
    titles: Mapping[str, str]
    functions: Mapping[str, str]
    wanted: Wanted
    key: bytes
    rubric: Rubric | None
    trouble: str
    """Why there is no rubric."""


def make_written(job: WrittenJob) -> WrittenSummary:
    """Make the PDFs of a class, the packets and the table for graders.

    Raises:
        Undecided: it is not clear whose work is in a download.
        AutograderError: something is missing or cannot be written.
    """
    Typesetter().close()  # fails at once if something is not installed
    content = read_autograder_zip(job.batch.autograder)
    assignment = _assignment(content, job)
    output = job.batch.output
    with _own_folder(output):
        records = Store(output)
        known = {
            record.ours.file: (record.ours.path, record.ours.entry)
            for record in records.read_all()
            if not isinstance(record, OlderRecord)
        }
        with Asked.by(job.batch, records.run(), assignment.wanted, known) as asked:
            return _Work(job, assignment).do(asked.part, asked.classroom.found)


def _assignment(content: ZipContent, job: WrittenJob) -> _Assignment:
    if not content.written:
        raise AutograderError(f"{job.batch.autograder}: every question has test cases, so nothing is graded by hand")
    if not content.handout:
        raise AutograderError(
            f"{job.batch.autograder} does not say where the written answers are: build it again with 'autograder build'"
        )
    try:
        handout = from_json(content.handout, Handout)
    except RecordError as error:
        raise AutograderError(f"{job.batch.autograder}: its description of the handout is {error}") from error
    if lack := handout.lack(content.written):
        raise AutograderError(lack)
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        questions = sorted(name.removesuffix(".py") for name in content.tests)
        functions = functions_of(content.write_tests(Path(folder)), questions)
    settings = content.settings
    titles = {question: handout.titles[question] for question in content.written}
    key = digest_of_package() + hashlib.sha256(content.handout + content.config.encode()).digest()
    wanted = Wanted(tuple(functions), settings.assignment_name)
    rubric, trouble = _rubric(job.rubric, settings, titles)
    return _Assignment(settings.title, handout, titles, functions, wanted, key, rubric, trouble)


def _rubric(named: Path | None, settings: Settings, titles: Mapping[str, str]) -> tuple[Rubric | None, str]:
    """The rubric, or why there is none. The default file may be the rubric of another assignment."""
    if named:
        return read_rubric(named, settings.assignment_name, titles, settings.points), ""
    if not _RUBRIC.is_file():
        return None, "no table of marks: name the rubric with --rubric"
    try:
        return read_rubric(_RUBRIC, settings.assignment_name, titles, settings.points), ""
    except AutograderError as error:
        return None, f"no table of marks: {error}; give another rubric with --rubric"


@contextmanager
def _own_folder(folder: Path) -> Iterator[None]:
    """Create the output folder, or reuse one, and lock it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError as error:
        raise AutograderError(f"cannot write to {folder}: {our_fault(error)}") from error
    with lock:
        if not locked(lock):
            raise AutograderError(
                f"another run is using {folder}: wait until it is done, or choose another folder with -o"
            )
        yield


class _Work:
    """The work on one class."""

    def __init__(self, job: WrittenJob, assignment: _Assignment) -> None:
        self.job, self.assignment = job, assignment
        self.store = WrittenStore(job.batch.output)
        self.drawings = GradedDrawings(job.graded or job.batch.output)
        self.codes: dict[str, str] = {}
        self._threads = threading.local()
        self._typesetters = list[Typesetter]()

    def do(self, wanted: Sequence[Found], everybody: Sequence[Found]) -> WrittenSummary:
        """Make the PDFs, packets and tables."""
        summary, output = WrittenSummary(), self.job.batch.output
        self.store.tidy()
        labels = [one.label for one in everybody]
        self.codes = with_codes(labels, read_codes(output), f"{self.job.seed} {self.assignment.wanted.assignment}")
        entries = {one.label: one.entry for one in everybody}
        write_codes(output, self.codes, entries)
        try:
            self._all(wanted, summary)
        except KeyboardInterrupt:
            summary.interrupted = True
            return summary
        finally:
            for typesetter in self._typesetters:
                typesetter.close()
        summary.told = self._tables(labels, entries)
        return summary

    def _tables(self, labels: Sequence[str], entries: Mapping[str, Entry]) -> list[str]:
        kept = {label: one for label in labels if (one := self.store.kept(label))}
        names = {label: clean(entries[label].names) for label in kept} if self.job.names else {}
        output, rubric = self.job.batch.output, self.assignment.rubric
        told = write_packets(self.store, output, self.assignment.titles, kept, self.codes, names)
        if rubric is None:
            return [*told, self.assignment.trouble]
        shown = {self.codes[label]: name for label, name in names.items()}
        order = sorted(self.codes[label] for label in labels)
        return [*told, *write_rubric(self.store, rubric), *write_sheet(output, rubric, order, shown)]

    def _all(self, wanted: Sequence[Found], summary: WrittenSummary) -> None:
        """Make PDFs, several at a time; only the content of those submissions is in memory."""
        waiting, count = list(wanted)[::-1], max(self.job.batch.processes, 1)
        with ThreadPoolExecutor(count) as pool:
            running = dict[Future[None], str]()
            try:
                while waiting or running:
                    while waiting and len(running) < count + 1:
                        one = waiting.pop()
                        try:
                            name, content, problem = _content(one)
                        except Exception as error:  # a fault with this one; the others go on
                            summary.failures.append((one.label, str(our_fault(error))))
                            continue
                        drawn = self.drawings.of(one.label)
                        key = self._key(one, name, content + drawn.key, problem)
                        before = self.store.kept(one.label)
                        if before and before.key == key and not self.job.batch.force:
                            summary.kept += 1
                            continue
                        running[pool.submit(self._one, one, key, (name, content, problem), drawn)] = one.label
                    if running:
                        first = next(iter(running))
                        self._count(first, running.pop(first), summary)
            except BaseException:
                for typesetter in self._typesetters:
                    typesetter.close()
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _count(self, future: Future[None], label: str, summary: WrittenSummary) -> None:
        try:
            future.result()
            summary.made += 1
        except Exception as error:
            summary.failures.append((label, str(our_fault(error))))

    def _key(self, one: Found, name: str, content: bytes, problem: str) -> str:
        digest = hashlib.sha256(self.assignment.key)
        who = f"{one.entry.names}|{_ids(one.entry)}" if self.job.names else ""
        for part in (name, problem, self.codes[one.label], who, one.entry.names, _ids(one.entry), one.label):
            digest.update(len(part).to_bytes(8, "big") + part.encode("utf-8", "replace"))
        digest.update(content)
        return digest.hexdigest()

    def _one(self, one: Found, key: str, handed_in: tuple[str, bytes, str], drawn: DrawnThen) -> None:
        typesetter, assignment = self._typesetter(), self.assignment
        name, content, problem = handed_in
        work = WrittenWork(problem=problem)
        if not problem:
            work = written_work(name, content, assignment.wanted, assignment.handout)
        if work.digest == drawn.digest:
            work.drawn = drawn.pictures
        pages = lay_out(typesetter, work, assignment.handout, assignment.titles, assignment.functions)
        who = clean(one.entry.names or one.label)
        about = PageHead(f"{assignment.title}  \u2013  {who}", _number(one))
        pdf = make_pdf(typesetter, about, [*pages.questions.values(), *pages.others]).pdf
        self.store.write(
            MadePages(label=one.label, key=key, empty=pages.empty), pdf, self._parts(one, pages, typesetter)
        )

    def _parts(self, one: Found, pages: AnswerPages, typesetter: Typesetter) -> dict[str, bytes]:
        """The PDF of each answer that is not empty."""
        code = self.codes[one.label]
        who = f"{code}  \u2013  {clean(one.entry.names)}" if self.job.names else code
        return {
            question: make_pdf(typesetter, PageHead(who, section.title), [Section("", section.pieces)]).pdf
            for question, section in pages.questions.items()
            if question not in pages.empty
        }

    def _typesetter(self) -> Typesetter:
        if not hasattr(self._threads, "typesetter"):
            self._threads.typesetter = Typesetter()
            self._typesetters.append(self._threads.typesetter)
        found: Typesetter = self._threads.typesetter
        return found


def _ids(entry: Entry) -> str:
    return ", ".join(student.id for student in entry.students if student.id)


def _number(one: Found) -> str:
    """What distinguishes a submission from all others: the ids in the download, and its name in the tables."""
    ids = _ids(one.entry)
    return clean(f"{ids}  \u2013  {one.label}" if ids else one.label)


def _content(one: Found) -> tuple[str, bytes, str]:
    """The file name, the content, and the reason if there is no content."""
    try:
        name, content = one.read()
        return as_text(name), content, ""
    except SubmissionError as error:
        return one.label, b"", str(error)
