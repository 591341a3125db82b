"""``autograder grade``: all submissions, in parallel, resumable, with tables."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from ..errors import AutograderError, SubmissionError
from ..grading import nothing_run
from ..harness import write_json
from ..quoting import grade_again
from ..sandbox import Sandbox
from ..sandbox.parent import check_system
from ..sandbox.worker import started_worker
from ..zip_content import ZipContent, parse_autograder_zip
from .pool import grade_locally
from .progress import Reporter
from .records import COMPLETED, FAULT, Record, Store, Task, key_of, make_record, ours
from .scratch import scratch_folder
from .submissions import Found, find
from .tables import write_grades

#: Says which assignment a folder of results belongs to.
RUN_FILE = "run.json"

#: From so many submissions on it pays to prepare more before the first.
_MANY = 10

#: Seconds to wait for the end of another run in the same folder.
_PATIENCE = 3.0

Failed = Callable[[Task, str], Record]
Backend = Callable[[Iterable[Task], bytes, Failed], Iterator[Record]]


@dataclass(frozen=True)
class Batch:
    """What to grade, and how."""

    paths: list[Path]
    autograder: Path
    output: Path
    processes: int = 1
    force: bool = False
    quiet: bool = False
    confine: bool = True
    cluster: str | None = None


@dataclass(frozen=True)
class Summary:
    """What came of a run."""

    graded: int
    kept: int
    failures: list[tuple[str, str, str]]
    """Label, reason, and the command that grades it again."""
    interrupted: bool


def grade_all(batch: Batch) -> Summary:
    """Grade submissions and write a record of each and a table of all.

    Raises:
        AutograderError: something is missing or cannot be written; what was graded until then is kept.
    """
    if not batch.cluster:
        check_system(batch.confine)
    archive = _read(batch.autograder)
    content = parse_autograder_zip(archive, str(batch.autograder))
    try:
        with _own_folder(batch.output, content), scratch_folder():
            failed = _failed_record(content, str(batch.autograder))
            store = Store(batch.output)
            store.tidy()
            before = {ours(record)["file"]: _Before.of(record) for record in store.read_all()}
            with find(batch.paths, {record.path: label for label, record in before.items()}) as found:
                return _grade(batch, archive, content, failed, store, before, found)
    except KeyboardInterrupt:
        return Summary(0, 0, [], True)


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


def _grade(
    batch: Batch,
    archive: bytes,
    content: ZipContent,
    failed: Failed,
    store: Store,
    before: dict[str, _Before],
    found: list[Found],
) -> Summary:
    tasks = [one for one in found if batch.force or not _is_done(one, before, archive)]
    interrupted = False
    backend = _backend(batch, content, many=len(tasks) >= _MANY)
    with Reporter(len(found), len(found) - len(tasks), batch.quiet) as reporter:
        try:
            for record in backend((_task(one, archive, batch) for one in tasks), archive, failed) if tasks else ():
                store.write(record)
                reporter.count(record)
        except KeyboardInterrupt:
            interrupted = True
    labels, failures = {one.label for one in found}, []

    def watched() -> Iterator[Record]:
        for record in store.read_all():
            part = ours(record)
            if part["status"] != COMPLETED and part["file"] in labels:
                failures.append((part["file"], part["status"], command(part["path"], batch)))
            yield record

    write_grades(batch.output, watched())
    return Summary(reporter.done, len(found) - len(tasks), failures, interrupted)


def _backend(batch: Batch, content: ZipContent, many: bool) -> Backend:
    if batch.cluster:
        from .cluster import grade_on_cluster

        address = batch.cluster
        return lambda tasks, archive, failed: grade_on_cluster(tasks, archive, address, batch.confine, failed)

    def local(tasks: Iterable[Task], archive: bytes, failed: Failed) -> Iterator[Record]:
        secrets = [batch.autograder, batch.output] if batch.confine else []
        with Sandbox(secrets=secrets, confine=batch.confine, many=many) as sandbox:
            with started_worker(sandbox):
                pass  # else each submission would have the same error
            sandbox.forget()  # each process of the pool gets a keeper of its own
            yield from grade_locally(tasks, content, batch.processes, sandbox, failed)

    return local


def command(path: str, batch: Batch) -> str:
    """The command that grades one submission again."""
    more = ["--cluster", batch.cluster] if batch.cluster else [] if batch.confine else ["--unconfined"]
    return grade_again(path, str(batch.autograder), batch.output, *more)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AutograderError(f"cannot read {path}: {error.strerror}; build it with 'autograder build'") from error


def _is_done(one: Found, before: dict[str, _Before], archive: bytes) -> bool:
    record = before.get(one.label)
    if record is None or not record.completed:
        return False
    name, content, problem = _content(one)
    return record.key == key_of(content or problem.encode(), name, archive)


def _content(one: Found) -> tuple[str, bytes, str]:
    """File name, content, and why there is none; odd bytes of a name are written out."""
    try:
        name, content, problem = *one.read(), ""
    except SubmissionError as error:
        name, content, problem = one.path.name, b"", str(error)
    return _as_text(name), content, _as_text(problem)


def _as_text(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()


def _task(one: Found, archive: bytes, batch: Batch) -> Task:
    student = asdict(one.student) if one.student else None
    name, content, problem = _content(one)
    key = key_of(content or problem.encode(), name, archive)
    return Task(one.label, one.address, name, content, key, str(batch.autograder), student, problem)


def _failed_record(content: ZipContent, name: str) -> Failed:
    """Return a function that makes the record of a task that could not be graded.

    Raises:
        AutograderError: the test cases of the zip cannot be loaded.
    """
    try:
        test_files = content.test_files
    except Exception as error:  # whatever Otter or the file itself raises
        raise AutograderError(
            f"the test cases in {name} cannot be loaded ({type(error).__name__}: {error}): build it with "
            "'autograder build'"
        ) from error

    def failed(task: Task, reason: str) -> Record:
        outcome = nothing_run(FAULT, "")
        return make_record(task, outcome, test_files, json.loads(content.config), reason, 0.0)

    return failed


@contextmanager
def _own_folder(folder: Path, content: ZipContent) -> Iterator[None]:
    """Make the output folder, or take the one of an earlier run, for this run alone.

    Raises:
        AutograderError: it cannot be written to, belongs to something else, or another run is at work in it.
    """
    mark = folder / RUN_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not mark.exists() and (folder / "results").exists():
            raise AutograderError(f"{folder} holds results, but not of this command: choose another folder with -o")
        if mark.exists() and (other := _assignment(mark)) != content.settings.assignment_name:
            raise AutograderError(
                f"{folder} holds the results of another assignment, {other!r}: choose another folder with -o"
            )
        with (folder / ".lock").open("w") as lock:
            if not _locked(lock):
                raise AutograderError(f"another run is at work in {folder}: wait for it, or choose another")
            write_json(mark, {"assignment": content.settings.assignment_name})
            yield
    except OSError as error:
        raise AutograderError(f"cannot write into {folder}: {error.strerror}; what was there is unchanged") from error


def _locked(lock: IO[str]) -> bool:
    """Lock a file; processes of a run that was killed may hold it for a moment still."""
    try:
        import fcntl
    except ImportError:  # Windows, where only clusters can be asked
        return True

    until = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError:
            if time.monotonic() > until:
                return False
            time.sleep(0.1)


def _assignment(mark: Path) -> str:
    try:
        return str(json.loads(mark.read_text(encoding="utf-8"))["assignment"])
    except (ValueError, KeyError, TypeError):
        return f"unknown ({RUN_FILE} is damaged)"
