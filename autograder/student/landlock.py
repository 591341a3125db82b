"""Landlock: the kernel lets this process read and write only the listed files and folders.

https://docs.kernel.org/userspace-api/landlock.html
"""

import os
from collections.abc import Iterable
from contextlib import suppress

from landlockpy import AccessFS, LandlockError, Ruleset, Scope, UnsupportedError, abi_version

_READ = AccessFS.READ_FILE | AccessFS.READ_DIR
_WRITE = (
    _READ | AccessFS.WRITE_FILE | AccessFS.TRUNCATE | AccessFS.REFER | AccessFS.REMOVE_DIR | AccessFS.REMOVE_FILE
    | AccessFS.MAKE_DIR | AccessFS.MAKE_REG | AccessFS.MAKE_SYM | AccessFS.MAKE_FIFO
)  # fmt: skip


def version() -> int:
    """The version of the kernel's Landlock interface; 0 if there is none."""
    try:
        return abi_version()
    except (UnsupportedError, LandlockError, OSError):
        return 0


def describe() -> str:
    """Describe this layer in words, for staff."""
    found = version()
    scope = " with signals and abstract sockets" if found >= 6 else ""
    return f"Landlock {found}{scope}" if found else "Landlock: the kernel has none, or it is switched off"


def rules(readable: Iterable[str], devices: Iterable[str], scratch: str) -> Ruleset | None:
    """Prepare the rules while the process may still open everything; None if there is no Landlock.

    Nothing gets the right to execute. Loading a library does not need it.
    """
    if not version():
        return None
    ruleset = Ruleset(scoped=Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL)
    for path in readable:
        with suppress(OSError):
            ruleset.allow_path(path, _READ if _is_folder(path) else AccessFS.READ_FILE)
    for path in devices:
        with suppress(OSError):
            ruleset.allow_path(path, AccessFS.READ_FILE | AccessFS.WRITE_FILE)
    ruleset.allow_path(scratch, _WRITE)
    return ruleset


def _is_folder(path: str) -> bool:
    return os.path.isdir(path)


def enter(ruleset: Ruleset) -> None:
    """Put the rules in force for this process and all its descendants."""
    ruleset.restrict()
    ruleset.close()
