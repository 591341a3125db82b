"""The errors that users may see. Each message names the file and says what to do."""

import errno
import os
import tempfile
import traceback
from contextlib import suppress
from pathlib import Path

#: How the status of a submission that could not be graded begins; the reason follows. It has no points, not even 0.
NOT_GRADED = "not graded, our fault"


class AutograderError(Exception):
    """A problem that an instructor or a TA can fix. The command line prints it without a traceback."""


class Undecided(AutograderError):
    """It is not clear what the user means. The message says what was found and what to write; the exit status is 2."""


class SettingsError(AutograderError):
    """otter_config.json is missing, is not JSON, or has a wrong setting."""


class SubmissionError(AutograderError):
    """A submission that cannot be graded as it is. The message tells the student what to do."""


class NothingToGrade(SubmissionError):
    """A submission without a notebook or a script. ``found`` says what was there instead, for the tables."""

    def __init__(self, message: str, found: str) -> None:
        super().__init__(message)
        self.found = found


class BuildError(AutograderError):
    """A zip could not be built, or failed its checks. The old zips stay as they are."""


class OurFault(AutograderError):
    """A submission could not be graded because of a problem on our side. It costs no points.

    The message says what is missing and what to do. ``details`` says in the log where an unexpected error came from.
    """

    details = ""


class SandboxError(OurFault):
    """Student code cannot be run safely on this machine; the message says what is missing."""


class HelperLost(SandboxError):
    """Something outside killed one of our processes while a submission was being graded. Trying again may help."""


#: The space in the temporary folder, in MB, that must be free before a submission is graded.
TEMPORARY_MEGABYTES = 256

_FULL = {errno.ENOSPC, errno.EDQUOT}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_TOO_FEW = {
    errno.EMFILE: "too many files are open: raise the limit with 'ulimit -n 4096', or grade fewer at a time with -j",
    errno.ENFILE: "too many files are open on this machine: close other programs, or grade fewer at a time with -j",
    errno.EAGAIN: "no more processes can be started: raise 'ulimit -u' or the container's limit on processes, or grade "
    "fewer at a time with -j",
    errno.ENOMEM: "there is not enough memory: give the machine or the container more, or grade fewer at a time with "
    "-j",
    errno.EIO: "the disk has an input/output error: look at the machine's log, and use another disk",
}

#: Errors that come from the machine. No content of a file can cause them.
MACHINE = _FULL | _REFUSED | set(_TOO_FEW)


def our_fault(error: Exception) -> OurFault:
    """Turn an unexpected error into an ``OurFault`` whose message staff can understand."""
    if isinstance(error, OurFault):
        return error
    if isinstance(error, AutograderError):
        fault = OurFault(str(error))
    elif isinstance(error, MemoryError):
        fault = OurFault(_TOO_FEW[errno.ENOMEM])
    elif isinstance(error, OSError) and error.errno is not None:
        fault = OurFault(_of_the_machine(error))
    else:
        fault = OurFault(
            f"an error in the autograder or in a test file ({type(error).__name__}: {str(error)[:300]}"
            f"{_where(error)}): please report it"
        )
    fault.details = "".join(traceback.format_exception(error))
    return fault


def full_disk(folder: str) -> str:
    """Return a message that a disk is full, how much space is free, and how much is needed."""
    return (
        f"the disk is full: {_free(folder)}grading needs {TEMPORARY_MEGABYTES} MB in the temporary folder, and a few "
        "kB for each submission in the output folder; free some space there, or choose another temporary "
        "folder with TMPDIR"
    )


def _of_the_machine(error: OSError) -> str:
    path = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes)) else ""
    if error.errno in _FULL:
        return full_disk(path or tempfile.tempdir or os.environ.get("TMPDIR") or "/tmp")
    if error.errno in _REFUSED:
        return f"{error.strerror}{path and f': {path}'}; give this user permission, or use another folder"
    if error.errno in _TOO_FEW:
        return _TOO_FEW[error.errno]
    return f"{error.strerror or error}: {path}" if path else f"{error.strerror or error}{_where(error)}"


def _free(path: str) -> str:
    """Say how much space is free on the disk of a path. The path need not exist yet."""
    for folder in (Path(path), *Path(path).parents):
        with suppress(OSError, AttributeError, ValueError):  # the folder does not exist yet, or this is Windows
            space = os.statvfs(folder)
            return f"{space.f_bavail * space.f_frsize >> 20} MB are free in {folder}, and "
    return ""


def _where(error: Exception) -> str:
    """The file and the line in which an error was raised, for a message."""
    frames = traceback.extract_tb(error.__traceback__)
    return f", {Path(frames[-1].filename).name} line {frames[-1].lineno}" if frames else ""
