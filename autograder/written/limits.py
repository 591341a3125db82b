"""Confine the processes that read what students wrote, before they read any of it.

They may read the libraries that they need, write nothing, and connect to nothing. If the kernel has no Landlock or no
seccomp, they work without it: they run only pandoc and typst, and no student code.
"""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress

from ..student import system

#: Seconds of processor time that one such process may use, and bytes of memory that it may map.
_CPU, _MEMORY = 600, 3 * 2**30


def limit(memory: bool) -> None:
    """Set limits for this process.

    Args:
        memory: whether to limit the memory that it maps; pandoc's runtime maps far more than it uses.
    """
    if os.name != "posix":
        return
    import resource

    limits = [(resource.RLIMIT_CPU, _CPU), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)]
    for kind, value in [*limits, *([(resource.RLIMIT_AS, _MEMORY)] if memory else [])]:
        hard = resource.getrlimit(kind)[1]
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (value, value if hard == resource.RLIM_INFINITY else min(hard, value)))


def _become(user: int) -> None:
    """Give up the rights of root for good, and become a user who owns nothing."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def confine(readable: Iterable[str], user: int | None, program: str = "", scratch: str = "") -> None:
    """Let this process read some files and folders only, write none, and connect to nothing.

    Args:
        readable: what it may read.
        user: the user to become, if we are root; None to keep the current user.
        program: a file that it may run.
        scratch: a folder where it may create files, which stay empty.
    """
    if not system.LINUX:
        return
    from ..student import seccomp  # before the other user may not be able to import anything

    with suppress(ImportError):
        import landlockpy as _  # noqa: F401
    if user is not None:
        _become(user)
    system.no_new_privileges()
    with suppress(Exception):  # whatever an old kernel answers
        _landlock(readable, program, scratch)
    if not program:  # whose system calls we do not know
        seccomp.enter(seccomp.build(same_user=True))


def _landlock(readable: Iterable[str], program: str, scratch: str) -> None:
    from landlockpy import AccessFS, AccessNet, Ruleset, Scope

    network = AccessNet.BIND_TCP | AccessNet.CONNECT_TCP
    rules = Ruleset(handled_net=network, scoped=Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL)
    folder = AccessFS.READ_FILE | AccessFS.READ_DIR
    for path in readable:
        with suppress(OSError):
            rules.allow_path(path, folder if os.path.isdir(path) else AccessFS.READ_FILE)
    if program:
        rules.allow_path(program, AccessFS.READ_FILE | AccessFS.EXECUTE)
    if scratch:
        made = AccessFS.MAKE_REG | AccessFS.MAKE_DIR | AccessFS.REMOVE_FILE | AccessFS.REMOVE_DIR | AccessFS.WRITE_FILE
        rules.allow_path(scratch, folder | made)
    rules.restrict()
    rules.close()


def run_pandoc(program: str, script: str, scratch: str, user: int | None) -> None:
    """Become pandoc, confined."""
    limit(memory=False)
    confine([script, "/dev/null", "/dev/urandom", "/proc/self"], user, program, scratch)
    environment = {"LANG": "C.UTF-8", "HOME": scratch, "TMPDIR": scratch}
    os.execve(program, [program, "+RTS", "-M768M", "-RTS", "lua", script], environment)


if __name__ == "__main__":
    run_pandoc(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]) if sys.argv[4] else None)
