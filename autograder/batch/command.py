"""``autograder grade``: grade all submissions in parallel, resume, and write tables.

This module loads quickly and starts the student's side. Meanwhile it imports ``work``, which does the grading: both
take about the same time.
"""

import gc
import json
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ..errors import AutograderError, OurFault, our_fault
from ..sandbox import Sandbox
from ..sandbox.machine import check_system
from ..zips.reading import ZipContent, parse_autograder_zip
from .job import Batch, Summary
from .scratch import scratch_folder
from .store import RUN_FILE

if TYPE_CHECKING:
    from .work import Work

#: Seconds to wait for another command that uses the same folder.
_PATIENCE = 3.0


def grade_all(batch: Batch) -> Summary:
    """Grade submissions, and write a record of each one and a table of all of them.

    Ctrl-C works at any time. What has been graded so far is kept.

    Raises:
        OurFault: nothing can be graded here. The table gives the reason for each submission that is not graded yet.
        AutograderError: something is missing or cannot be written. What has been graded so far is kept.
    """
    if sys.platform != "linux" and not batch.cluster:
        check_system(batch.confine)
    archive = _read(batch.autograder)
    content = parse_autograder_zip(archive, str(batch.autograder))
    try:
        with _own_folder(batch.output, content.settings.assignment_name):
            try:
                return _grade(batch, archive, content)
            except Exception as error:
                if isinstance(error, AutograderError) and not isinstance(error, OurFault):
                    raise
                fault = our_fault(error)
                _work(batch, archive, content).give_up(fault)
                raise fault from error
    except KeyboardInterrupt:
        return Summary(0, 0, [], True)


def _grade(batch: Batch, archive: bytes, content: ZipContent) -> Summary:
    with scratch_folder(), _sandbox(batch) as sandbox:
        gc.disable()  # off while libraries are imported: this saves 0.4 s of 6 s for 60 notebooks
        work = _work(batch, archive, content)
        gc.freeze()
        gc.enable()
        return work.do(sandbox)


def _work(batch: Batch, archive: bytes, content: ZipContent) -> "Work":
    from .work import Work

    return Work(batch, archive, content)


@contextmanager
def _sandbox(batch: Batch) -> Iterator[Sandbox]:
    """The sandbox for submissions. It starts at once if there is probably something to grade."""
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
def _own_folder(folder: Path, assignment: str) -> Iterator[None]:
    """Create the output folder, or reuse one, and lock it. A new one is removed again if nothing is graded.

    Raises:
        AutograderError: the folder cannot be written to, holds something else, or is in use by another command.
    """
    mark = folder / RUN_FILE
    with ExitStack() as stack:
        try:
            is_new = not folder.exists()
            if not is_new and not folder.is_dir():
                raise AutograderError(f"{folder} is a file: choose a folder with -o")
            folder.mkdir(parents=True, exist_ok=True)
            if not mark.exists() and (folder / "results").exists():
                raise AutograderError(
                    f"{folder} holds results that 'autograder grade' did not write: choose another folder with -o"
                )
            if mark.exists() and (other := _assignment(mark)) != assignment:
                raise AutograderError(
                    f"{folder} holds the results of another assignment, {other!r}: choose another folder with -o"
                )
            if not locked(stack.enter_context((folder / ".lock").open("w"))):
                raise AutograderError(
                    f"another run is using {folder}: wait until it is done, or choose another folder with -o"
                )
        except OSError as error:
            raise AutograderError(
                f"cannot write to {folder}; what was there is unchanged. {our_fault(error)}"
            ) from error
        try:
            yield
        finally:
            if is_new and not mark.exists():
                shutil.rmtree(folder, ignore_errors=True)


def locked(lock: IO[str]) -> bool:
    """Lock a file. Processes of a killed command may still hold it for a moment, so keep trying for a while."""
    try:
        import fcntl
    except ImportError:  # Windows, which can only send tasks to a cluster
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
