"""How much a submission has written to disk. Our process checks this while it waits for the submission."""

import os
from pathlib import Path

#: How many bytes and files a submission may write in total.
_BYTES = 2**30
_ENTRIES = 20_000

#: Free disk space, in bytes, that a submission must leave for everybody else.
_RESERVE = 512 * 2**20


class TooMuch(Exception):
    """The submission wrote more than it may."""


def check_usage(scratch: Path) -> None:
    """Check how much is in a scratch folder.

    Raises:
        TooMuch: the folder has too many bytes or files, or the disk is nearly full and the folder has a large share.
    """
    size, entries = _measure(scratch)
    space = os.statvfs(scratch)
    full = space.f_bavail * space.f_frsize < _RESERVE
    if size > _BYTES or entries > _ENTRIES or (full and size > _BYTES // 20):
        raise TooMuch


def _measure(scratch: Path) -> tuple[int, int]:
    """Count the bytes and entries below a folder. Links are not followed, and counting stops at the limits."""
    size = entries = 0
    waiting = [str(scratch)]
    while waiting and size <= _BYTES and entries <= _ENTRIES:
        try:
            with os.scandir(waiting.pop()) as found:
                for entry in found:
                    entries += 1
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if size > _BYTES or entries > _ENTRIES:
                        break
        except OSError:  # the folder changed meanwhile, or its path is too long
            entries += 1
    return size, entries
