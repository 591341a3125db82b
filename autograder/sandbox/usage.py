"""How much a submission has written: looked at while our process waits for it."""

import os
from pathlib import Path

#: Bytes and files that a submission may write in all.
_BYTES = 2**30
_ENTRIES = 20_000

#: Less room than this must not be left to everybody else, if a submission is what takes it.
_RESERVE = 512 * 2**20


class TooMuch(Exception):
    """The submission writes more than it may."""


def check_usage(scratch: Path) -> None:
    """Look at what is in a scratch folder.

    Raises:
        TooMuch: too many bytes or too many files, or the disk is nearly full while there is much in the folder.
    """
    size, entries = _measure(scratch)
    space = os.statvfs(scratch)
    full = space.f_bavail * space.f_frsize < _RESERVE
    if size > _BYTES or entries > _ENTRIES or (full and size > _BYTES // 20):
        raise TooMuch


def _measure(scratch: Path) -> tuple[int, int]:
    """Bytes and entries below a folder, without following links; it stops counting at the limits."""
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
        except OSError:  # it changes while we look, or is too deep to have a path
            entries += 1
    return size, entries
