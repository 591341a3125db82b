"""A folder for temporary files. It is removed even if the program is killed."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import our_fault
from ..sandbox.machine import check_room
from ..student.folders import remove

#: Waits until no process holds the other end of its input, then removes the folder. It tries several times, because
#: processes that are just ending may still write into the folder.
_SWEEP = 'read -r _; for _ in 1 2 3 4 5; do rm -rf -- "$0" && sleep 1 && [ ! -e "$0" ] && break; sleep 1; done'


@contextmanager
def scratch_folder() -> Iterator[None]:
    """Within the block, let ``tempfile`` create its files in a folder of our own.

    A small process removes the folder when this process and its forked children are gone. It has a session of its own,
    so Ctrl-C does not reach it, and it outlives us if we are killed.

    Raises:
        OurFault: the folder cannot be made, or has no room for submissions.
    """
    if os.name != "posix":
        yield
        return
    before = tempfile.tempdir
    try:
        check_room()
        folder = tempfile.mkdtemp(prefix="autograder-batch-")
    except OSError as error:
        raise our_fault(error) from error
    Path(folder).chmod(0o711)  # a submission's user must be able to reach its own folder
    theirs, ours = os.pipe()
    try:
        sweeper = subprocess.Popen(
            ["/bin/sh", "-c", _SWEEP, folder], stdin=theirs, start_new_session=True, cwd="/",
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    finally:
        os.close(theirs)
    tempfile.tempdir = folder
    try:
        yield
    finally:
        tempfile.tempdir = before
        remove(folder)
        os.close(ours)
        with suppress(subprocess.TimeoutExpired):
            sweeper.wait(timeout=0)  # it ends on its own
