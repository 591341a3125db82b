"""``autograder grade``: all submissions, in parallel, resumable, with tables."""

import fcntl
import json
import shlex
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from ..errors import AutograderError, SubmissionError
from ..grading import load_test_files
from ..harness import write_json
from ..sandbox import Sandbox
from ..zip_content import ZipContent, parse_autograder_zip
from .pool import grade_locally
from .progress import Reporter
from .records import COMPLETED, Record, Store, Task, empty_outcome, key_of, make_record, ours
from .submissions import Found, find
from .tables import write_grades

#: Says which assignment a folder of results belongs to.
RUN_FILE = "run.json"

Backend = Callable[[Iterable[Task], bytes, Callable[[Task, str], Record]], Iterator[Record]]


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
    archive = _read(batch.autograder)
    content = parse_autograder_zip(archive, str(batch.autograder))
    with _own_folder(batch.output, content):
        store = Store(batch.output)
        before = {ours(record)["path"]: record for record in store.read_all()}
        with find(batch.paths, {path: ours(record)["file"] for path, record in before.items()}) as found:
            return _grade(batch, archive, content, store, before, found)


def _grade(
    batch: Batch, archive: bytes, content: ZipContent, store: Store, before: dict[str, Record], found: list[Found]
) -> Summary:
    tasks = [one for one in found if batch.force or not _is_done(one, before, archive)]
    failed = _failed_record(content, batch)
    interrupted = False
    backend = _backend(batch)
    with Reporter(len(found), len(found) - len(tasks), batch.quiet) as reporter:
        try:
            for record in backend((_task(one, archive, batch) for one in tasks), archive, failed) if tasks else ():
                store.write(record)
                reporter.count(record)
        except KeyboardInterrupt:
            interrupted = True
    records = list(store.read_all())
    write_grades(batch.output, records)
    labels = {one.label for one in found}
    failures = [
        (part["file"], part["status"], command(part["path"], batch.autograder, batch.output))
        for part in map(ours, records)
        if part["status"] != COMPLETED and part["file"] in labels
    ]
    return Summary(reporter.done, len(found) - len(tasks), failures, interrupted)


def _backend(batch: Batch) -> Backend:
    if batch.cluster:
        from .cluster import grade_on_cluster

        address = batch.cluster
        return lambda tasks, archive, failed: grade_on_cluster(tasks, archive, address, batch.confine, failed)

    def local(tasks: Iterable[Task], archive: bytes, failed: Callable[[Task, str], Record]) -> Iterator[Record]:
        secrets = [batch.autograder, batch.output] if batch.confine else []
        with Sandbox(secrets=secrets, confine=batch.confine) as sandbox:
            yield from grade_locally(tasks, archive, batch.processes, sandbox, failed)

    return local


def command(path: str, autograder: Path, output: Path) -> str:
    """The command that grades one submission again."""
    return shlex.join(["autograder", "grade", path, "-a", str(autograder), "-o", str(output), "--force"])


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AutograderError(f"cannot read {path}: {error.strerror}; build it with 'autograder build'") from error


def _is_done(one: Found, before: dict[str, Record], archive: bytes) -> bool:
    record = before.get(str(one.path.absolute()))
    if record is None or ours(record)["status"] != COMPLETED:
        return False
    try:
        name, content = one.read()
    except SubmissionError:
        return False
    return bool(ours(record)["key"] == key_of(content, name, archive))


def _task(one: Found, archive: bytes, batch: Batch) -> Task:
    path = str(one.path.absolute())
    student = asdict(one.student) if one.student else None
    try:
        name, content = one.read()
        problem = ""
    except SubmissionError as error:
        name, content, problem = one.path.name, b"", str(error)
    key = key_of(content, name, archive)
    return Task(one.label, path, name, content, key, str(batch.autograder), student, problem)


def _failed_record(content: ZipContent, batch: Batch) -> Callable[[Task, str], Record]:
    def failed(task: Task, reason: str) -> Record:
        import tempfile

        with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
            test_files = load_test_files(content.write_tests(Path(folder)))
        outcome = empty_outcome("Not graded: there is a fault in the autograder.", "")
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
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise AutograderError(f"another run is at work in {folder}: wait for it, or choose another") from None
            write_json(mark, {"assignment": content.settings.assignment_name})
            yield
    except OSError as error:
        raise AutograderError(f"cannot write into {folder}: {error.strerror}; what was there is unchanged") from error


def _assignment(mark: Path) -> str:
    try:
        return str(json.loads(mark.read_text(encoding="utf-8"))["assignment"])
    except (ValueError, KeyError, TypeError):
        return f"unknown ({RUN_FILE} is damaged)"
