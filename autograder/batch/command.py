"""``autograder grade``: all submissions, in parallel, resumable, with tables.

What is here is loaded in a moment, and starts the student's side. What grades is loaded meanwhile (``work``): both
take about as long.
"""

import gc
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ..errors import AutograderError
from ..grading.results import write_json
from ..sandbox import Sandbox
from ..sandbox.parent import check_system
from ..zips.reading import ZipContent, parse_autograder_zip
from .job import Batch, Summary
from .scratch import scratch_folder

#: Says which assignment a folder of records belongs to.
RUN_FILE = "run.json"

#: Seconds to wait until another command is done with the same folder.
_PATIENCE = 3.0


def grade_all(batch: Batch) -> Summary:
    """Grade submissions and write a record of each and a table of all.

    Ctrl-C ends it at any moment; what was graded until then is kept.

    Raises:
        AutograderError: something is missing or cannot be written; what was graded until then is kept.
    """
    if not batch.cluster:
        check_system(batch.confine)
    archive = _read(batch.autograder)
    content = parse_autograder_zip(archive, str(batch.autograder))
    try:
        with _own_folder(batch.output, content), scratch_folder(), _sandbox(batch) as sandbox:
            os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # each processor has a process of its own already
            gc.disable()  # while libraries are loaded: 0.4 s of 60 notebooks' 6 s on our side go into it otherwise
            from .work import Work

            gc.freeze()
            gc.enable()
            return Work(batch, archive, content, sandbox).do()
    except KeyboardInterrupt:
        return Summary(0, 0, [], True)


@contextmanager
def _sandbox(batch: Batch) -> Iterator[Sandbox]:
    """Where submissions are run; started at once where it is likely that there are some to be graded."""
    sandbox = Sandbox(secrets=[batch.autograder, batch.output] if batch.confine else [], confine=batch.confine)
    try:
        if not batch.cluster and (batch.force or not (batch.output / "results").exists()):
            sandbox.start()
        yield sandbox
    finally:
        sandbox.close()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AutograderError(f"cannot read {path}: {error.strerror}; build it with 'autograder build'") from error


@contextmanager
def _own_folder(folder: Path, content: ZipContent) -> Iterator[None]:
    """Make the output folder, or take one that was used before, for us alone.

    Raises:
        AutograderError: it cannot be written to, belongs to something else, or another command is at work in it.
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
    """Lock a file; processes of a command that was killed may hold it for a moment still."""
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
