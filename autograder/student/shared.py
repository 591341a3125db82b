"""Folders that every user may write to, from which a submission's files are removed after it."""

import os
import time
from contextlib import suppress

from .folders import remove

_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm", "/run/lock", "/run/shm", "/dev/mqueue")

#: A file system may keep times in steps of some milliseconds. A folder that was changed in this time before a
#: submission is looked through, since a change within the same step would leave the time as it is.
_STEP = 200_000_000


class SharedFolders:
    """Knows which of these folders nobody had changed for a while before a submission.

    Whoever makes a file in a folder changes the folder's time, and only its owner or root may set that time. So a
    folder with the same time after the submission has nothing of it. Others may have thousands of files there, and
    looking at each of them after each submission would take longer than most submissions.
    """

    def __init__(self) -> None:
        now = time.time_ns()
        times = {folder: _changed(folder) for folder in _FOLDERS}
        self._quiet = {folder: when for folder, when in times.items() if when is not None and when < now - _STEP}

    def remove_those_of(self, user: int) -> None:
        """Remove a user's files and folders from those folders that have changed."""
        for folder in _FOLDERS:
            if folder not in self._quiet or _changed(folder) != self._quiet[folder]:
                _remove_those_of(user, folder)


def _changed(folder: str) -> int | None:
    """When a folder was last changed, in nanoseconds; None if there is none."""
    with suppress(OSError):
        return os.stat(folder).st_mtime_ns
    return None


def _remove_those_of(user: int, folder: str) -> None:
    with suppress(OSError):
        for entry in os.scandir(folder):
            with suppress(OSError):
                if entry.stat(follow_symlinks=False).st_uid == user:
                    remove(entry.path)
