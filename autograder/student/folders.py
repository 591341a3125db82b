"""Folders that a submission has written: measuring and removing them, however deep they are and whatever their modes.

A path may have 4,096 bytes, but folders may be nested deeper than any path can say. So each folder is opened from the
one above it. Nothing here calls itself for each level, follows a link, or raises an error for what a submission left.
"""

import os
import stat
from contextlib import suppress
from dataclasses import dataclass

#: The most levels of folders that are measured. Each takes a descriptor.
LEVELS = 100

#: How often a folder is emptied: a process that is just ending may still write into it.
_ROUNDS = 3

#: What an owner must be allowed in order to list a folder, or to remove what is in it.
_LIST, _CHANGE = stat.S_IRUSR | stat.S_IXUSR, stat.S_IRWXU


@dataclass
class Measured:
    """What is in a folder."""

    size: int = 0
    """Bytes of all files on the disk."""
    entries: int = 0
    """Files and folders."""
    hidden: bool = False
    """Whether there is more that could not be counted: below too many levels, or where nobody may list it."""


def measure(path: str, most: int, most_entries: int) -> Measured:
    """Count what is in a folder; stop once a limit is passed.

    Args:
        path: the folder.
        most: the limit of bytes.
        most_entries: the limit of files and folders.
    """
    found = Measured()
    levels: list[tuple[int, list[str]]] = []
    """The folders from the first one to the one being counted: descriptors, and names of folders still to enter."""

    def passed() -> bool:
        return found.hidden or found.size > most or found.entries > most_entries

    def enter(name: str, above: int | None) -> None:
        inside: list[str] = []
        try:
            levels.append((_opened(name, above, _LIST), inside))
            with os.scandir(levels[-1][0]) as entries:
                for entry in entries:
                    found.entries += 1
                    with suppress(FileNotFoundError):  # removed in the meantime
                        if entry.is_dir(follow_symlinks=False):
                            inside.append(entry.name)
                        else:
                            found.size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if passed():
                        break
        except FileNotFoundError:  # removed in the meantime
            pass
        except OSError:
            found.hidden = True

    try:
        enter(path, None)
        while levels and not passed():
            folder, inside = levels[-1]
            if not inside:
                os.close(levels.pop()[0])
            elif len(levels) > LEVELS:
                found.hidden = True
            else:
                enter(inside.pop(), folder)
    finally:
        for folder, _ in levels:
            os.close(folder)
    return found


def remove(path: str) -> None:
    """Remove a file, or a folder with everything in it."""
    if not os.path.isdir(path) or os.path.islink(path):
        with suppress(OSError):
            os.unlink(path)
        return
    for _ in range(_ROUNDS):
        with suppress(OSError):
            folder = _opened(path, None, _CHANGE)
            try:
                _empty(folder)
            finally:
                os.close(folder)
            os.rmdir(path)
            return
    with suppress(OSError):  # moving folders may fail where removing them does not, as on a disk that is full
        if os.path.lexists(path):
            os.waitpid(os.posix_spawn("/bin/rm", ["rm", "-rf", "--", path], {}), 0)


def _empty(top: int) -> None:
    """Remove what is in a folder. Folders within its folders are first moved up into it: so none is ever deep."""
    word, number = os.urandom(8).hex(), 0  # no name that a submission knew
    waiting = _without_files(top)
    while waiting:
        name = waiting.pop()
        with suppress(OSError):
            folder = _opened(name, top, _CHANGE)
            try:
                for inner in _without_files(folder):
                    number += 1
                    with suppress(OSError):
                        _move(inner, folder, f"{word}-{number}", top)
                        waiting.append(f"{word}-{number}")
            finally:
                os.close(folder)
            os.rmdir(name, dir_fd=top)


def _without_files(folder: int) -> list[str]:
    """Remove the files in a folder, and return the names of the folders in it."""
    folders = []
    with os.scandir(folder) as found:
        entries = list(found)
    for entry in entries:
        with suppress(OSError):
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            else:
                os.unlink(entry.name, dir_fd=folder)
    return folders


def _move(name: str, folder: int, new: str, top: int) -> None:
    try:
        os.rename(name, new, src_dir_fd=folder, dst_dir_fd=top)
    except PermissionError:  # to be moved, a folder must be open to changes
        _allow(name, folder, _CHANGE)
        os.rename(name, new, src_dir_fd=folder, dst_dir_fd=top)


def _opened(name: str, above: int | None, needed: int) -> int:
    """Open a folder, and allow its owner what is needed.

    Raises:
        OSError: it is no folder, or belongs to somebody else.
    """
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        folder = os.open(name, flags, dir_fd=above)
    except PermissionError:
        _allow(name, above, needed)
        return os.open(name, flags, dir_fd=above)
    with suppress(OSError):
        mode = stat.S_IMODE(os.fstat(folder).st_mode)
        if mode & needed != needed:
            os.fchmod(folder, mode | needed)
    return folder


def _allow(name: str, above: int | None, needed: int) -> None:
    """Allow the owner of a folder what is needed.

    Raises:
        OSError: it is no folder, or belongs to somebody else.
    """
    if not hasattr(os, "O_PATH"):  # macOS, where submissions are not confined anyway
        os.chmod(name, needed, dir_fd=above)
        return
    place = os.open(name, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=above)
    try:
        os.chmod(f"/proc/self/fd/{place}", stat.S_IMODE(os.fstat(place).st_mode) | needed)
    finally:
        os.close(place)
